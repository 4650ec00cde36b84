import type { Word } from '../../document/word.js';

/** Small capitals are set at this share of the capitals' size. */
const SHARE = { min: 0.6, max: 0.9 };

/**
 * Small capitals that come as two sizes (`G` large, `ETTING` smaller and glued to it) get the size of the
 * large ones, so that the line is measured as it looks. Words in one size come back unchanged.
 */
export function settleSmallCaps(words: readonly Word[]): Word[] {
  const out = [...words];
  for (let i = 1; i < out.length; i++) {
    const word = out[i];
    const before = out[i - 1];
    if (!word.glued || Math.abs(word.baseline - before.baseline) > before.size * 0.05) continue;
    const share = word.size / before.size;
    if (share < SHARE.min || share > SHARE.max || !/^\p{L}/u.test(word.text)) continue;
    if (!/\p{Lu}$/u.test(before.text) || word.box.x0 < before.box.x0) continue;
    out[i] = { ...word, size: before.size, smallCaps: true };
    if (!before.smallCaps) out[i - 1] = { ...before, smallCaps: true };
  }
  return out;
}
