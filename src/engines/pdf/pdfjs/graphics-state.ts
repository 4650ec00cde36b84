import type { Box } from '../../../document/geometry.js';
import { IDENTITY, type Matrix } from '../matrix.js';
import type { PdfjsFont } from './fonts.js';

/** The part of PDF's graphics state that reading needs; saved and restored with `q` and `Q`. */
export interface GraphicsState {
  /** To points on the upright page. */
  ctm: Matrix;
  fill: string | undefined;
  stroke: string | undefined;
  fillAlpha: number;
  strokeAlpha: number;
  lineWidth: number;
  /** A blend mode or soft mask is set, here or by a group around. */
  blended: boolean;
  /** Points on the upright page. */
  clip: Box | undefined;
  font: PdfjsFont | undefined;
  fontSize: number;
  charSpacing: number;
  wordSpacing: number;
  /** 1 is the font's own width. */
  horizontalScale: number;
  leading: number;
  rise: number;
  renderMode: number;
}

export const initialState = (ctm: Matrix): GraphicsState => ({
  ctm,
  fill: '#000000',
  stroke: '#000000',
  fillAlpha: 1,
  strokeAlpha: 1,
  lineWidth: 1,
  blended: false,
  clip: undefined,
  font: undefined,
  fontSize: 1,
  charSpacing: 0,
  wordSpacing: 0,
  horizontalScale: 1,
  leading: 0,
  rise: 0,
  renderMode: 0,
});

/** Text matrix and line matrix between BT and ET. */
export interface TextPosition {
  matrix: Matrix;
  line: Matrix;
  /** Distance shown since the matrix was set, in text space. */
  x: number;
}

export const textOrigin = (): TextPosition => ({ matrix: IDENTITY, line: IDENTITY, x: 0 });
