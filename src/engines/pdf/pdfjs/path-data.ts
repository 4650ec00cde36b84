import type { Matrix } from '../matrix.js';
import type { Subpath } from '../paint.js';

/** Codes of pdf.js's path data, each followed by its coordinates. */
const MOVE = 0;
const LINE = 1;
const CURVE = 2;
const QUADRATIC = 3;
const CLOSE = 4;
/** Coordinates after a code, the last two being the end point. */
const COORDINATES: Readonly<Record<number, number>> = { [MOVE]: 2, [LINE]: 2, [CURVE]: 6, [QUADRATIC]: 4 };

/** Subpaths of pdf.js's path data, mapped by `m`. */
export function readPathData(data: ArrayLike<number>, m: Matrix): Subpath[] {
  const subpaths: { points: number[]; closed: boolean; curved: boolean }[] = [];
  let current: { points: number[]; closed: boolean; curved: boolean } | undefined;
  for (let i = 0; i < data.length; ) {
    const code = data[i++];
    if (code === CLOSE) {
      if (current) current.closed = true;
      continue;
    }
    const count = COORDINATES[code];
    if (count === undefined) break;
    if (code === MOVE || !current) {
      current = { points: [], closed: false, curved: false };
      subpaths.push(current);
    }
    if (code === CURVE || code === QUADRATIC) current.curved = true;
    i += count;
    const x = data[i - 2];
    const y = data[i - 1];
    current.points.push(m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]);
  }
  return subpaths.filter((subpath) => subpath.points.length > 2);
}
