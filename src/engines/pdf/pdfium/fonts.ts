import { type FontHeight, type FontLook, fontHeight, fontLook } from '../font-style.js';
import type { Pdfium } from './library.js';

export interface FontInfo extends FontLook, FontHeight {
  /** The same object for all fonts of the page that look alike. */
  readonly face: FontLook;
}

/** Reads each font of a page once. */
export class FontCache {
  readonly #lib: Pdfium;
  readonly #fonts = new Map<number, FontInfo>();
  readonly #faces = new Map<string, FontLook>();
  readonly #widths = new Map<number, Map<number, number>>();

  constructor(lib: Pdfium) {
    this.#lib = lib;
  }

  /** `font` is an FPDF_FONT; 0 gives a nameless face. */
  get(font: number): FontInfo {
    const known = this.#fonts.get(font);
    if (known) return known;
    const info = this.#read(font);
    this.#fonts.set(font, info);
    return info;
  }

  /** Advance of a character in em by the font's widths; 0 where it has none for the Unicode value. */
  width(font: number, code: number): number {
    if (font === 0) return 0;
    let widths = this.#widths.get(font);
    if (!widths) {
      widths = new Map();
      this.#widths.set(font, widths);
    }
    let width = widths.get(code);
    if (width === undefined) {
      const { api, scratch } = this.#lib;
      width = api.FPDFFont_GetGlyphWidth(font, code, 1, scratch) ? this.#lib.float(scratch) : 0;
      widths.set(code, width);
    }
    return width;
  }

  /** Right edge of the outline that the font has for a character, in em from its origin. */
  inkEnd(font: number, code: number): number {
    const { api, scratch } = this.#lib;
    const path = api.FPDFFont_GetGlyphPath(font, code, 1);
    const count = path ? api.FPDFGlyphPath_CountGlyphSegments(path) : 0;
    let end = 0;
    for (let i = 0; i < count; i++) {
      const segment = api.FPDFGlyphPath_GetGlyphPathSegment(path, i);
      if (segment && api.FPDFPathSegment_GetPoint(segment, scratch, scratch + 4)) {
        end = Math.max(end, this.#lib.float(scratch));
      }
    }
    return end;
  }

  #read(font: number): FontInfo {
    const { api, scratch } = this.#lib;
    if (font === 0) {
      const look = { name: '', bold: false, italic: false, mono: false };
      return { ...look, ...fontHeight(0, 0), face: this.#face(look) };
    }
    const name = this.#lib.readString(
      (buffer, bytes) => api.FPDFFont_GetBaseFontName(font, buffer, bytes),
      'utf-8',
    );
    const angle = api.FPDFFont_GetItalicAngle(font, scratch) ? this.#lib.int(scratch) : 0;
    const look = fontLook({
      name,
      flags: Math.max(0, api.FPDFFont_GetFlags(font)),
      weight: api.FPDFFont_GetWeight(font),
      italicAngle: angle,
    });
    const ascent = api.FPDFFont_GetAscent(font, 1, scratch) ? this.#lib.float(scratch) : 0;
    const descent = api.FPDFFont_GetDescent(font, 1, scratch) ? -this.#lib.float(scratch) : 0;
    return { ...look, ...fontHeight(ascent, descent), face: this.#face(look) };
  }

  #face(look: FontLook): FontLook {
    const key = `${look.name}|${look.bold}|${look.italic}|${look.mono}`;
    const known = this.#faces.get(key);
    if (known) return known;
    this.#faces.set(key, look);
    return look;
  }
}
