import {
  type Box,
  boxHeight,
  boxWidth,
  containsCenter,
  overlapX,
  overlapY,
} from '../../../document/geometry.js';
import type { Shape } from '../../../document/page.js';
import type { Word } from '../../../document/word.js';
import type { PageFacts } from '../facts.js';
import { makeRows } from '../lines.js';
import { isPaper } from '../order/boxes.js';
import { findProse } from './prose.js';

/** Panels stand side by side over this share of the box's height, and fill this share of its width together. */
const COVERS = 0.9;
/** Panels overlap by at most this many points: soft shadows, strokes on the border. */
const OVERLAP = 5;

/**
 * Cards of running text side by side, each on a ground of its own, with a rule under its title perhaps:
 * their sides and rules cross like a table's, but a table's columns are not all filled from top to bottom
 * by one ground with a paragraph on it.
 */
export function arePanels(
  box: Box,
  shapes: readonly Shape[],
  words: readonly Word[],
  facts: PageFacts,
): boolean {
  const panels: Box[] = [];
  const tall = shapes
    .map((s) => s.box)
    .filter((b) => overlapY(b, box) >= boxHeight(box) * COVERS && overlapX(b, box) >= boxWidth(b) * COVERS)
    .sort((a, b) => a.x0 - b.x0);
  for (const b of tall) {
    const before = panels[panels.length - 1];
    if (!before || b.x0 > before.x1 - OVERLAP) panels.push(b);
  }
  if (panels.length < 2 || panels.reduce((sum, b) => sum + boxWidth(b), 0) < boxWidth(box) * COVERS)
    return false;
  return panels.every(
    (panel) =>
      findProse(makeRows(words.filter((w) => !w.angle && containsCenter(panel, w.box))), facts).length > 0,
  );
}

/** A ground is a panel of its own at this many line distances of height and ems of width. */
const MIN_HEIGHT = 4;
const MIN_WIDTH = 8;
/** From this share of its words outside on, a panel is no shaded column of a table. */
const OUTSIDE = 0.25;

/** Grounds as large as panels of text. */
export const largeGrounds = (shapes: readonly Shape[], facts: PageFacts): Box[] =>
  shapes
    .filter((s) => s.fill !== undefined && !isPaper(s.fill))
    .map((s) => s.box)
    .filter((b) => boxHeight(b) > facts.pitch * MIN_HEIGHT && boxWidth(b) > facts.bodySize * MIN_WIDTH);

/**
 * Aligned text that lies across the side of a panel, which goes on with words of its own above or below it:
 * lines of the panel and lines beside it, no rows of a table.
 */
export function liesAcrossPanel(
  box: Box,
  grounds: readonly Box[],
  words: readonly Word[],
  facts: PageFacts,
): boolean {
  const em = facts.bodySize;
  const cuts = (x: number): boolean => x > box.x0 + em && x < box.x1 - em;
  return grounds.some((ground) => {
    if (overlapY(ground, box) < em || !(cuts(ground.x0) || cuts(ground.x1))) return false;
    const own = words.filter((w) => containsCenter(ground, w.box));
    const shared = own.filter((w) => containsCenter(box, w.box)).length;
    return shared > 0 && shared <= own.length * (1 - OUTSIDE);
  });
}
