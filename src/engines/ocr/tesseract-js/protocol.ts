import type { OcrWord, Orientation } from '../port.js';

/** Page segmentation modes and other Tesseract variables by their own names. */
export type Variables = Readonly<Record<string, string>>;

/** Languages as tesseract.js takes them: all data files in one folder. */
export interface LanguageSet {
  /** Codes joined by `+`, most important first. */
  readonly codes: string;
  /** Folder with a data file for each code. */
  readonly folder: string;
  /** The files end in `.gz`. */
  readonly gzip: boolean;
}

/** One call to the thread; it works on one at a time. `image` is a whole PNM file; `load` gets no answer. */
export type WorkerCall =
  | { readonly kind: 'load'; readonly languages: LanguageSet }
  | {
      readonly kind: 'recognize';
      readonly image: Uint8Array;
      readonly languages: LanguageSet;
      readonly variables: Variables;
    }
  | { readonly kind: 'orientation'; readonly image: Uint8Array; readonly languages: LanguageSet };

export type WorkerAnswer =
  | { readonly kind: 'words'; readonly words: readonly OcrWord[] }
  | { readonly kind: 'orientation'; readonly orientation: Orientation | null }
  | { readonly kind: 'error'; readonly message: string };

/** Said by the thread of the core itself after each of its calls: its memory never shrinks. */
export interface CoreMemory {
  readonly coreBytes: number;
}
