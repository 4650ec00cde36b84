import type { Box } from './geometry.js';

/** A projective map of the plane, row-major: (x, y) goes to ((ax+by+c)/w, (dx+ey+f)/w), w = gx+hy+i. */
export type Projection = readonly [number, number, number, number, number, number, number, number, number];

export type Point = readonly [x: number, y: number];
/** Top left, top right, bottom right, bottom left. */
export type Quad = readonly [Point, Point, Point, Point];

export const project = ([a, b, c, d, e, f, g, h, i]: Projection, [x, y]: Point): Point => {
  const w = g * x + h * y + i;
  return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
};

/** The smallest box around a projected one. */
export function projectBox(projection: Projection, { x0, y0, x1, y1 }: Box): Box {
  const corners: Point[] = [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
  const points = corners.map((corner) => project(projection, corner));
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) };
}

/** First `inner`, then `outer`. */
export function compose(outer: Projection, inner: Projection): Projection {
  const product = Array.from({ length: 9 }, (_, at) => {
    const row = Math.floor(at / 3) * 3;
    const column = at % 3;
    return (
      outer[row] * inner[column] + outer[row + 1] * inner[column + 3] + outer[row + 2] * inner[column + 6]
    );
  });
  return product as unknown as Projection;
}

export const shift = (x: number, y: number): Projection => [1, 0, x, 0, 1, y, 0, 0, 1];
export const stretch = (factor: number): Projection => [factor, 0, 0, 0, factor, 0, 0, 0, 1];

/** A page of this size turned clockwise by a multiple of 90 degrees, its corner again at 0, 0. */
export function quarterTurn(degrees: number, width: number, height: number): Projection {
  switch (degrees) {
    case 90:
      return [0, -1, height, 1, 0, 0, 0, 0, 1];
    case 180:
      return [-1, 0, width, 0, -1, height, 0, 0, 1];
    case 270:
      return [0, 1, 0, -1, 0, width, 0, 0, 1];
    default:
      return shift(0, 0);
  }
}

/** Clockwise about a point, in a plane whose y runs down. */
export function turnAbout(degrees: number, [x, y]: Point): Projection {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return compose(shift(x, y), compose([cos, -sin, 0, sin, cos, 0, 0, 0, 1], shift(-x, -y)));
}

/**
 * The projection that takes the corners of a rectangle at 0, 0 to those of a quadrilateral.
 * Method: Heckbert, "Fundamentals of Texture Mapping and Image Warping", 1989, section 2.2.3.
 */
export function rectangleToQuad(width: number, height: number, quad: Quad): Projection {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = quad;
  const [sx, sy] = [x0 - x1 + x2 - x3, y0 - y1 + y2 - y3];
  const [dx1, dy1, dx2, dy2] = [x1 - x2, y1 - y2, x3 - x2, y3 - y2];
  const determinant = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / determinant;
  const h = (dx1 * sy - sx * dy1) / determinant;
  const unit: Projection = [
    x1 - x0 + g * x1,
    x3 - x0 + h * x3,
    x0,
    y1 - y0 + g * y1,
    y3 - y0 + h * y3,
    y0,
    g,
    h,
    1,
  ];
  return compose(unit, [1 / width, 0, 0, 0, 1 / height, 0, 0, 0, 1]);
}
