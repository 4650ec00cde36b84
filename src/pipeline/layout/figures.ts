import {
  type Box,
  boxArea,
  boxHeight,
  boxWidth,
  containsCenter,
  overlapArea,
} from '../../document/geometry.js';
import type { ImageArea, PageContent } from '../../document/page.js';
import type { Word } from '../../document/word.js';
import type { DraftFigure } from './draft.js';
import { makeRows } from './lines.js';

/** Pictures smaller than this in either direction, in points, are ornaments, bullets and icons. */
const MIN_SIDE = 40;
/** An image that covers more of the page than this is its paper or its scan. */
const MAX_COVER = 0.7;
/** An image that lies more than this share outside the page, or inside another one, is a part of something else. */
const MOSTLY = 0.7;

/** The images that are figures: of some size, not the page's own scan, not a ground under text. */
export function figuresOf(content: PageContent, words: readonly Word[]): ImageArea[] {
  const page: Box = { x0: 0, y0: 0, x1: content.width, y1: content.height };
  const kept: ImageArea[] = [];
  for (const image of content.images) {
    const area = overlapArea(image.box, page);
    if (boxWidth(image.box) < MIN_SIDE || boxHeight(image.box) < MIN_SIDE) continue;
    if (area < (1 - MOSTLY) * boxArea(image.box) || area > MAX_COVER * boxArea(page)) continue;
    if (words.some((w) => containsCenter(image.box, w.box))) continue;
    if (kept.some((k) => overlapArea(k.box, image.box) > MOSTLY * Math.min(boxArea(k.box), area))) continue;
    kept.push(image);
  }
  return kept;
}

/** A picture in its place, with the lines that were read inside it. */
export const figureDraft = ({ box, alt, words }: ImageArea): DraftFigure => ({
  kind: 'figure',
  box,
  ...(alt && { alt }),
  ...(words?.length && { labels: makeRows(words) }),
});
