import type { Box } from '../../../document/geometry.js';
import type { GrayImage } from '../prepare/gray.js';
import { inkThreshold } from '../raster-rules.js';
import { judgeFrame, SCANNED } from './judge.js';
import type { Look } from './look.js';

/** Sides of a check box in heights of the small letters: as high as they are, to nearly two lines. */
const SIDE = { min: 1, max: 4.6 };
/** Pixels: in fewer, an outline cannot be told from a letter. */
const MIN_PIXELS = 10;
/** A check box is about as wide as high. */
const MAX_ASPECT = 1.2;
/** The two level sides of a frame begin and end within this share of its width of each other. */
const SAME_END = 0.2;
/** A side is no thicker than this share of its length. */
const MAX_THICKNESS = 0.4;
/** Light pixels within a side that do not end it, share of the shortest side. */
const MAX_GAP = 0.12;
/** More level strokes or frames than this are a picture or a pattern. */
const MAX_STROKES = 60_000;
const MAX_FRAMES = 400;
/** Capitals are at most so many times as high as small letters; their strokes are thicker than this share of the height where they are bold. */
const CAPITAL = 1.5;
const HEAVY = 0.17;
/** Share of a table's rule that is seen beside a frame. */
const RULE_SEEN = 0.75;
/** Capitals are about so many times as high as small letters. */
const LETTER = 1.25;
/** Upright sides are looked for this share of the height around the ends of the level ones, and must be seen this far. */
const SIDE_SEARCH = 0.2;
const SIDE_SEEN = 0.8;
/** Paper with grain is lighter than full lines, fine or faint lines are lighter than grain: both are looked for. */
const INK_SHARES = [0.55, 0.35];
/** Letters of a word stand within this share of a frame's side. */
const NEXT_LETTER = 0.2;
/** Pixels around the line that blur has darkened, at least and as a share of the side. */
const BLUR = 1.5;
const BLUR_SHARE = 0.08;

/** A frame on the page image; the box in its pixels, outer edges. */
export interface FoundFrame {
  readonly box: Box;
  readonly look: Look;
}

export interface FoundFrames {
  readonly frames: readonly FoundFrame[];
  /** The image without the lines of the frames, so that they are read as no letters; absent where there are none. */
  readonly image?: GrayImage;
}

interface Stroke {
  x0: number;
  /** Exclusive. */
  x1: number;
  y0: number;
  /** Exclusive. */
  y1: number;
}

/**
 * Small closed frames with straight sides on a page image (gray, upright), found by their level sides: these stay
 * what they are where a tick runs over the frame. `textHeight` of the small letters, in pixels.
 */
export function findFrames(image: GrayImage, textHeight: number): FoundFrames {
  if (textHeight <= 0) return { frames: [] };
  const min = Math.max(MIN_PIXELS, Math.round(SIDE.min * textHeight));
  const max = Math.round(SIDE.max * textHeight);
  const frames: FoundFrame[] = [];
  const boxes = INK_SHARES.flatMap((share) => {
    const threshold = inkThreshold(image, share);
    const strokes = levelStrokes(image, threshold, min, max);
    const rough = [...pairs(strokes.filter(isThin), min, max), ...strokes.filter(isFill)];
    return rough.flatMap((box) => refined(image, box, threshold) ?? []);
  });
  for (const box of boxes) {
    const look = judgeFrame(image, box, SCANNED);
    if (
      look?.shape !== 'square' ||
      isHeavy(box, look, textHeight) ||
      isInWord(image, box, look.middle, textHeight)
    )
      continue;
    const known = frames.findIndex((other) => isSame(other.box, box));
    if (known < 0) frames.push({ box, look });
    else if (area(box) > area(frames[known].box)) frames[known] = { box, look };
    if (frames.length > MAX_FRAMES) return { frames: [] };
  }
  const open = frames.filter(({ look }) => look.content !== 'solid');
  return open.length > 0 ? { frames, image: withoutFrames(image, open) } : { frames };
}

