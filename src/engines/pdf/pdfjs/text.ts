import type { Box } from '../../../document/geometry.js';
import type { TextStyle } from '../../../document/word.js';
import { type3EmFactor } from '../font-style.js';
import type { Glyph, GlyphRun } from '../glyph.js';
import { concat, type Matrix } from '../matrix.js';
import type { PdfjsFont, PdfjsGlyph } from './fonts.js';
import type { GraphicsState, TextPosition } from './graphics-state.js';

const INVISIBLE_MODES = new Set([3, 7]);
const STROKED_MODES = new Set([1, 5]);
const MODE_FILL_STROKE = 2;
/** Sine of the lean from which upright glyphs look italic. */
const ITALIC_SHEAR = 0.12;
/** Below this share of the em a stroke around filled glyphs does not make them look bold. */
const BOLD_STROKE = 0.01;

/** Where a run stands among what is painted, and what is seen of it. */
interface RunPlace {
  readonly order: number;
  readonly tag: number | undefined;
  readonly clip: Box | undefined;
}

type MutableRun = { -readonly [K in keyof GlyphRun]: GlyphRun[K] };

/** Turns what `showText` shows into glyphs; keeps the styles of one page. */
export class TextReader {
  readonly glyphs: Glyph[] = [];
  readonly #type3 = new Map<PdfjsFont, Set<MutableRun>>();
  readonly #styles = new Map<string, TextStyle>();

  /** Adds the glyphs and moves the pen. Numbers among the items move it by thousandths of the em. */
  show(
    items: readonly (PdfjsGlyph | number | null)[],
    state: GraphicsState,
    text: TextPosition,
    place: RunPlace,
  ): void {
    const { font, horizontalScale, charSpacing, wordSpacing } = state;
    if (!font || state.fontSize === 0) return;
    const size = Math.abs(state.fontSize);
    const direction = state.fontSize < 0 ? -1 : 1;
    const m = concat(concat([direction, 0, 0, direction, 0, state.rise], text.matrix), state.ctm);
    const run = this.#run(m, size, font, state, place);
    const along = Math.hypot(m[0], m[1]);
    // `text.x` is measured along the reading direction, before horizontal scaling.
    for (const item of items) {
      if (item === null) continue;
      if (typeof item === 'number') {
        text.x += ((font.vertical ? 1 : -1) * item * size) / 1000;
        continue;
      }
      const spacing = (item.isSpace ? wordSpacing : 0) + charSpacing;
      const width = (font.vertical && item.vmetric ? -item.vmetric[0] : item.width) * font.widthScale * size;
      const x = font.vertical ? -(item.vmetric?.[1] ?? 0) * font.widthScale * size : text.x * horizontalScale;
      const y = font.vertical ? -text.x : 0;
      this.glyphs.push({
        text: item.unicode || '\ufffd',
        run,
        x: m[0] * x + m[2] * y + m[4],
        y: m[1] * x + m[3] * y + m[5],
        advance: (font.vertical ? size : width * horizontalScale) * along,
        unmapped: font.unmapped || !item.unicode,
      });
      text.x += width + spacing * direction;
    }
  }

  /** Settles the sizes of Type 3 fonts, once all of their text is known. */
  settleSizes(): void {
    for (const runs of this.#type3.values()) {
      const samples: number[] = [];
      for (const glyph of this.glyphs) {
        if (runs.has(glyph.run) && glyph.run.size > 0) samples.push(glyph.advance / glyph.run.size);
      }
      const factor = type3EmFactor(samples, 'advance');
      for (const run of runs) {
        run.size *= factor;
        run.ascent *= factor;
        run.descent *= factor;
      }
    }
  }

  #run(
    m: Matrix,
    fontSize: number,
    font: PdfjsFont,
    state: GraphicsState,
    { order, tag, clip }: RunPlace,
  ): GlyphRun {
    const along = Math.hypot(m[0], m[1]) || 1;
    const across = Math.hypot(m[2], m[3]) || 1;
    const size = (fontSize * Math.abs(m[0] * m[3] - m[1] * m[2])) / along;
    const lean = Math.abs(m[0] * m[2] + m[1] * m[3]) / (along * across);
    const stroked = STROKED_MODES.has(state.renderMode);
    const color = stroked ? state.stroke : state.fill;
    const bold =
      font.bold || (state.renderMode === MODE_FILL_STROKE && state.lineWidth / fontSize >= BOLD_STROKE);
    const run: MutableRun = {
      style: this.#style(font, bold, font.italic || lean > ITALIC_SHEAR, color),
      size,
      ascent: font.ascent * size,
      descent: font.descent * size,
      dx: m[0] / along,
      dy: m[1] / along,
      order,
      invisible:
        INVISIBLE_MODES.has(state.renderMode) || (stroked ? state.strokeAlpha : state.fillAlpha) === 0,
      ...(clip === undefined ? {} : { clip }),
      ...(tag === undefined ? {} : { tag }),
    };
    if (font.type3) {
      const runs = this.#type3.get(font) ?? new Set();
      this.#type3.set(font, runs.add(run));
    }
    return run;
  }

  #style(font: PdfjsFont, bold: boolean, italic: boolean, color: string | undefined): TextStyle {
    const key = `${font.name}|${font.mono}|${bold}|${italic}|${color}`;
    let style = this.#styles.get(key);
    if (!style) {
      style = { font: font.name, bold, italic, mono: font.mono, ...(color ? { color } : {}) };
      this.#styles.set(key, style);
    }
    return style;
  }
}
