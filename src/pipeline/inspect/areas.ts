import { type Box, overlapX, overlapY, unionBoxes } from '../../document/geometry.js';

/** Points: scanners and printers cut one picture into strips that touch; words of a line stand closer than a blank line. */
const JOIN_DISTANCE = 8;

/** Joins boxes that touch or nearly touch, until no two do. Order is not kept. */
export function mergeAreas(boxes: readonly Box[], distance = JOIN_DISTANCE): Box[] {
  let areas = [...boxes];
  for (let changed = true; changed; ) {
    changed = false;
    const merged: Box[] = [];
    for (const area of areas) {
      const grown = {
        x0: area.x0 - distance,
        y0: area.y0 - distance,
        x1: area.x1 + distance,
        y1: area.y1 + distance,
      };
      const near = merged.findIndex((other) => overlapX(grown, other) > 0 && overlapY(grown, other) > 0);
      if (near < 0) merged.push(area);
      else {
        merged[near] = unionBoxes([merged[near], area]);
        changed = true;
      }
    }
    areas = merged;
  }
  return areas;
}

export const clipBox = (area: Box, to: Box): Box => ({
  x0: Math.max(area.x0, to.x0),
  y0: Math.max(area.y0, to.y0),
  x1: Math.min(area.x1, to.x1),
  y1: Math.min(area.y1, to.y1),
});
