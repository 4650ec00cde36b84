import type { OcrWord } from '../../engines/ocr/port.js';

/** What bullets are read as: signs of about their outline. */
const BULLET_SIGNS = /^[-=#*™©®«»¢°·▪■●—]$/u;
/** Letters that stand for a bullet when their shape is not theirs: `m` is wider, `e`, `o`, `c` stand on the line. */
const BULLET_LETTERS = /^[emoc]$/u;
/** A bullet is about as wide as high; hyphens, equals signs and dashes are wider. */
const BULLET_ASPECT = { min: 0.7, max: 1.3 };
/** Shares of the x-height: a bullet's height, and how far its foot stands above the baseline. */
const BULLET_HEIGHT = { min: 0.2, max: 1.15 };
const BULLET_RISE = { min: -0.1, max: 0.58 };
/** An asterisk hangs from the ascenders. */
const MAX_ASTERISK_RISE = 0.45;
/** Round letters sit on the baseline and are as high as the x-height; a bullet does not fill it. */
const ROUND_LETTER = { minRise: 0.08, maxHeight: 0.85 };
/** A bar this many times the x-height is a piece of a table's rule. */
const RULE_HEIGHT = 1.9;

/** Is this lone sign the outline of a bullet? Judged by its ink, not by the sign it was read as. */
export function isBullet({ text, box, baseline, xHeight }: OcrWord): boolean {
  if (xHeight <= 0) return false;
  const isLetter = BULLET_LETTERS.test(text);
  if (!isLetter && !BULLET_SIGNS.test(text)) return false;
  const height = (box.y1 - box.y0) / xHeight;
  const aspect = (box.x1 - box.x0) / Math.max(1, box.y1 - box.y0);
  const rise = (baseline - box.y1) / xHeight;
  if (aspect < BULLET_ASPECT.min || aspect > BULLET_ASPECT.max) return false;
  if (height < BULLET_HEIGHT.min || height > BULLET_HEIGHT.max) return false;
  if (rise < BULLET_RISE.min || rise > BULLET_RISE.max) return false;
  if (text === '*') return rise <= MAX_ASTERISK_RISE;
  if (isLetter && text !== 'm') return rise >= ROUND_LETTER.minRise && height <= ROUND_LETTER.maxHeight;
  return true;
}

/** Is this lone bar a piece of a vertical line of a table? */
export const isRule = ({ text, box, xHeight }: OcrWord): boolean =>
  text === '|' && xHeight > 0 && box.y1 - box.y0 >= RULE_HEIGHT * xHeight;
