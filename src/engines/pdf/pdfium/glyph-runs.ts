import type { TextStyle } from '../../../document/word.js';
import { type FontLook, type3EmFactor } from '../font-style.js';
import type { GlyphRun } from '../glyph.js';
import { concat, type Matrix } from '../matrix.js';
import { alongRun, farEnd } from './direction.js';
import { FontCache } from './fonts.js';
import type { Pdfium } from './library.js';
import { hexColor, type PageObject } from './objects.js';
import type { ClipReader } from './paths.js';

/** Text render modes. */
const MODE_FILL_STROKE = 2;
const MODE_INVISIBLE = 3;
const MODE_CLIP = 7;
const MODES_STROKED = new Set([1, 5]);
/** Below this share of the em a stroke around filled glyphs does not make them look bold. */
const BOLD_STROKE = 0.01;
/** Sine of the lean from which upright glyphs look italic. */
const ITALIC_SHEAR = 0.12;

/** Sine of the angle up to which text counts as level or upright. */
const AXIS_SINE = 0.01;
/** Two advances that differ by less than this share of the em are equal. */
const ADVANCE_SLACK = 0.01;
/** Characters looked at to tell the size of a Type 3 font. */
const TYPE3_SAMPLES = 200;
/** Two glyphs whose ink ends within this share of the em of each other are taken for the same. */
const INK_SLACK = 0.05;

/** What reading a page's text needs of the page. */
export interface TextContext {
  readonly lib: Pdfium;
  readonly upright: Matrix;
  readonly objects: ReadonlyMap<number, PageObject>;
  readonly tagOf: (object: PageObject) => number | undefined;
  readonly clips: ClipReader;
}

/** Makes the run of each text object once; styles are shared over the page. */
export class RunReader {
  readonly #context: TextContext;
  readonly #fonts: FontCache;
  readonly #runs = new Map<number, GlyphRun>();
  readonly #last: ReadonlyMap<number, PageObject>;
  readonly #type3Factors = new Map<number, number>();
  readonly #styles = new Map<FontLook, Map<number, TextStyle>>();
  /** Font and length of the em along the reading direction, in points, of each text object. */
  readonly #metrics = new Map<number, { font: number; em: number }>();

  constructor(context: TextContext, last: ReadonlyMap<number, PageObject>) {
    this.#context = context;
    this.#last = last;
    this.#fonts = new FontCache(context.lib);
  }

  at(textPage: number, index: number, object: number): GlyphRun {
    const known = this.#runs.get(object);
    if (known) return known;
    const run = this.#read(textPage, index, object);
    this.#runs.set(object, run);
    return run;
  }

