/** The part of tesseract.js-core's module object (Emscripten, WebIDL bindings) that is used here. */
export interface TesseractModule {
  readonly FS: { writeFile(path: string, data: Uint8Array): void; unlink(path: string): void };
  readonly TessBaseAPI: new () => TesseractApi;
  readonly OSResults: new () => OrientationResults;
  destroy(object: unknown): void;
}

export interface TesseractApi {
  /** 0 on success; `mode` 0 is the legacy engine, 1 the LSTM. */
  Init(dataPath: string | null, languages: string, mode: 0 | 1, config?: string): number;
  SetVariable(name: string, value: string): boolean;
  /** Reads `/input`; 0 on success. `orientation` is an EXIF value, 1 for none; `angle` in radians. */
  SetImageFile(orientation: number, angle: number): number;
  Recognize(monitor: null): number;
  GetJSONText(): string;
  DetectOS(results: OrientationResults): boolean;
  /** Frees image and results, keeps the language model. */
  Clear(): void;
  End(): void;
}

export interface OrientationResults {
  readonly best_result: {
    readonly orientation_id: number;
    readonly script_id: number;
    readonly oconfidence: number;
    readonly sconfidence: number;
  };
  readonly unicharset: { get_script_from_script_id(id: number): string };
}

export type CoreFactory = (options: {
  instantiateWasm?: (
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ) => object;
  print?: (text: string) => void;
  printErr?: (text: string) => void;
}) => Promise<TesseractModule>;
