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
      findProse(
        words.filter((w) => containsCenter(panel, w.box)),
        facts,
      ).length > 0,
  );
}