  /**
   * Advance of a character in points. PDFium's loose box spans the advance, but is widened to the
   * ink where a letter hangs over (an italic f); then the font's own width decides.
   */
  advance(
    textPage: number,
    index: number,
    object: number,
    code: number,
  ): { advance: number; overhang: number } {
    const { lib, upright } = this.#context;
    const { api, scratch: s } = lib;
    const run = this.at(textPage, index, object);
    const { font, em } = this.#metrics.get(object) ?? { font: 0, em: run.size };
    const own = this.#fonts.width(font, code) * em;
    const tilted = Math.abs(run.dx) > AXIS_SINE && Math.abs(run.dy) > AXIS_SINE;
    if (tilted && own > 0) return { advance: own, overhang: 0 };
    api.FPDFText_GetCharOrigin(textPage, index, s, s + 8);
    const start = alongRun(run, upright, lib.double(s), lib.double(s + 8));
    api.FPDFText_GetLooseCharBox(textPage, index, s);
    const loose =
      farEnd(run, upright, lib.float(s), lib.float(s + 12), lib.float(s + 8), lib.float(s + 4)) - start;
    if (own <= 0 || Math.abs(loose - own) <= em * ADVANCE_SLACK || loose < own)
      return { advance: loose, overhang: 0 };
    api.FPDFText_GetCharBox(textPage, index, s, s + 8, s + 16, s + 24);
    const ink =
      farEnd(run, upright, lib.double(s), lib.double(s + 16), lib.double(s + 8), lib.double(s + 24)) - start;
    if (loose - ink > em * ADVANCE_SLACK) return { advance: loose, overhang: 0 };
    // The ink of another glyph than the font has for this character: a ligature mapped to its first letter.
    const other = Math.abs(ink - this.#fonts.inkEnd(font, code) * em) > em * INK_SLACK;
    return { advance: own, overhang: other ? loose - own : 0 };
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
    const { lib, upright, objects, tagOf, clips } = this.#context;
    const { api, scratch: s } = lib;
    const object = objects.get(pointer);
    const fontPointer = api.FPDFTextObj_GetFont(pointer);
    const font = this.#fonts.get(fontPointer);
    api.FPDFText_GetMatrix(textPage, index, s);
    const m = concat(lib.matrix(s), upright);
    const fontSize = api.FPDFText_GetFontSize(textPage, index);
    const along = Math.hypot(m[0], m[1]) || 1;
    // Height of the em across the reading direction, so a sheared (false italic) matrix does not enlarge it.
    const nominal = Math.abs(fontSize) * (Math.abs(m[0] * m[3] - m[1] * m[2]) / along);
    // Only Type 3 fonts have no name.
    const size = font.name === '' ? nominal * this.#type3Factor(textPage, fontPointer) : nominal;
    const turn = fontSize < 0 ? -1 : 1;
    const dx = (turn * m[0]) / along;
    const dy = (turn * m[1]) / along;
    const mode = api.FPDFTextObj_GetTextRenderMode(pointer);
    const color = this.#color(textPage, index, mode);
    const sheared = m[0] * m[2] + m[1] * m[3];
    const lean = size > 0 ? Math.abs(sheared) / (along * (Math.hypot(m[2], m[3]) || 1)) : 0;
    const bold =
      font.bold || (mode === MODE_FILL_STROKE && this.#strokeShare(pointer, fontSize) >= BOLD_STROKE);
    const style = this.#style(font.face, bold, font.italic || lean > ITALIC_SHEAR, color?.rgb);
    const tag = object && tagOf(object);
    const seen = this.#last.get(pointer) ?? object;
    const clip = seen && clips.of(seen);
    const run: GlyphRun = {
      style,
      size,
      ascent: font.ascent * size,
      descent: font.descent * size,
      dx,
      dy,
      order: seen?.order ?? 0,
      invisible: mode === MODE_INVISIBLE || mode === MODE_CLIP || color?.alpha === 0,
      ...(clip === undefined ? {} : { clip }),
      ...(tag === undefined ? {} : { tag }),
    };
    this.#metrics.set(pointer, { font: fontPointer, em: Math.abs(fontSize) * along });
    return run;
  }

  #type3Factor(textPage: number, font: number): number {
    const known = this.#type3Factors.get(font);
    if (known !== undefined) return known;
    const { lib } = this.#context;
    const { api, scratch: s } = lib;
    const samples: number[] = [];
    const count = api.FPDFText_CountChars(textPage);
    for (let i = 0; i < count && samples.length < TYPE3_SAMPLES; i++) {
      const object = api.FPDFText_GetTextObject(textPage, i);
      if (object === 0 || api.FPDFTextObj_GetFont(object) !== font) continue;
      api.FPDFText_GetMatrix(textPage, i, s);
      const size = Math.abs(
        api.FPDFText_GetFontSize(textPage, i) * Math.hypot(lib.float(s + 8), lib.float(s + 12)),
      );
      const level = Math.abs(lib.float(s + 12)) >= Math.abs(lib.float(s + 8));
      api.FPDFText_GetCharBox(textPage, i, s, s + 8, s + 16, s + 24);
      const ink = level ? lib.double(s + 24) - lib.double(s + 16) : lib.double(s + 8) - lib.double(s);
      if (ink > 0 && size > 0) samples.push(ink / size);
    }
    const factor = type3EmFactor(samples, 'ink');
    this.#type3Factors.set(font, factor);
    return factor;
  }

  #color(textPage: number, index: number, mode: number): { rgb: number; alpha: number } | undefined {
    const { lib } = this.#context;
    const { api, scratch: s } = lib;
    const read = MODES_STROKED.has(mode) ? api.FPDFText_GetStrokeColor : api.FPDFText_GetFillColor;
    if (!read(textPage, index, s, s + 4, s + 8, s + 12)) return undefined;
    const rgb = ((lib.int(s) & 255) << 16) | ((lib.int(s + 4) & 255) << 8) | (lib.int(s + 8) & 255);
    return { rgb, alpha: lib.int(s + 12) };
  }

  #strokeShare(object: number, fontSize: number): number {
    const { api, scratch } = this.#context.lib;
    if (!api.FPDFPageObj_GetStrokeWidth(object, scratch)) return 0;
    return this.#context.lib.float(scratch) / (Math.abs(fontSize) || 1);
  }

  #style(face: FontLook, bold: boolean, italic: boolean, rgb: number | undefined): TextStyle {
    let styles = this.#styles.get(face);
    if (!styles) {
      styles = new Map();
      this.#styles.set(face, styles);
    }
    const key = (rgb ?? -1) * 4 + (bold ? 1 : 0) + (italic ? 2 : 0);
    let style = styles.get(key);
    if (!style) {
      const { name, mono } = face;
      style = { font: name, bold, italic, mono, ...(rgb === undefined ? {} : { color: hexColor(rgb) }) };
      styles.set(key, style);
    }
    return style;
  }
}
