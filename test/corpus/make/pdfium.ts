import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { init } from '@embedpdf/pdfium';
import type { StandardFont } from './fonts.js';

/** One gray byte a pixel, rows top to bottom. */
export interface GrayImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/**
 * PDFium measures and draws the standard fonts with outlines of its own, so the page images come
 * out the same on every machine, whatever fonts it has.
 */
const wasm = await readFile(createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm'));
const pdfium = await init({
  wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer,
});
pdfium.PDFiumExt_Init();
const { wasmExports } = pdfium.pdfium as unknown as {
  wasmExports: { malloc(bytes: number): number; free(pointer: number): void };
};
/** Memory may grow and move with every call: never keep it. */
const heap = (): Uint8Array => (pdfium.pdfium as unknown as { HEAPU8: Uint8Array }).HEAPU8;

const measuring = pdfium.FPDF_CreateNewDocument();
const loaded = new Map<StandardFont, number>();
const widths = new Map<string, number>();

/** Advance width of one character in thousandths of the font size. */
export function glyphWidth(font: StandardFont, character: string): number {
  const key = `${font}:${character}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (!loaded.has(font)) loaded.set(font, pdfium.FPDFText_LoadStandardFont(measuring, font));
    const pointer = wasmExports.malloc(4);
    pdfium.FPDFFont_GetGlyphWidth(loaded.get(font)!, character.codePointAt(0)!, 1000, pointer);
    const bytes = heap();
    width = new DataView(bytes.buffer, bytes.byteOffset).getFloat32(pointer, true);
    wasmExports.free(pointer);
    widths.set(key, width);
  }
  return width;
}

function withDocument<T>(file: Uint8Array, use: (document: number) => T): T {
  const pointer = wasmExports.malloc(file.length);
  heap().set(file, pointer);
  const document = pdfium.FPDF_LoadMemDocument(pointer, file.length, '');
  if (!document) throw new Error(`PDFium refuses the document: error ${pdfium.FPDF_GetLastError()}`);
  try {
    return use(document);
  } finally {
    pdfium.FPDF_CloseDocument(document);
    wasmExports.free(pointer);
  }
}

export const pageCount = (file: Uint8Array): number =>
  withDocument(file, (document) => pdfium.FPDF_GetPageCount(document));

/** Draws a page (0-based) of a PDF on white. */
export const renderPage = (file: Uint8Array, page: number, dpi: number): GrayImage =>
  withDocument(file, (document) => drawPage(document, page, dpi));

function drawPage(document: number, page: number, dpi: number): GrayImage {
  const handle = pdfium.FPDF_LoadPage(document, page);
  const width = Math.round((pdfium.FPDF_GetPageWidthF(handle) * dpi) / 72);
  const height = Math.round((pdfium.FPDF_GetPageHeightF(handle) * dpi) / 72);
  const bitmap = pdfium.FPDFBitmap_Create(width, height, 0);
  pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
  pdfium.FPDF_RenderPageBitmap(bitmap, handle, 0, 0, width, height, 0, 0);
  const start = pdfium.FPDFBitmap_GetBuffer(bitmap);
  const stride = pdfium.FPDFBitmap_GetStride(bitmap);
  const bytes = heap();
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = start + y * stride + x * 4;
      pixels[y * width + x] = Math.round(0.114 * bytes[at] + 0.587 * bytes[at + 1] + 0.299 * bytes[at + 2]);
    }
  pdfium.FPDFBitmap_Destroy(bitmap);
  pdfium.FPDF_ClosePage(handle);
  return { width, height, pixels };
}
