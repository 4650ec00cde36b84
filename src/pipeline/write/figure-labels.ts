import type { Figure } from '../../document/block.js';

/** The lines of text inside a picture, as plain text. */
export const figureLabels = ({ labels = [] }: Figure): string[] =>
  labels.map((line) => line.words.map((word) => word.text).join(' '));