/** Dark runs of a frame's width, those of neighbouring rows joined. */
function levelStrokes(image: GrayImage, threshold: number, min: number, max: number): Stroke[] {
  const gap = Math.max(1, Math.round(min * MAX_GAP));
  const done: Stroke[] = [];
  let open: Stroke[] = [];
  for (let y = 0; y < image.height && done.length < MAX_STROKES; y++) {
    const next: Stroke[] = [];
    for (const { x0, x1 } of darkRuns(image, y, threshold, gap)) {
      const length = x1 - x0;
      if (length < min || length > max) continue;
      const above = open.find(
        (s) => Math.min(s.x1, x1) - Math.max(s.x0, x0) > 0.7 * Math.min(length, s.x1 - s.x0),
      );
      if (!above) next.push({ x0, x1, y0: y, y1: y + 1 });
      else {
        above.x0 = Math.min(above.x0, x0);
        above.x1 = Math.max(above.x1, x1);
        above.y1 = y + 1;
        if (!next.includes(above)) next.push(above);
      }
    }
    for (const stroke of open) if (!next.includes(stroke)) done.push(stroke);
    open = next;
  }
  done.push(...open);
  return done.length >= MAX_STROKES ? [] : done;
}

/** Dark stretches of a row, over light gaps of at most `gap` pixels. */
function darkRuns(
  { data, width }: GrayImage,
  y: number,
  threshold: number,
  gap: number,
): { readonly x0: number; readonly x1: number }[] {
  const runs: { x0: number; x1: number }[] = [];
  const row = y * width;
  let start = -1;
  let end = 0;
  for (let x = 0; x < width; x++) {
    if (data[row + x] >= threshold) continue;
    if (start >= 0 && x - end > gap) {
      runs.push({ x0: start, x1: end });
      start = x;
    } else if (start < 0) start = x;
    end = x + 1;
  }
  if (start >= 0) runs.push({ x0: start, x1: end });
  return runs;
}

const isThin = ({ x0, x1, y0, y1 }: Stroke): boolean => y1 - y0 <= Math.max(3, (x1 - x0) * MAX_THICKNESS);
const isFill = ({ x0, x1, y0, y1 }: Stroke): boolean =>
  Math.max(x1 - x0, y1 - y0) <= Math.min(x1 - x0, y1 - y0) * MAX_ASPECT;

/** Boxes between two strokes of the same place and length, one above the other at about that distance. */
function pairs(strokes: readonly Stroke[], min: number, max: number): Box[] {
  const cell = Math.max(4, min);
  const byPlace = new Map<number, Stroke[]>();
  for (const stroke of strokes) {
    const key = Math.floor(stroke.x0 / cell);
    const held = byPlace.get(key);
    if (held) held.push(stroke);
    else byPlace.set(key, [stroke]);
  }
  const found: Box[] = [];
  for (const top of strokes) {
    const side = top.x1 - top.x0;
    const key = Math.floor(top.x0 / cell);
    for (let at = key - 1; at <= key + 1; at++) {
      for (const bottom of byPlace.get(at) ?? []) {
        const height = bottom.y1 - top.y0;
        if (bottom.y0 <= top.y1 || height < min || height > max) continue;
        if (Math.abs(bottom.x0 - top.x0) > side * SAME_END || Math.abs(bottom.x1 - top.x1) > side * SAME_END)
          continue;
        // A tick that touches a side makes it longer: the shorter one is the frame's own.
        const shorter = bottom.x1 - bottom.x0 < side ? bottom : top;
        const width = shorter.x1 - shorter.x0;
        if (Math.max(width, height) > Math.min(width, height) * MAX_ASPECT) continue;
        found.push({ x0: shorter.x0, y0: top.y0, x1: shorter.x1, y1: bottom.y1 });
      }
    }
  }
  return found;
}

/** The box with its upright sides where they are drawn: rounded corners shorten the level ones. */
function refined({ data, width }: GrayImage, { x0, y0, x1, y1 }: Box, threshold: number): Box | undefined {
  const reach = Math.max(2, Math.round((y1 - y0) * SIDE_SEARCH));
  const [top, bottom] = [Math.round(y0 + (y1 - y0) * 0.25), Math.round(y1 - (y1 - y0) * 0.25)];
  const isSide = (x: number): boolean => {
    if (x < 0 || x >= width) return false;
    let dark = 0;
    for (let y = top; y < bottom; y++) if (data[y * width + x] < threshold) dark++;
    return dark >= SIDE_SEEN * (bottom - top);
  };
  // The side is the upright stroke nearest to the ends; a rule or a letter stands further away.
  const nearest = (end: number): number | undefined => {
    for (let off = 0; off <= reach; off++) {
      const at = [end - off, end + off].find(isSide);
      if (at !== undefined) return at;
    }
    return undefined;
  };
  let left = nearest(Math.round(x0));
  let right = nearest(Math.round(x1) - 1);
  if (left === undefined || right === undefined) return undefined;
  while (isSide(left - 1)) left--;
  while (isSide(right + 1)) right++;
  const box = { x0: left, y0, x1: right + 1, y1 };
  const [short, long] = [box.x1 - left, y1 - y0].sort((a, b) => a - b);
  return long <= short * MAX_ASPECT ? box : undefined;
}

