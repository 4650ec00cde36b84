import { type Box, centerX, centerY, overlapX, overlapY } from '../../document/geometry.js';
import type { Rule } from '../../document/page.js';

/**
 * Is this box enclosed by ruling lines on all four sides, as in a cell of a table? Box and rules in the same
 * unit. A rule counts where it runs past the whole box.
 */
export function standsInCell(box: Box, rules: readonly Rule[]): boolean {
  const sides = { left: false, right: false, above: false, below: false };
  for (const { orientation, box: rule } of rules) {
    if (orientation === 'vertical') {
      if (overlapY(rule, box) < box.y1 - box.y0) continue;
      if (centerX(rule) < box.x0) sides.left = true;
      else if (centerX(rule) > box.x1) sides.right = true;
    } else {
      if (overlapX(rule, box) < box.x1 - box.x0) continue;
      if (centerY(rule) < box.y0) sides.above = true;
      else if (centerY(rule) > box.y1) sides.below = true;
    }
  }
  return sides.left && sides.right && sides.above && sides.below;
}
