import type { TextStyle } from '../../../document/word.js';
import type { Glyph, GlyphRun } from '../glyph.js';
import { concat, type Matrix } from '../matrix.js';
import { FontCache, type FontInfo } from './fonts.js';
import type { Pdfium } from './library.js';
import { hexColor, type PageObject } from './objects.js';

/** Stands for a hyphen at a line's end; PDFium replaces the character itself. */
const HYPHEN_MARKS = new Set([0x02, 0xfffe]);
/** Text render modes. */
const MODE_FILL_STROKE = 2;
const MODE_INVISIBLE = 3;
const MODE_CLIP = 7;
const MODES_STROKED = new Set([1, 5]);
/** Below this share of the em a stroke around filled glyphs does not make them look bold. */
const BOLD_STROKE = 0.01;
/** Sine of the lean from which upright glyphs look italic. */
const ITALIC_SHEAR = 0.12;

interface Context {
  readonly lib: Pdfium;
  readonly upright: Matrix;
  readonly objects: ReadonlyMap<number, PageObject>;
  readonly tagOf: (object: PageObject) => number | undefined;
}

/** All glyphs of the page in content order. Spaces that PDFium inserts by its own guess are left out. */
export function readGlyphs(textPage: number, context: Context): Glyph[] {
  const { lib, upright } = context;
  const { api, scratch: s } = lib;
  const count = api.FPDFText_CountChars(textPage);
  const runs = new RunReader(context);
  const glyphs: Glyph[] = [];
  let previous: { object: number; x: number; y: number } | undefined;
  for (let i = 0; i < count; i++) {
    if (api.FPDFText_IsGenerated(textPage, i) === 1) continue;
    const object = api.FPDFText_GetTextObject(textPage, i);
    if (object === 0) continue;
    api.FPDFText_GetCharOrigin(textPage, i, s, s + 8);
    const userX = lib.double(s);
    const userY = lib.double(s + 8);
    const code = api.FPDFText_GetUnicode(textPage, i) >>> 0;
    const text = HYPHEN_MARKS.has(code) ? runs.hyphen(textPage, object) : characterOf(code);
    const last = glyphs.at(-1);
    if (last && previous?.object === object && previous.x === userX && previous.y === userY) {
      // PDFium gives each letter of a ligature as a character at the same place, with its share of the box.
      last.text += text;
      last.advance += runs.advanceAt(textPage, i, last.run);
      continue;
    }
    previous = { object, x: userX, y: userY };
    const run = runs.at(textPage, i, object);
    glyphs.push({
      text,
      run,
      x: upright[0] * userX + upright[2] * userY + upright[4],
      y: upright[1] * userX + upright[3] * userY + upright[5],
      advance: runs.advanceAt(textPage, i, run),
      unmapped: api.FPDFText_HasUnicodeMapError(textPage, i) === 1,
    });
  }
  return glyphs;
}

const characterOf = (code: number): string =>
  code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';

/** Makes the run of each text object once; styles are shared over the page. */
class RunReader {
  readonly #context: Context;
  readonly #fonts: FontCache;
  readonly #runs = new Map<number, GlyphRun>();
  readonly #styles = new Map<string, TextStyle>();
  /** Font height in em of each run as PDFium's loose boxes have it. */
  readonly #boxHeight = new Map<GlyphRun, number>();

  constructor(context: Context) {
    this.#context = context;
    this.#fonts = new FontCache(context.lib);
  }

  at(textPage: number, index: number, object: number): GlyphRun {
    const known = this.#runs.get(object);
    if (known) return known;
    const run = this.#read(textPage, index, object);
    this.#runs.set(object, run);
    return run;
  }

  /** Advance of the character at `index`, in points. */
  advanceAt(textPage: number, index: number, run: GlyphRun): number {
    const { lib } = this.#context;
    const s = lib.scratch;
    lib.api.FPDFText_GetLooseCharBox(textPage, index, s);
    return this.#advance(run, lib.float(s + 8) - lib.float(s), lib.float(s + 4) - lib.float(s + 12));
  }

