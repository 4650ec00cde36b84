import {
  type Box,
  boxArea,
  boxHeight,
  boxWidth,
  centerX,
  centerY,
  containsCenter,
  expandBox,
  overlapArea,
  overlapX,
  overlapY,
  unionBoxes,
} from '../../document/geometry.js';
import type { PageContent, Shape } from '../../document/page.js';
import type { Word } from '../../document/word.js';
import type { DraftFigure } from './draft.js';
import type { PageFacts } from './facts.js';
import { connectedAreas } from './ink-grid.js';
import { lineText, makeRows, splitAtGaps } from './lines.js';
import { isCaption } from './roles/captions.js';
import { isCheckBox } from './roles/markers.js';
import { firstWhere } from './search.js';

/** A drawing smaller than this, in points, is an ornament or an icon. */
const MIN_SIDE = { short: 24, long: 60 };
/** What covers more of the page is its ground; figures are smaller, too. */
const MAX_COVER = 0.5;
/** Slanted and curved strokes span at least this share of a drawing's width and height together. */
const MIN_SPAN = 0.3;
/** Bars of a chart: so many filled boxes on one line, of different length. */
const MIN_BARS = 3;
/** Words cover at most this share of a drawing … */
const MAX_WORDS = 0.2;
/** … and hold no text: lines of so many words, so many of them, or most of the words there are over this share of its width. */
const TEXT_LINE = { words: 7, lines: 3, share: 0.5 };
/** So many boxes to be ticked make a form of it. */
const FORM_BOXES = 2;
/** Ornaments of the page stand within this share of its height from the edge. */
const EDGE_BAND = 0.14;
/** A frame holds at least this share of the drawing in it. */
const ENCLOSED = 0.9;
/** Labels stand at most this many ems outside of the lines they label. */
const REACH = 2;
/** A label has at most this many characters … */
const MAX_LABEL = 28;
/** … and parts of a row of labels lie at least this many ems apart. */
const LABEL_GAP = 1.2;
/** A box with more words than this is a panel with text. */
const PANEL_WORDS = 12;

/** A chart, a diagram or another picture that is drawn with lines, with the words that belong to it. */
export interface Drawing {
  readonly draft: DraftFigure;
  readonly words: ReadonlySet<Word>;
}

/**
 * Pictures that a page draws with lines instead of placing an image: what hangs together around curves and
 * slanted strokes, or around the bars of a chart, where no text is set in it. Axis and data labels go with
 * it. `words` are the upright ones; turned ones of the page are looked at as well.
 */
export function findDrawings(content: PageContent, words: readonly Word[], facts: PageFacts): Drawing[] {
  const page = content.width * content.height;
  const strokes = (content.drawings ?? []).filter((b) => boxArea(b) < page * MAX_COVER);
  const boxes = content.shapes.filter((s) => s.fill !== undefined && !s.round);
  if (strokes.length === 0 && boxes.length < MIN_BARS) return [];
  const turned = content.words.filter((w) => w.angle !== undefined);
  const byHeight = [...words].sort((a, b) => centerY(a.box) - centerY(b.box));
  const shapes = content.shapes.filter(
    (s) => boxArea(s.box) < page * MAX_COVER && !holdsText(s.box, byHeight) && s.fill !== '#ffffff',
  );
  const ink = [...strokes, ...shapes.map((s) => s.box), ...content.rules.map((r) => r.box)];
  const found: Drawing[] = [];
  const areas = connectedAreas(ink, content, Math.max(4, facts.bodySize * 0.6));
  const frames = [...content.shapes.map((s) => s.box), ...areas].filter((b) => boxArea(b) < page * MAX_COVER);
  for (const area of areas) {
    const [short, long] = [boxWidth(area), boxHeight(area)].sort((a, b) => a - b);
    if (short < MIN_SIDE.short || long < MIN_SIDE.long || boxArea(area) > page * MAX_COVER) continue;
    const within = (b: Box): boolean => overlapX(area, b) >= boxWidth(b) && overlapY(area, b) >= boxHeight(b);
    const own = strokes.filter(within);
    if (
      !isDrawn(own, area) &&
      !hasBars(
        shapes.filter((s) => within(s.box)),
        area,
      )
    )
      continue;
    if (isLetterhead(area, content) || isText(area, words, facts)) continue;
    const frame = frameOf(area, frames, words, facts);
    const labels = labelsOf(frame, words, turned, facts);
    const box = unionBoxes([frame, ...labels.map((w) => w.box)]);
    if (found.some((f) => overlapX(f.draft.box, box) > 0 && overlapY(f.draft.box, box) > 0)) continue;
    const upright = labels.filter((w) => w.angle === undefined);
    const sideways = labels.filter((w) => w.angle !== undefined);
    const lines = [...makeRows(upright), ...makeRows(sideways)];
    found.push({
      draft: { kind: 'figure', box, ...(lines.length && { labels: lines }) },
      words: new Set(labels),
    });
  }
  return found;
}

/** `byHeight` are the page's words by their middles, so that thousands of small shapes look at few words each. */
function holdsText(box: Box, byHeight: readonly Word[]): boolean {
  let held = 0;
  for (let i = firstWhere(byHeight, (w) => centerY(w.box) >= box.y0); i < byHeight.length; i++) {
    if (centerY(byHeight[i].box) > box.y1) return false;
    if (containsCenter(box, byHeight[i].box) && ++held > PANEL_WORDS) return true;
  }
  return false;
}

