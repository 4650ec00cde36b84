import type { Projection } from './projection.js';

/** Two pages side by side on one image, each of which was straightened, read and laid out by itself. */
export interface Spread {
  /** x in points: what has its middle left of it is on the left page. */
  readonly fold: number;
  /** Points of a page as it was straightened to those of the image as it is. */
  readonly left: Projection;
  readonly right: Projection;
}
