import type { Box } from '../../../document/geometry.js';
import { concat, type Matrix, scaleOf } from '../matrix.js';
import type { PaintedPath, Subpath } from '../paint.js';
import type { GraphicsState } from './graphics-state.js';

/** An image as the operators place it. */
export interface PaintedImage {
  /** Name among the page's objects, or the decoded image itself where it stands in the content. */
  readonly source: string | DecodedImage;
  /** Maps the unit square to points on the upright page. */
  readonly matrix: Matrix;
  readonly clip: Box | undefined;
  readonly order: number;
  readonly transparent: boolean;
  /** A stencil, painted with the fill colour. */
  readonly stencil: boolean;
  /** Pixels, as far as the operator tells. */
  readonly width: number;
  readonly height: number;
}

/** Pixels as pdf.js hands them over. */
export interface DecodedImage {
  readonly width: number;
  readonly height: number;
  /** 1: one bit a pixel, rows padded to bytes; 2: RGB; 3: RGBA. */
  readonly kind: number;
  readonly data: Uint8Array | Uint8ClampedArray | null;
}

/** A hairline is drawn one device pixel wide; in points this stands for it. */
const HAIRLINE = 0.25;
/** Painted with less, what lies below shines through. */
const OPAQUE = 0.98;

/** Where in the order of painting, and within what. */
export interface PaintPlace {
  readonly order: number;
  /** What the clip leaves visible; absent for everything. */
  readonly clip: Box | undefined;
}

/** Collects what the painting operators of a page put on it. */
export class Painter {
  readonly paths: PaintedPath[] = [];
  readonly images: PaintedImage[] = [];

  path(
    subpaths: readonly Subpath[],
    { fills, strokes }: { readonly fills: boolean; readonly strokes: boolean },
    { ctm, fill, stroke, fillAlpha, strokeAlpha, lineWidth, blended }: GraphicsState,
    { order, clip }: PaintPlace,
  ): void {
    const filled = fills && fillAlpha > 0;
    const stroked = strokes && strokeAlpha > 0;
    if (!(filled || stroked) || subpaths.length === 0) return;
    this.paths.push({
      order,
      subpaths,
      filled,
      stroked,
      strokeWidth: Math.max(lineWidth * scaleOf(ctm), HAIRLINE),
      opaque: filled && fillAlpha > OPAQUE && !blended,
      ...(filled && fill ? { fill } : {}),
      ...(stroked && stroke ? { stroke } : {}),
      ...(clip ? { clip } : {}),
    });
  }

  image(
    image: Pick<PaintedImage, 'source' | 'width' | 'height' | 'stencil'>,
    { ctm, fillAlpha, blended }: GraphicsState,
    { order, clip }: PaintPlace,
  ): void {
    this.images.push({
      ...image,
      matrix: ctm,
      clip,
      order,
      transparent: blended || fillAlpha < OPAQUE,
    });
  }

  /** One image at many places; `positions` holds x and y of each in turn. */
  repeat(
    source: string,
    [scaleX, scaleY]: readonly [number, number],
    positions: ArrayLike<number>,
    state: GraphicsState,
    place: PaintPlace,
  ): void {
    for (let i = 0; i + 1 < positions.length; i += 2) {
      const ctm = concat([scaleX, 0, 0, scaleY, positions[i], positions[i + 1]], state.ctm);
      this.image({ source, width: 0, height: 0, stencil: false }, { ...state, ctm }, place);
    }
  }

  /** A one-pixel stencil is a rectangle in the fill colour. */
  solid({ ctm, fill, fillAlpha, blended }: GraphicsState, { order, clip }: PaintPlace): void {
    const corner = (x: number, y: number) => [
      ctm[0] * x + ctm[2] * y + ctm[4],
      ctm[1] * x + ctm[3] * y + ctm[5],
    ];
    const points = [...corner(0, 0), ...corner(1, 0), ...corner(1, 1), ...corner(0, 1)];
    this.paths.push({
      order,
      subpaths: [{ points, closed: true, curved: false }],
      filled: true,
      stroked: false,
      strokeWidth: 0,
      opaque: fillAlpha > OPAQUE && !blended,
      ...(fill ? { fill } : {}),
      ...(clip ? { clip } : {}),
    });
  }
}
