import type { LanguageFile } from '../language-data.js';
import type { OcrWord, Orientation } from '../port.js';

/** Page segmentation modes and other Tesseract variables by their own names. */
export type Variables = Readonly<Record<string, string>>;

/** What the thread gets at its start: the compiled core, shared by all threads. */
export interface WorkerSetup {
  /** JavaScript half of the core (CommonJS). */
  readonly corePath: string;
  readonly core: WebAssembly.Module;
}

/** One call to the thread; it works on one at a time. */
export type WorkerCall =
  | {
      readonly kind: 'recognize';
      /** A whole PNM file. */
      readonly image: Uint8Array;
      readonly languages: readonly LanguageFile[];
      readonly variables: Variables;
    }
  | { readonly kind: 'orientation'; readonly image: Uint8Array; readonly osd: LanguageFile };

export type WorkerAnswer =
  | { readonly kind: 'words'; readonly words: readonly OcrWord[] }
  | { readonly kind: 'orientation'; readonly orientation: Orientation | null }
  | { readonly kind: 'error'; readonly message: string };
