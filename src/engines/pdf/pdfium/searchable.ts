import { LegibleError } from '../../../errors.js';
import { concat, invert, type Matrix, uprightMatrix } from '../matrix.js';
import type { ImagePage, LayerWord, PdfFile, TextLayer } from '../port.js';
import { PdfiumDocument } from './document.js';
import { GLYPHLESS_ADVANCE, GlyphlessCodes, glyphlessMap, glyphlessTrueType } from './glyphless-font.js';
import { pixelSize } from './image-objects.js';
import type { Pdfium } from './library.js';

/** FPDF_TEXTRENDERMODE_INVISIBLE. */
const INVISIBLE = 3;
/** FPDF_NO_INCREMENTAL: the whole document is written anew, under the same password. */
const WHOLE = 2;

/** The file with text layers; it is opened anew, since writing changes the document. */
export function addTextLayers(lib: Pdfium, file: PdfFile, layers: readonly TextLayer[]): Uint8Array {
  const document = PdfiumDocument.open(lib, file.bytes, file.password);
  try {
    const font = new GlyphlessFont(lib, document.pointer, layers);
    for (const { page, words } of layers) {
      if (words.length === 0) continue;
      document.withUntouchedPage(page, ({ pointer, frame }) => {
        const toUser = invert(uprightMatrix(frame));
        for (const word of words) addWord(lib, document.pointer, pointer, font, word, toUser);
        lib.api.FPDFPage_GenerateContent(pointer);
      });
    }
    font.close();
    return save(lib, document.pointer);
  } finally {
    document.close();
  }
}

/** A PDF with one picture a page and its words. */
export function imagesToPdf(lib: Pdfium, pages: readonly ImagePage[]): Uint8Array {
  const { api } = lib;
  const document = api.FPDF_CreateNewDocument();
  try {
    const font = new GlyphlessFont(lib, document, pages);
    for (const [index, { bytes, format, width, height, words }] of pages.entries()) {
      const page = api.FPDFPage_New(document, index, width, height);
      const image = api.FPDFPageObj_NewImageObj(document);
      const data = lib.copyIn(bytes);
      const set = format === 'jpeg' ? api.EPDFImageObj_SetJpeg : api.EPDFImageObj_SetPng;
      const taken = set(0, 0, image, data, bytes.length);
      api.free(data);
      const { width: columns = 0 } = pixelSize(lib, image) ?? {};
      if (!taken || columns === 0)
        throw writeFailed(`page ${index + 1} is no readable ${format.toUpperCase()}`);
      api.FPDFImageObj_SetMatrix(image, width, 0, 0, height, 0, 0);
      api.FPDFPage_InsertObject(page, image);
      const toUser: Matrix = [1, 0, 0, -1, 0, height];
      for (const word of words) addWord(lib, document, page, font, word, toUser);
      api.FPDFPage_GenerateContent(page);
      api.FPDF_ClosePage(page);
    }
    font.close();
    return save(lib, document);
  } finally {
    api.FPDF_CloseDocument(document);
  }
}

/** Sets the word along its baseline, stretched to its box. */
function addWord(
  lib: Pdfium,
  document: number,
  page: number,
  font: GlyphlessFont,
  { text, box, baseline, size, angle }: LayerWord,
  toUser: Matrix,
): void {
  const { api } = lib;
  if (text.length === 0 || !(size > 0)) return;
  const object = api.FPDFPageObj_CreateTextObj(document, font.pointer, size);
  const codes = font.codes.encode(text);
  lib.withMemory(codes.length * 4, (memory) => {
    for (const [i, code] of codes.entries()) lib.setInt(memory + i * 4, code);
    api.FPDFText_SetCharcodes(object, memory, codes.length);
  });
  api.FPDFTextObj_SetTextRenderMode(object, INVISIBLE);
  const length = angle === 90 || angle === 270 ? box.y1 - box.y0 : box.x1 - box.x0;
  const stretch = Math.max(length, 0.01) / (codes.length * GLYPHLESS_ADVANCE * size);
  const matrix = concat(concat([stretch, 0, 0, 1, 0, 0], placeWord(box, baseline, size, angle)), toUser);
  const s = lib.scratch;
  for (const [i, value] of matrix.entries()) lib.view.setFloat32(s + i * 4, value, true);
  api.FPDFPageObj_SetMatrix(object, s);
  api.FPDFPage_InsertObject(page, object);
}

/** Share of the em below the baseline, to find the baseline of a word that does not read level. */
const DESCENT = 0.22;

/** Maps text space (y upwards, origin at the word's start) to the upright page. */
function placeWord(box: LayerWord['box'], baseline: number, size: number, angle: LayerWord['angle']): Matrix {
  if (angle === 90) return [0, 1, 1, 0, box.x0 + size * DESCENT, box.y0];
  if (angle === 180) return [-1, 0, 0, 1, box.x1, baseline];
  if (angle === 270) return [0, -1, -1, 0, box.x1 - size * DESCENT, box.y1];
  return [1, 0, 0, -1, box.x0, baseline];
}

/** The font of the invisible text inside one document. */
class GlyphlessFont {
  readonly pointer: number;
  readonly codes: GlyphlessCodes;
  readonly #lib: Pdfium;

  constructor(lib: Pdfium, document: number, pages: readonly { readonly words: readonly LayerWord[] }[]) {
    this.#lib = lib;
    this.codes = new GlyphlessCodes(pages.flatMap(({ words }) => words.map(({ text }) => text)));
    const file = glyphlessTrueType();
    const map = glyphlessMap();
    const [fileAt, mapAt] = [lib.copyIn(file), lib.copyIn(map)];
    this.pointer = lib.withString(this.codes.toUnicode(), (unicode) =>
      lib.api.FPDFText_LoadCidType2Font(document, fileAt, file.length, unicode, mapAt, map.length),
    );
    lib.api.free(fileAt);
    lib.api.free(mapAt);
    if (this.pointer === 0) throw writeFailed('its font was not accepted');
  }

  close(): void {
    this.#lib.api.FPDFFont_Close(this.pointer);
  }
}

function save(lib: Pdfium, document: number): Uint8Array {
  const { api } = lib;
  const writer = api.PDFiumExt_OpenFileWriter();
  try {
    if (!api.FPDF_SaveAsCopy(document, writer, WHOLE)) throw writeFailed('PDFium refused to save it');
    const size = api.PDFiumExt_GetFileWriterSize(writer);
    return lib.withMemory(size, (buffer) => {
      api.PDFiumExt_GetFileWriterData(writer, buffer, size);
      return lib.bytes.slice(buffer, buffer + size);
    });
  } finally {
    api.PDFiumExt_CloseFileWriter(writer);
  }
}

const writeFailed = (reason: string): LegibleError =>
  new LegibleError(
    'engine_failed',
    `The searchable PDF could not be written: ${reason}.`,
    'Ask for another format.',
  );
