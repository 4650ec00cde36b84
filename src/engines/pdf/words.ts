import { type Box, containsPoint, expandBox, unionBoxes } from '../../document/geometry.js';
import type { Glyph, GlyphRun } from './glyph.js';
import { mergeMarks } from './marks.js';
import { NOTHING } from './paint.js';
import type { NativeWord } from './port.js';
import { isRightToLeft, isUnmapped, isWhiteSpace, normalizeWord } from './word-text.js';

/*
 * Glyphs to words, the same for every PDF library.
 *
 * Neither the spaces in the file nor those that a library guesses are enough: files leave them out
 * and move the pen instead, or print them without room. So a word ends at a space that takes room,
 * at a visible gap, at a jump of the pen, and nowhere else; a change of look inside a word gives
 * a second word that is glued to the first.
 */

/** A gap of this share of the em parts words; poppler and pdf.js use 0.1, which kerned capitals reach. */
const WORD_GAP = 0.13;
/** Letterspacing up to this share of the em belongs to the word; beyond it the letters stand alone. */
const MAX_TRACKING = 0.32;
/** A space that moves the pen by less than this share of the em cannot be seen. */
const VISIBLE_SPACE = 0.03;
/** Stepping back by more than this share of the em is a jump of the pen; kerning and accents stay below. */
const MAX_STEP_BACK = 0.35;
/** Shift off the baseline, in em of the larger of the two, that still is a superscript or subscript. */
const MAX_BASELINE_SHIFT = 0.6;
/** Baselines closer than this share of the em are one. */
const SAME_BASELINE = 0.08;
/** Sizes within this ratio are one. */
const SAME_SIZE = 1.02;
/** Points by which a clip may miss the middle of a glyph and still show it. */
const CLIP_SLACK = 1;
/** Words shown apart whose ends are closer than this share of the em are halves of one. */
const ABUTTING = 0.06;

/** A word with what the passes need that judge whether it can be seen. */
export interface BuiltWord {
  readonly word: NativeWord;
  /** Place in the painting order of what was painted last of it. */
  readonly order: number;
  /** Painted without ink. */
  readonly invisible: boolean;
  /** Cut off by clips, or in a layer that is switched off. */
  readonly cut: boolean;
}

/** Words in content order; those printed twice appear twice. */
export function buildWords(glyphs: readonly Glyph[]): BuiltWord[] {
  const words: BuiltWord[] = [];
  for (const part of rejoinParts(splitStretches(glyphs))) {
    const built = toWord(part);
    if (built) words.push(built);
  }
  return words;
}

function* splitStretches(glyphs: readonly Glyph[]): Generator<Part> {
  for (const stretch of splitAtJumps(mergeMarks(glyphs))) yield* splitWords(stretch);
}

/** Glyphs along one baseline without a jump of the pen; `spaceBefore[i]` tells of white space before glyph i. */
interface Stretch {
  readonly glyphs: Glyph[];
  readonly spaceBefore: boolean[];
  /** Gap before glyph i along the reading direction, in points; 0 for the first. */
  readonly gaps: number[];
}

function* splitAtJumps(glyphs: readonly Glyph[]): Generator<Stretch> {
  let stretch: Stretch = { glyphs: [], spaceBefore: [], gaps: [] };
  let previous: Glyph | undefined;
  let space: Glyph | undefined;
  for (const glyph of glyphs) {
    if (isWhiteSpace(glyph.text)) {
      space ??= glyph;
      continue;
    }
    const gap = previous && pen(previous, glyph);
    if (gap === undefined) {
      if (stretch.glyphs.length > 0) yield stretch;
      stretch = { glyphs: [], spaceBefore: [], gaps: [] };
    }
    stretch.glyphs.push(glyph);
    stretch.gaps.push(gap ?? 0);
    stretch.spaceBefore.push(space !== undefined && takesRoom(space, glyph));
    previous = glyph;
    space = undefined;
  }
  if (stretch.glyphs.length > 0) yield stretch;
}

