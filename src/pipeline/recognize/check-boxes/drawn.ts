import { type Box, boxArea, containsCenter, expandBox, unionBoxes } from '../../../document/geometry.js';
import type { PageContent } from '../../../document/page.js';
import type { Word } from '../../../document/word.js';
import type { FormButton, PdfPage } from '../../../engines/pdf/port.js';
import { renderArea } from '../../render/pdf-image.js';
import { type PdfPageWork, sourceOf } from '../page-work.js';
import { withCheckBoxes } from './among-words.js';
import { type CheckBox, chooseCheckBoxes } from './choose.js';
import { DRAWN } from './judge.js';
import { type Frame, isBeside } from './placed.js';

/** Points around the frames that are drawn with them. */
const MARGIN = 14;
/** A label is at most this many points away from its box, or in the next column. */
const REACH = 300;
/** Points by which a box's own lines reach over it. */
const EDGE = 2;
/** Fields of a form that are this close are one. */
const SAME_PLACE = 0.5;

type Vectors = Pick<PageContent, 'words' | 'rules' | 'shapes' | 'drawings' | 'images'>;

/**
 * The page's content with its check boxes as words: the buttons of its form, and small frames that are drawn. Frames
 * are told by their pixels, so that every way of drawing one is the same; a page without a small frame beside a word
 * is not drawn.
 */
export async function withDrawnCheckBoxes<C extends Vectors>(
  content: C,
  work: PdfPageWork,
  signal: AbortSignal,
): Promise<C> {
  const buttons = buttonsOf(work.page);
  const frames = await framesOf(content, work, buttons, signal);
  const boxes: CheckBox[] = [...buttons, ...chooseCheckBoxes(frames, content.words)];
  if (boxes.length === 0) return content;
  const areas = boxes.map(({ box }) => expandBox(box, EDGE));
  const isOwn = (b: Box): boolean =>
    areas.some((area) => b.x0 >= area.x0 && b.x1 <= area.x1 && b.y0 >= area.y0 && b.y1 <= area.y1);
  const isFree = ({ box }: { readonly box: Box }): boolean => !isOwn(box);
  return {
    ...content,
    words: withCheckBoxes(content.words, boxes),
    rules: content.rules.filter(isFree),
    shapes: content.shapes.filter(isFree),
    images: content.images.filter(isFree),
    ...(content.drawings && { drawings: content.drawings.filter((box) => !isOwn(box)) }),
  };
}

/** The buttons of the form, each once. */
function buttonsOf({ buttons = [] }: PdfPage): FormButton[] {
  return buttons.filter(
    ({ box }, index) =>
      boxArea(box) > 0 &&
      !buttons.slice(0, index).some((other) => containsCenter(expandBox(other.box, SAME_PLACE), box)),
  );
}

async function framesOf(
  { words, images }: Vectors,
  work: PdfPageWork,
  buttons: readonly FormButton[],
  signal: AbortSignal,
): Promise<Frame[]> {
  const small = images.map(({ box }) => box).filter(isSmall);
  const boxes = [...(work.page.squares ?? []), ...small].filter(
    (box) => !buttons.some((button) => overlaps(button.box, box)) && hasLabel(box, words),
  );
  if (boxes.length === 0) return [];
  const page = { x0: 0, y0: 0, x1: work.page.width, y1: work.page.height };
  const around = expandBox(unionBoxes(boxes), MARGIN);
  const area = {
    x0: Math.max(page.x0, around.x0),
    y0: Math.max(page.y0, around.y0),
    x1: Math.min(page.x1, around.x1),
    y1: Math.min(page.y1, around.y1),
  };
  if (area.x1 <= area.x0 || area.y1 <= area.y0) return [];
  const { raster } = await renderArea(sourceOf(work), area, false, signal);
  const scale = raster.width / (area.x1 - area.x0);
  const inPixels = boxes.map((box) => ({
    x0: (box.x0 - area.x0) * scale,
    y0: (box.y0 - area.y0) * scale,
    x1: (box.x1 - area.x0) * scale,
    y1: (box.y1 - area.y0) * scale,
  }));
  const looks = await work.parts.pixels.for(signal)('judgeFrames', raster, inPixels, DRAWN);
  return outermost(looks.flatMap((look, index) => (look ? [{ box: boxes[index], look }] : [])));
}

/** Without the frames in frames: what fills a box may look like one. */
function outermost(frames: readonly Frame[]): Frame[] {
  const kept: Frame[] = [];
  for (const frame of [...frames].sort((a, b) => boxArea(b.box) - boxArea(a.box))) {
    if (!kept.some(({ box }) => containsCenter(box, frame.box))) kept.push(frame);
  }
  return kept;
}

const overlaps = (a: Box, b: Box): boolean => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;

const isSmall = ({ x0, y0, x1, y1 }: Box): boolean => {
  const [short, long] = [x1 - x0, y1 - y0].sort((a, b) => a - b);
  return short >= 5 && long <= 24 && long <= short * 1.3;
};

/** A word stands on its line, outside of it. */
const hasLabel = (box: Box, words: readonly Word[]): boolean =>
  words.some(
    (word) =>
      word.angle === undefined &&
      isBeside(box, word) &&
      !containsCenter(box, word.box) &&
      (word.box.x0 - box.x1 < REACH || box.x0 - word.box.x1 < REACH),
  );
