import type { Component } from './components.js';

/** A speck's ink as a share of the square of the letter height: a full stop has 0.05 and more, an accent as much. */
const SPECK_INK = 0.02;
/** Its sides as a share of the letter height. */
const SPECK_SIDE = 0.2;
/** Specks for each letter from which they hurt: clean scans have less than one in ten letters. */
const SPECKS_PER_LETTER = 1.5;
/** Fewer specks do no harm, however few letters there are. */
const MIN_SPECKS = 300;

/** Is it too small for a part of a letter, full stops and accents among them? */
export const isSpeck = ({ x0, y0, x1, y1, ink }: Component, textHeight: number): boolean =>
  ink <= Math.max(2, SPECK_INK * textHeight * textHeight) &&
  Math.max(x1 - x0, y1 - y0) <= Math.max(2, SPECK_SIDE * textHeight);

/** Are there so many specks that they hurt? */
export function isSpeckled(components: readonly Component[], letters: number, textHeight: number): boolean {
  if (textHeight === 0) return false;
  const specks = components.filter((component) => isSpeck(component, textHeight)).length;
  return specks >= Math.max(MIN_SPECKS, SPECKS_PER_LETTER * letters);
}
