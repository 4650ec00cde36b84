import type { Word } from '../../document/word.js';

/**
 * From an engine's own figures to the expected share of right words: a logistic model of the word's figure
 * (piecewise linear between `knots`) and of the page's mean figure, since a word that the engine is sure
 * of is still less often right on a bad page.
 *
 * Fitted on words of old books (300 dpi), clean scans (200 dpi) and photographed receipts, each kind weighted
 * equally, a word counted right if the page's truth holds it. Mean error of a page's figure on pages that
 * were left out: 2 points (Tesseract), 3.5 points (PP-OCR, on receipts alone).
 */
interface Calibration {
  /** The engine's figure, 0–100. */
  readonly knots: readonly number[];
  /** Log-odds at the knots on a page whose mean figure is `PAGE_MEAN`. */
  readonly logOdds: readonly number[];
  /** Added for each ten points of the page's mean figure above `PAGE_MEAN`. */
  readonly pageSlope: number;
}

const PAGE_MEAN = 90;
const TESSERACT: Calibration = {
  knots: [0, 20, 40, 60, 75, 85, 92, 96],
  logOdds: [-0.85, -0.18, 0.3, 0.76, 1.54, 1.74, 3.41, 5.04],
  pageSlope: 0.65,
};
/**
 * Its figure is the product of the characters' probabilities, so a long word starts lower. The slope is fitted on the
 * receipts that it reads in place of Tesseract: on a bad page it is less often wrong than its figures would have it.
 */
const PADDLE: Calibration = {
  knots: [0, 10, 30, 50, 70, 90, 98, 100],
  logOdds: [-2, -0.41, -0.03, 0.96, 2, 2.97, 4, 4.55],
  pageSlope: 0.3,
};
const CALIBRATIONS: Readonly<Record<string, Calibration>> = {
  'tesseract.js': TESSERACT,
  'tesseract-native': TESSERACT,
  paddle: PADDLE,
};

/** Mean of the words' confidences weighted by their length; 0 without words. */
export function meanConfidence(words: readonly Word[]): number {
  let sum = 0;
  let characters = 0;
  for (const { text, confidence } of words) {
    sum += confidence * text.length;
    characters += text.length;
  }
  return characters === 0 ? 0 : sum / characters;
}

/** Letters of an unread word, on average. */
const LETTERS_A_WORD = 4;

/**
 * Expected share of right words, 0–100: each word counts once, as a reader would count. `unread` letters that no
 * word covers are words that are wrong.
 */
export function expectedShare(words: readonly Word[], unread = 0): number {
  if (words.length === 0) return 0;
  return words.reduce((sum, word) => sum + word.confidence, 0) / (words.length + unread / LETTERS_A_WORD);
}

/** The words of one page with the chance of being right, 0–100, in place of the engine's figures. */
export function calibrate(words: readonly Word[], engine: string): Word[] {
  const calibration = CALIBRATIONS[engine];
  if (!calibration) return [...words];
  const page = (calibration.pageSlope * (meanConfidence(words) - PAGE_MEAN)) / 10;
  return words.map((word) => ({
    ...word,
    confidence: 100 / (1 + Math.exp(-page - logOddsAt(calibration, word.confidence))),
  }));
}

function logOddsAt({ knots, logOdds }: Calibration, figure: number): number {
  const above = knots.findIndex((knot) => figure <= knot);
  if (above < 0) return logOdds[logOdds.length - 1];
  if (above === 0) return logOdds[0];
  const share = (figure - knots[above - 1]) / (knots[above] - knots[above - 1]);
  return logOdds[above - 1] + share * (logOdds[above] - logOdds[above - 1]);
}