/** A strip along the top or bottom that runs off the page: logos and ornaments. */
function isLetterhead(area: Box, { width, height }: PageContent): boolean {
  if (boxHeight(area) > height * EDGE_BAND) return false;
  const page = { x0: 2, y0: 2, x1: width - 2, y1: height - 2 };
  const runsOff = area.x0 < page.x0 || area.y0 < page.y0 || area.x1 > page.x1 || area.y1 > page.y1;
  return runsOff && (area.y1 < height * EDGE_BAND || area.y0 > height * (1 - EDGE_BAND));
}

/** The largest frame or pair of axes around the area with nothing but the drawing and its labels inside; else the area. */
function frameOf(area: Box, frames: readonly Box[], words: readonly Word[], facts: PageFacts): Box {
  const around = frames
    .filter((b) => overlapArea(b, area) > boxArea(area) * ENCLOSED && boxArea(b) > boxArea(area))
    .sort((a, b) => boxArea(b) - boxArea(a));
  const frame = around.find((b) => boxArea(area) > boxArea(b) * MIN_SPAN && !isText(b, words, facts));
  return frame ? unionBoxes([frame, area]) : area;
}

/** Its curves and slanted strokes make up the picture, not just the corners of a frame or marks in a grid. */
function isDrawn(strokes: readonly Box[], area: Box): boolean {
  if (strokes.length === 0) return false;
  const reach = unionBoxes(strokes);
  const span = (boxWidth(reach) / boxWidth(area)) * (boxHeight(reach) / boxHeight(area));
  if (span < MIN_SPAN) return false;
  const inner = strokes.filter((s) => boxArea(s) < boxArea(area) * 0.98);
  return inner.length > 0 || strokes.length > 1;
}

/** Filled boxes that stand on one line, or start at one, of different lengths and a like thickness. */
function hasBars(shapes: readonly Shape[], area: Box): boolean {
  const filled = shapes.filter((s) => s.fill !== undefined && boxArea(s.box) < boxArea(area) * 0.4);
  const isRow = (foot: (b: Box) => number, length: (b: Box) => number, thick: (b: Box) => number): boolean =>
    filled.some(({ box }) => {
      const like = filled.filter(
        (o) => Math.abs(foot(o.box) - foot(box)) < 1 && Math.abs(thick(o.box) - thick(box)) < 1,
      );
      const lengths = new Set(like.map((o) => Math.round(length(o.box))));
      return like.length >= MIN_BARS && lengths.size >= MIN_BARS;
    });
  return isRow((b) => b.y1, boxHeight, boxWidth) || isRow((b) => b.x0, boxWidth, boxHeight);
}

/** Text is set here: a panel, a form, a table with ornaments. */
function isText(area: Box, words: readonly Word[], facts: PageFacts): boolean {
  const inside = words.filter((w) => containsCenter(area, w.box));
  if (inside.filter(isCheckBox).length >= FORM_BOXES) return true;
  const covered = inside.reduce((sum, w) => sum + boxArea(w.box), 0);
  if (covered > boxArea(area) * MAX_WORDS) return true;
  const pieces = makeRows(inside).flatMap((row) => splitAtGaps(row, facts.bodySize * LABEL_GAP));
  const long = pieces.filter((piece) => piece.words.length >= TEXT_LINE.words);
  const wide = long.filter((piece) => boxWidth(piece.box) > boxWidth(area) * TEXT_LINE.share);
  return long.length >= TEXT_LINE.lines || (wide.length > 0 && wide.length >= pieces.length / 2);
}

/** Words in the area, and the short pieces right outside that stand to its lines: ticks, units, names of axes. */
function labelsOf(area: Box, level: readonly Word[], turned: readonly Word[], facts: PageFacts): Word[] {
  const em = facts.bodySize;
  const labels = new Set(level.filter((w) => containsCenter(area, w.box)));
  const near = expandBox(area, em * REACH);
  for (const row of makeRows(level.filter((w) => overlapY(near, w.box) > 0))) {
    const pieces = splitAtGaps(row, em * LABEL_GAP);
    const close = pieces.filter((p) => overlapX(near, p.box) > 0 && overlapY(near, p.box) > 0);
    const inRows = close.length > 1 && close.every((p) => lineText(p).length <= MAX_LABEL);
    for (const piece of close) {
      const text = lineText(piece);
      const started = piece.words.some((w) => labels.has(w));
      const small = piece.words.every((w) => w.size < em * 0.95);
      const beside = centerY(piece.box) > area.y0 && centerY(piece.box) < area.y1;
      const inside = centerX(piece.box) > area.x0 && centerX(piece.box) < area.x1;
      const fits = text.length <= MAX_LABEL && !isCaption(text) && (beside || inside);
      if (started || (fits && (inRows || small || !/\p{L}{3}/u.test(text))))
        for (const w of piece.words) labels.add(w);
    }
  }
  const reach = unionBoxes([area, ...[...labels].map((w) => w.box)]);
  const beside = expandBox(reach, em * REACH * 2, 0);
  return [...labels, ...turned.filter((w) => containsCenter(beside, w.box))];
}
