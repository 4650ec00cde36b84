import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** The raw C functions: numbers in, numbers out; pointers are offsets into the module's memory. */
// biome-ignore lint/suspicious/noExplicitAny: 600 C functions, typed by their documentation in PDFium's public headers
export type PdfiumFunctions = Record<string, (...args: any[]) => number>;

/**
 * PDFium as WebAssembly with the little that is needed to talk to C: memory views, out-parameters
 * and strings. One instance serves one thread; its memory never shrinks, so its owner replaces it
 * when `memoryBytes` has grown too far.
 */
export class Pdfium {
  readonly api: PdfiumFunctions;
  readonly #memory: WebAssembly.Memory;
  #view: DataView;
  #bytes: Uint8Array;
  /** Has memory been refused because the limit was reached? */
  refusedMemory = false;
  /** Scratch space for out-parameters of one call; valid until the next call that uses it. */
  readonly scratch: number;

  constructor(api: PdfiumFunctions, memory: WebAssembly.Memory) {
    this.api = api;
    this.#memory = memory;
    this.#view = new DataView(memory.buffer);
    this.#bytes = new Uint8Array(memory.buffer);
    this.scratch = api.malloc(SCRATCH_BYTES);
  }

  get memoryBytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** The memory as bytes. Stale after any call that allocates: take it anew each time. */
  get bytes(): Uint8Array {
    if (this.#bytes.length === 0) this.#renewViews();
    return this.#bytes;
  }

  get view(): DataView {
    if (this.#bytes.length === 0) this.#renewViews();
    return this.#view;
  }

  /** Growing the memory detaches its old buffer, whose views then have length 0. */
  #renewViews(): void {
    this.#bytes = new Uint8Array(this.#memory.buffer);
    this.#view = new DataView(this.#memory.buffer);
  }

  float(pointer: number): number {
    return this.view.getFloat32(pointer, true);
  }

  double(pointer: number): number {
    return this.view.getFloat64(pointer, true);
  }

  int(pointer: number): number {
    return this.view.getInt32(pointer, true);
  }

  uint(pointer: number): number {
    return this.view.getUint32(pointer, true);
  }

  setInt(pointer: number, value: number): void {
    this.view.setInt32(pointer, value, true);
  }

  /** Reads an FS_MATRIX or six floats. */
  matrix(pointer: number): readonly [number, number, number, number, number, number] {
    const view = this.view;
    return [
      view.getFloat32(pointer, true),
      view.getFloat32(pointer + 4, true),
      view.getFloat32(pointer + 8, true),
      view.getFloat32(pointer + 12, true),
      view.getFloat32(pointer + 16, true),
      view.getFloat32(pointer + 20, true),
    ];
  }

  /** Allocates `size` bytes for the time of `use`. */
  withMemory<T>(size: number, use: (pointer: number) => T): T {
    const pointer = this.api.malloc(Math.max(1, size));
    if (pointer === 0) throw new RangeError('PDFium is out of memory');
    try {
      return use(pointer);
    } finally {
      this.api.free(pointer);
    }
  }

  /** Copies bytes into the module's memory; the caller frees the pointer. */
  copyIn(bytes: Uint8Array): number {
    const pointer = this.api.malloc(Math.max(1, bytes.length));
    if (pointer === 0) throw new RangeError('PDFium is out of memory');
    this.bytes.set(bytes, pointer);
    return pointer;
  }

  /** Runs `use` with a zero-terminated UTF-8 copy of `text`. */
  withString<T>(text: string, use: (pointer: number) => T): T {
    const bytes = new TextEncoder().encode(`${text}\0`);
    const pointer = this.copyIn(bytes);
    try {
      return use(pointer);
    } finally {
      this.api.free(pointer);
    }
  }

  /**
   * Reads a string by PDFium's convention: `read(buffer, bytes)` returns the length needed in bytes,
   * terminator included, and fills the buffer if it is large enough. UTF-16LE unless `utf8`.
   */
  readString(read: (buffer: number, bytes: number) => number, encoding: 'utf-16le' | 'utf-8' = 'utf-16le') {
    const terminator = encoding === 'utf-8' ? 1 : 2;
    const length = read(this.scratch, SCRATCH_BYTES) >>> 0;
    if (length <= terminator || length > MAX_STRING_BYTES) return '';
    if (length <= SCRATCH_BYTES) return this.#decode(this.scratch, length - terminator, encoding);
    return this.withMemory(length, (buffer) => {
      read(buffer, length);
      return this.#decode(buffer, length - terminator, encoding);
    });
  }

  #decode(pointer: number, length: number, encoding: 'utf-16le' | 'utf-8'): string {
    return DECODERS[encoding].decode(this.bytes.subarray(pointer, pointer + length));
  }
}

const SCRATCH_BYTES = 4096;
/** A title or link longer than this is not meant to be read. */
const MAX_STRING_BYTES = 1 << 20;
const DECODERS = { 'utf-16le': new TextDecoder('utf-16le'), 'utf-8': new TextDecoder('utf-8') };

/** Compiles the WebAssembly module; it can be sent to other threads, which saves them the compiling. */
export async function compilePdfium(): Promise<WebAssembly.Module> {
  const path = createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm');
  return WebAssembly.compile(await readFile(path));
}

/**
 * Starts PDFium in this thread. `maxMemoryBytes` bounds its memory: an allocation beyond it fails,
 * which ends the instance with a `WebAssembly.RuntimeError`, not the process.
 */
export async function loadPdfium(module: WebAssembly.Module, maxMemoryBytes: number): Promise<Pdfium> {
  const { init } = await import('@embedpdf/pdfium');
  let memory: WebAssembly.Memory | undefined;
  let library: Pdfium | undefined;
  const instantiateWasm = (
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ) => {
    const grow = imports.env.emscripten_resize_heap as (bytes: number) => number;
    imports.env.emscripten_resize_heap = (bytes: number) => {
      if (bytes >>> 0 <= maxMemoryBytes) return grow(bytes);
      if (library) library.refusedMemory = true;
      return 0;
    };
    WebAssembly.instantiate(module, imports).then((instance) => {
      memory = instance.exports.memory as WebAssembly.Memory;
      receive(instance, module);
    });
    return {};
  };
  const quiet = () => {};
  const { pdfium } = await init({ instantiateWasm, print: quiet, printErr: quiet } as object);
  const api = pdfium.wasmExports as unknown as PdfiumFunctions;
  api.PDFiumExt_Init();
  library = new Pdfium(api, memory as WebAssembly.Memory);
  return library;
}
