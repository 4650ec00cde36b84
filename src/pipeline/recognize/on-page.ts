import type { Box } from '../../document/geometry.js';
import type { Rule } from '../../document/page.js';
import type { Word } from '../../document/word.js';
import type { RunPixels } from '../pixels/work.js';
import { type PreparedPage, toRaster } from './prepare/page.js';
import { markBold } from './stroke-weight.js';

/** The words with those in bold type told by the strokes on the image. */
export async function withWeight(
  words: readonly Word[],
  page: PreparedPage,
  run: RunPixels,
): Promise<Word[]> {
  const { x: left, y: top } = cornerOf(page);
  const toPixels = ({ box }: Word): Box => ({
    x0: (box.x0 - left) / page.scale,
    y0: (box.y0 - top) / page.scale,
    x1: (box.x1 - left) / page.scale,
    y1: (box.y1 - top) / page.scale,
  });
  return markBold(words, await run('strokeWeights', page.image, words.map(toPixels)));
}

/** Where the image's corner lies on the upright page, in points: the two centres coincide. */
const cornerOf = ({ image, scale, width, height }: PreparedPage) => ({
  x: width / 2 - (image.width / 2) * scale,
  y: height / 2 - (image.height / 2) * scale,
});

/** Ruling lines of the prepared image, in points of the upright page, whose centre is the image's. */
export async function rulesOnPage(page: PreparedPage, run: RunPixels): Promise<Rule[]> {
  const { x: left, y: top } = cornerOf(page);
  const rules = await run('findRasterRules', toRaster(page.image, page.scale));
  return rules.map((rule) => movedBy(rule, left, top));
}

export const movedBy = ({ orientation, box }: Rule, dx: number, dy: number): Rule => ({
  orientation,
  box: { x0: box.x0 + dx, y0: box.y0 + dy, x1: box.x1 + dx, y1: box.y1 + dy },
});