/** Gap between two glyphs along the reading direction; undefined when the pen jumped to another place. */
function pen(previous: Glyph, next: Glyph): number | undefined {
  const { dx, dy } = previous.run;
  if (dx * next.run.dx + dy * next.run.dy < 0.95) return undefined;
  const x = next.x - previous.x;
  const y = next.y - previous.y;
  const along = x * dx + y * dy;
  const across = y * dx - x * dy;
  const em = Math.max(previous.run.size, next.run.size);
  if (Math.abs(across) > em * MAX_BASELINE_SHIFT) return undefined;
  const gap = along - previous.advance;
  if (gap >= -em * MAX_STEP_BACK) return gap;
  // Right-to-left letters are shown from right to left, or left to right in an order that is turned later.
  if (isRightToLeft(previous.text) || isRightToLeft(next.text)) {
    const back = -along - next.advance;
    if (back >= -em * MAX_STEP_BACK) return back;
  }
  return undefined;
}

function takesRoom(space: Glyph, next: Glyph): boolean {
  const { dx, dy, size } = space.run;
  const along = (next.x - space.x) * dx + (next.y - space.y) * dy;
  return Math.abs(along) > size * VISIBLE_SPACE;
}

/** A part of a stretch that becomes one word. */
interface Part {
  glyphs: Glyph[];
  glued: boolean;
}

/**
 * Joins words whose halves were shown apart, with something else between them in the content: the
 * second half begins where the first ended.
 */
function rejoinParts(parts: Iterable<Part>): Part[] {
  const ends = new Map<number, Part>();
  const out: Part[] = [];
  let previous: Part | undefined;
  for (const part of parts) {
    const found = part.glued ? undefined : findLeft(part.glyphs[0]);
    // The word right before was parted from this one on purpose.
    const left = found === previous ? undefined : found;
    let whole = part;
    if (left && sameLook(left.glyphs[left.glyphs.length - 1], part.glyphs[0])) {
      left.glyphs = left.glyphs.concat(part.glyphs);
      whole = left;
    } else {
      if (left) part.glued = true;
      out.push(part);
    }
    previous = whole;
    const last = whole.glyphs[whole.glyphs.length - 1];
    const { dx, dy } = last.run;
    ends.set(placeKey(last.x + last.advance * dx, last.y + last.advance * dy), whole);
  }
  return out;

  function findLeft(first: Glyph): Part | undefined {
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        const candidate = ends.get(placeKey(first.x + dx, first.y + dy));
        if (candidate && abuts(candidate, first)) return candidate;
      }
    }
    return undefined;
  }
}

/** One number for each square point of the page. */
const placeKey = (x: number, y: number): number => Math.round(x) * 1_000_003 + Math.round(y);

function abuts(left: Part, first: Glyph): boolean {
  const last = left.glyphs[left.glyphs.length - 1];
  if (isRightToLeft(last.text) || isRightToLeft(first.text)) return false;
  const gap = pen(last, first);
  return gap !== undefined && Math.abs(gap) <= Math.min(last.run.size, first.run.size) * ABUTTING;
}

function* splitWords({ glyphs, spaceBefore, gaps }: Stretch): Generator<Part> {
  const tracking = letterspacing(glyphs, gaps, spaceBefore);
  let part: Part = { glyphs: [glyphs[0]], glued: false };
  for (let i = 1; i < glyphs.length; i++) {
    const glyph = glyphs[i];
    const before = glyphs[i - 1];
    const em = (glyph.run.size + before.run.size) / 2;
    const apart = spaceBefore[i] || gaps[i] > tracking + em * WORD_GAP;
    if (apart || !sameLook(before, glyph)) {
      yield part;
      part = { glyphs: [], glued: !apart };
    }
    part.glyphs.push(glyph);
  }
  yield part;
}

/** Usual gap between neighbouring letters of the stretch: 0 for ordinary text, more where it is letterspaced. */
function letterspacing(
  glyphs: readonly Glyph[],
  gaps: readonly number[],
  spaceBefore: readonly boolean[],
): number {
  const inner: number[] = [];
  for (let i = 1; i < gaps.length; i++) if (!spaceBefore[i]) inner.push(gaps[i] / (glyphs[i].run.size || 1));
  if (inner.length < 3) return 0;
  inner.sort((a, b) => a - b);
  const usual = inner[inner.length >> 1];
  const size = glyphs[0].run.size;
  return usual > 0 && usual <= MAX_TRACKING ? usual * size : 0;
}

