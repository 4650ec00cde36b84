import type { Glyph } from '../glyph.js';
import type { Matrix } from '../matrix.js';
import { farEnd } from './direction.js';
import { RunReader, type TextContext } from './glyph-runs.js';
import { lastPrintings } from './printings.js';

/** Steps of the pen are rounded by up to this share of the em. */
const STEP_SLACK = 0.02;

/** Stands for a hyphen at a line's end; PDFium replaces the character itself. */
const HYPHEN_MARKS = new Set([0x02, 0xfffe]);
/** White between a letter's ink and its advance, in em, as ordinary text faces have it. */
const SIDE_BEARING = 0.06;

/** All glyphs of the page in content order. Spaces that PDFium inserts by its own guess are left out. */
export function readGlyphs(textPage: number, context: TextContext): Glyph[] {
  const { lib, upright } = context;
  const { api, scratch: s } = lib;
  const count = api.FPDFText_CountChars(textPage);
  const runs = new RunReader(context, lastPrintings(textPage, lib, context.objects));
  const glyphs: Glyph[] = [];
  let previous: { object: number; x: number; y: number } | undefined;
  /** How far the last glyph's ink passes its advance: a letter that hangs over, or a ligature taken for its first letter. */
  let overhang = 0;
  for (let i = 0; i < count; i++) {
    if (api.FPDFText_IsGenerated(textPage, i) === 1) continue;
    const object = api.FPDFText_GetTextObject(textPage, i);
    if (object === 0) continue;
    api.FPDFText_GetCharOrigin(textPage, i, s, s + 8);
    const userX = lib.double(s);
    const userY = lib.double(s + 8);
    const code = api.FPDFText_GetUnicode(textPage, i) >>> 0;
    const hyphen = HYPHEN_MARKS.has(code) && api.FPDFText_IsHyphen(textPage, i) === 1;
    const text = hyphen ? runs.hyphen(textPage, object) : characterOf(code);
    const last = glyphs.at(-1);
    if (last && previous?.object === object && previous.x === userX && previous.y === userY) {
      // PDFium gives each letter of a ligature as a character at the same place, with the whole
      // glyph's box or its share of the ink.
      overhang = 0;
      last.text += text;
      api.FPDFText_GetLooseCharBox(textPage, i, s);
      last.advance = ligatureAdvance(last, lib.matrix(s), upright);
      continue;
    }
    const x = upright[0] * userX + upright[2] * userY + upright[4];
    const y = upright[1] * userX + upright[3] * userY + upright[5];
    if (last && overhang > 0) {
      const { dx, dy, size } = last.run;
      const step = (x - last.x) * dx + (y - last.y) * dy;
      const across = Math.abs((y - last.y) * dx - (x - last.x) * dy);
      const reach = last.advance + overhang + size * STEP_SLACK;
      if (step > last.advance && step < reach && across < size * STEP_SLACK) last.advance = step;
    }
    previous = { object, x: userX, y: userY };
    const run = runs.at(textPage, i, object);
    const { advance, overhang: reach } = runs.advance(textPage, i, object, code);
    overhang = reach;
    glyphs.push({
      text,
      run,
      x,
      y,
      advance,
      unmapped: api.FPDFText_HasUnicodeMapError(textPage, i) === 1,
    });
  }
  return glyphs;
}

/** Advance of a ligature from the box of its last letter: left, top, right, bottom. */
function ligatureAdvance({ run, x, y }: Glyph, box: readonly number[], upright: Matrix): number {
  const start = x * run.dx + y * run.dy;
  const end = farEnd(run, upright, box[0], box[3], box[2], box[1]) - start;
  const backwards = { ...run, dx: -run.dx, dy: -run.dy };
  const begin = -farEnd(backwards, upright, box[0], box[3], box[2], box[1]) - start;
  const whole = begin < end / 4;
  return whole ? end : end + run.size * SIDE_BEARING;
}

const characterOf = (code: number): string =>
  code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