/** Lines as thick as those of bold letters, at a letter's size. */
const isHeavy = (box: Box, { thickness, content }: Look, textHeight: number): boolean =>
  content !== 'solid' && box.y1 - box.y0 <= CAPITAL * textHeight && thickness > (box.y1 - box.y0) * HEAVY;

/** Ink stands close by, as the letters of a word do: on both sides, or on one side of what is as small as a letter. */
function isInWord(
  { data, width, height }: GrayImage,
  { x0, y0, x1, y1 }: Box,
  threshold: number,
  textHeight: number,
): boolean {
  const reach = Math.max(2, Math.round((x1 - x0) * NEXT_LETTER));
  const [top, bottom] = [Math.round(y0 + (y1 - y0) * 0.15), Math.round(y1 - (y1 - y0) * 0.15)];
  const [above, below] = [Math.max(0, Math.round(2 * y0 - y1)), Math.min(height, Math.round(2 * y1 - y0))];
  const darkRows = (x: number, from: number, to: number): number => {
    let dark = 0;
    for (let y = from; y < to; y++) if (data[y * width + x] < threshold) dark++;
    return dark;
  };
  // A line that runs far past the frame is a table's rule, no letter.
  const isLetter = (x: number): boolean =>
    darkRows(x, top, bottom) > 0 && darkRows(x, above, below) < RULE_SEEN * (below - above);
  const hasInk = (from: number, to: number): boolean => {
    for (let x = Math.max(0, from); x < Math.min(width, to); x++) if (isLetter(x)) return true;
    return false;
  };
  const [left, right] = [Math.round(x0 - BLUR), Math.round(x1 + BLUR)];
  const isFrame = (x: number): boolean =>
    isLetter(x) && darkRows(x, Math.round(y0), Math.round(y1)) > RULE_SEEN * (y1 - y0);
  for (let step = 1; step <= reach; step++) {
    // The side of another frame: a letter or a digit goes into each of a row.
    if (y1 - y0 > LETTER * textHeight && (isFrame(left - step) || isFrame(right + step))) return true;
  }
  const sides = [hasInk(left - reach, left), hasInk(right, right + reach)];
  return y1 - y0 <= LETTER * textHeight ? sides.includes(true) : !sides.includes(false);
}

/** The middle of one lies well inside the other. */
const isSame = (a: Box, b: Box): boolean =>
  Math.abs(a.x0 + a.x1 - b.x0 - b.x1) < Math.max(a.x1 - a.x0, b.x1 - b.x0) &&
  Math.abs(a.y0 + a.y1 - b.y0 - b.y1) < Math.max(a.y1 - a.y0, b.y1 - b.y0);

const area = ({ x0, y0, x1, y1 }: Box): number => (x1 - x0) * (y1 - y0);

/** A copy with the lines of the frames, and marks that are no letters, painted in the colour of the paper around them. */
function withoutFrames({ data, width, height }: GrayImage, frames: readonly FoundFrame[]): GrayImage {
  const rest = new Uint8Array(data);
  for (const { box, look } of frames) {
    const blur = Math.max(BLUR, (box.x1 - box.x0) * BLUR_SHARE);
    const line = look.thickness + blur;
    const [left, right] = [Math.floor(box.x0 - blur), Math.ceil(box.x1 + blur)];
    const [top, bottom] = [Math.floor(box.y0 - blur), Math.ceil(box.y1 + blur)];
    const paper = paperAt(data, width, height, { x0: left, x1: right, y0: top, y1: bottom });
    for (let y = Math.max(0, top); y < Math.min(height, bottom); y++) {
      const isLevel = y < box.y0 + line || y >= box.y1 - line;
      for (let x = Math.max(0, left); x < Math.min(width, right); x++) {
        if (look.bold || isLevel || x < box.x0 + line || x >= box.x1 - line) rest[y * width + x] = paper;
      }
    }
  }
  return { data: rest, width, height };
}

/** A usual level right around a box. */
function paperAt(data: Uint8Array, width: number, height: number, { x0, y0, x1, y1 }: Box): number {
  const levels: number[] = [];
  for (let y = Math.max(0, y0 - 3); y < Math.min(height, y1 + 3); y++) {
    for (const x of [x0 - 2, x1 + 1]) if (x >= 0 && x < width) levels.push(data[y * width + x]);
  }
  levels.sort((a, b) => a - b);
  return levels[levels.length >> 1] ?? 255;
}