  /**
   * Advance of a glyph from the box (width × height in user space) around its advance and its
   * font's height, both turned by the run's angle.
   */
  #advance(run: GlyphRun, width: number, height: number): number {
    const cos = Math.abs(run.dx);
    const sin = Math.abs(run.dy);
    const quarter = this.#context.upright[0] === 0;
    const w = Math.abs(quarter ? height : width);
    const h = Math.abs(quarter ? width : height);
    if (sin < 1e-3) return w;
    if (cos < 1e-3) return h;
    return Math.max(0, (w + h) / (cos + sin) - (this.#boxHeight.get(run) ?? run.size));
  }

  /** The hyphen that PDFium replaced by a mark: soft if the object's own text has a soft one at its end. */
  hyphen(textPage: number, object: number): string {
    const { lib } = this.#context;
    const text = lib.readString((buffer, bytes) =>
      lib.api.FPDFTextObj_GetText(object, textPage, buffer, bytes),
    );
    return text.includes('\u00ad') ? '\u00ad' : '-';
  }

  #read(textPage: number, index: number, pointer: number): GlyphRun {
    const { lib, upright, objects, tagOf } = this.#context;
    const { api, scratch: s } = lib;
    const object = objects.get(pointer);
    const font = this.#fonts.get(api.FPDFTextObj_GetFont(pointer));
    api.FPDFText_GetMatrix(textPage, index, s);
    const m = concat(lib.matrix(s), upright);
    const fontSize = api.FPDFText_GetFontSize(textPage, index);
    const along = Math.hypot(m[0], m[1]) || 1;
    // Height of the em across the reading direction, so a sheared (false italic) matrix does not enlarge it.
    const size = Math.abs(fontSize) * (Math.abs(m[0] * m[3] - m[1] * m[2]) / along);
    const turn = fontSize < 0 ? -1 : 1;
    const dx = (turn * m[0]) / along;
    const dy = (turn * m[1]) / along;
    const mode = api.FPDFTextObj_GetTextRenderMode(pointer);
    const color = this.#color(textPage, index, mode);
    const sheared = m[0] * m[2] + m[1] * m[3];
    const lean = size > 0 ? Math.abs(sheared) / (along * (Math.hypot(m[2], m[3]) || 1)) : 0;
    const style = this.#style(font, {
      bold: font.bold || (mode === MODE_FILL_STROKE && this.#strokeShare(pointer, fontSize) >= BOLD_STROKE),
      italic: font.italic || lean > ITALIC_SHEAR,
      color: color?.hex,
    });
    const tag = object && tagOf(object);
    const run: GlyphRun = {
      style,
      size,
      ascent: font.ascent * size,
      descent: font.descent * size,
      dx,
      dy,
      order: object?.order ?? 0,
      invisible: mode === MODE_INVISIBLE || mode === MODE_CLIP || color?.alpha === 0,
      ...(tag === undefined ? {} : { tag }),
    };
    this.#boxHeight.set(run, this.#looseHeight(pointer, size));
    return run;
  }

  #looseHeight(object: number, size: number): number {
    const { api, scratch } = this.#context.lib;
    const font = api.FPDFTextObj_GetFont(object);
    const ascent = api.FPDFFont_GetAscent(font, 1, scratch) ? this.#context.lib.float(scratch) : 1;
    const descent = api.FPDFFont_GetDescent(font, 1, scratch) ? this.#context.lib.float(scratch) : 0;
    return (ascent - descent) * size;
  }

  #color(textPage: number, index: number, mode: number): { hex: string; alpha: number } | undefined {
    const { lib } = this.#context;
    const { api, scratch: s } = lib;
    const read = MODES_STROKED.has(mode) ? api.FPDFText_GetStrokeColor : api.FPDFText_GetFillColor;
    if (!read(textPage, index, s, s + 4, s + 8, s + 12)) return undefined;
    return { hex: hexColor(lib.int(s), lib.int(s + 4), lib.int(s + 8)), alpha: lib.int(s + 12) };
  }

  #strokeShare(object: number, fontSize: number): number {
    const { api, scratch } = this.#context.lib;
    if (!api.FPDFPageObj_GetStrokeWidth(object, scratch)) return 0;
    return this.#context.lib.float(scratch) / (Math.abs(fontSize) || 1);
  }

  #style(font: FontInfo, look: { bold: boolean; italic: boolean; color: string | undefined }): TextStyle {
    const key = `${font.name}|${look.bold}|${look.italic}|${font.mono}|${look.color}`;
    let style = this.#styles.get(key);
    if (!style) {
      const { name, mono } = font;
      const { bold, italic, color } = look;
      style = { font: name, bold, italic, mono, ...(color === undefined ? {} : { color }) };
      this.#styles.set(key, style);
    }
    return style;
  }
}
