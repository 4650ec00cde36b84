import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DocumentInitParameters } from 'pdfjs-dist/types/src/display/api.js';

export type PdfjsLibrary = typeof import('pdfjs-dist');

let library: Promise<PdfjsLibrary> | undefined;

/** Loads pdf.js (its legacy build: the modern one does not run on Node 20) into this thread. */
export function loadPdfjs(): Promise<PdfjsLibrary> {
  library ??= (async () => {
    await provideGeometry();
    return import('pdfjs-dist/legacy/build/pdf.mjs');
  })();
  return library;
}

/**
 * pdf.js takes DOMMatrix and its kin from @napi-rs/canvas, an optional package with prebuilt binaries,
 * and fails at import without. Reading needs only that the names exist; drawing needs the real thing.
 */
async function provideGeometry(): Promise<void> {
  try {
    await import('@napi-rs/canvas');
  } catch {
    const scope = globalThis as Record<string, unknown>;
    for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) scope[name] ??= class {};
  }
}

/** Options for documents of strangers: nothing is evaluated or fetched, all data comes from the package. */
export function documentOptions(bytes: Uint8Array, password: string | undefined): DocumentInitParameters {
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  // On Windows too the last character has to be a slash.
  const data = (name: string) => `${join(folder, name)}/`;
  return {
    // pdf.js takes the buffer for itself, so it gets a copy.
    data: Uint8Array.from(bytes),
    ...(password === undefined ? {} : { password }),
    cMapUrl: data('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: data('standard_fonts'),
    wasmUrl: data('wasm'),
    iccUrl: data('iccs'),
    verbosity: 0,
    // Widths, pitch and Unicode maps of fonts.
    fontExtraProperties: true,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
    stopAtErrors: false,
  };
}

/** URL of pdf.js's own worker code, which in Node runs in the calling thread. */
export const workerSource = (): string =>
  pathToFileURL(createRequire(import.meta.url).resolve('pdfjs-dist/legacy/build/pdf.worker.mjs')).href;