function sameLook(a: Glyph, b: Glyph): boolean {
  if (a.run === b.run) return true;
  const { style, size, dx, dy } = a.run;
  if (style !== b.run.style || a.run.tag !== b.run.tag || a.run.invisible !== b.run.invisible) return false;
  const [small, large] = size < b.run.size ? [size, b.run.size] : [b.run.size, size];
  if (large > small * SAME_SIZE) return false;
  const across = (b.y - a.y) * dx - (b.x - a.x) * dy;
  return Math.abs(across) <= large * SAME_BASELINE;
}

function toWord({ glyphs, glued }: Part): BuiltWord | undefined {
  const rightToLeft = glyphs.some((glyph) => isRightToLeft(glyph.text));
  const ordered = rightToLeft ? logicalOrder(glyphs) : glyphs;
  const text = normalizeWord(ordered.map((glyph) => glyph.text).join(''));
  if (text === '' || isWhiteSpace(text)) return undefined;
  const { run } = glyphs[0];
  const unmapped = glyphs.filter((glyph) => glyph.unmapped || isUnmapped(glyph.text)).length;
  const angle = quarterTurn(run);
  const first = glyphs[0];
  const last = glyphs[glyphs.length - 1];
  const word: NativeWord = {
    text: text.replace(/\s+/gu, ''),
    box: unionBoxes(glyphs.map(glyphBox)),
    baseline: (first.y + last.y + last.advance * run.dy) / 2,
    size: run.size,
    confidence: 100,
    style: run.style,
    ...(glued ? { glued: true } : {}),
    ...(angle === 0 ? {} : { angle }),
    ...(run.tag === undefined ? {} : { tag: run.tag }),
    ...(unmapped > 0 ? { unmapped } : {}),
  };
  return {
    word,
    order: glyphs.reduce((latest, glyph) => Math.max(latest, glyph.run.order), 0),
    invisible: run.invisible,
    cut: glyphs.every(isCut),
  };
}

/** Right-to-left letters by falling place, figures inside them by rising place. */
function logicalOrder(glyphs: readonly Glyph[]): Glyph[] {
  const { dx, dy } = glyphs[0].run;
  const place = (glyph: Glyph) => glyph.x * dx + glyph.y * dy;
  const turned = [...glyphs].sort((a, b) => place(b) - place(a));
  const ordered: Glyph[] = [];
  let figures: Glyph[] = [];
  for (const glyph of turned) {
    if (/\p{Nd}/u.test(glyph.text)) figures.unshift(glyph);
    else {
      ordered.push(...figures, glyph);
      figures = [];
    }
  }
  ordered.push(...figures);
  return ordered;
}

/** The glyph's middle lies outside what its clip leaves visible. */
function isCut({ run, x, y, advance }: Glyph): boolean {
  const { clip, dx, dy, ascent } = run;
  if (!clip) return false;
  if (clip === NOTHING) return true;
  const middleX = x + (dx * advance + dy * ascent) / 2;
  const middleY = y + (dy * advance - dx * ascent) / 2;
  return !containsPoint(expandBox(clip, CLIP_SLACK), middleX, middleY);
}

function glyphBox({ run, x, y, advance }: Glyph): Box {
  const { dx, dy, ascent, descent } = run;
  // Up, seen along the reading direction, is (dy, -dx).
  const endX = x + dx * advance;
  const endY = y + dy * advance;
  const upX = dy * ascent;
  const upY = -dx * ascent;
  const downX = -dy * descent;
  const downY = dx * descent;
  return {
    x0: Math.min(x, endX) + Math.min(upX, downX),
    y0: Math.min(y, endY) + Math.min(upY, downY),
    x1: Math.max(x, endX) + Math.max(upX, downX),
    y1: Math.max(y, endY) + Math.max(upY, downY),
  };
}

function quarterTurn({ dx, dy }: GlyphRun): 0 | 90 | 180 | 270 {
  const turns = Math.round(Math.atan2(dy, dx) / (Math.PI / 2));
  return ([0, 90, 180, 270] as const)[(turns + 4) % 4];
}
