import type { Box } from '../../document/geometry.js';
import type { Word } from '../../document/word.js';
import type { QuarterTurn } from './prepare/turn.js';

/** How a region was turned before it was read; sizes in points, of the upright region. */
export interface TurnedRegion {
  readonly width: number;
  readonly height: number;
  readonly rotation: QuarterTurn;
  /** Degrees clockwise by which it leaned. */
  readonly skew: number;
}

/** Words of a straightened, upright region back in the place where they stand on the page: `area`. */
export function backToArea(words: readonly Word[], region: TurnedRegion, area: Box): Word[] {
  const { rotation } = region;
  const angle = ((360 - rotation) % 360) as 0 | 90 | 180 | 270;
  const lean = leaning(region);
  return words.map((word) => {
    const { dx, dy } = lean(word.box);
    const box = shift(unturn(shift(word.box, dx, dy), region), area.x0, area.y0);
    const baseline = rotation === 0 ? word.baseline + dy + area.y0 : box.y1;
    return { ...word, box, baseline, ...(angle === 0 ? {} : { angle }) };
  });
}

/** How far the middle of a box moves when the region leans again: a turn about its centre. */
function leaning({ width, height, skew }: TurnedRegion): (box: Box) => { dx: number; dy: number } {
  const angle = (skew * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return ({ x0, y0, x1, y1 }) => {
    const x = (x0 + x1 - width) / 2;
    const y = (y0 + y1 - height) / 2;
    return { dx: x * cos - y * sin - x, dy: x * sin + y * cos - y };
  };
}

/** The box before its region was turned clockwise by `rotation`. */
function unturn({ x0, y0, x1, y1 }: Box, { width, height, rotation }: TurnedRegion): Box {
  switch (rotation) {
    case 0:
      return { x0, y0, x1, y1 };
    case 90:
      return { x0: y0, y0: width - x1, x1: y1, y1: width - x0 };
    case 180:
      return { x0: width - x1, y0: height - y1, x1: width - x0, y1: height - y0 };
    case 270:
      return { x0: height - y1, y0: x0, x1: height - y0, y1: x1 };
  }
}

const shift = ({ x0, y0, x1, y1 }: Box, dx: number, dy: number): Box => ({
  x0: x0 + dx,
  y0: y0 + dy,
  x1: x1 + dx,
  y1: y1 + dy,
});
