import { type Box, boxHeight, boxWidth, centerY } from '../../document/geometry.js';
import type { Shape } from '../../document/page.js';
import type { TextStyle, Word } from '../../document/word.js';

/** A drawn bullet is at most this share of the em wide and high. */
const MAX_SIZE = 0.75;
/** Its item's first word starts this many ems to its right. */
const GAP = { min: 0.15, max: 3 };
/** Its middle lies between these shares of the em above the baseline: at the height of the small letters. */
const RISE = { min: 0.05, max: 0.65 };
/** Bullets of one list stand below each other within this many points. */
const ALIGNED = 1.5;

interface Bullet {
  readonly shape: Shape;
  readonly word: Word;
}

/**
 * Bullets that are drawn, not typed, as words: dots, circles and squares that stand before the first word
 * of at least two lines, one below the other. They go into the words right before the word they mark.
 */
export function withDrawnBullets(words: readonly Word[], shapes: readonly Shape[]): Word[] {
  const small = shapes.filter((s) => boxWidth(s.box) < 12 && boxHeight(s.box) < 12);
  if (small.length === 0) return [...words];
  const bullets = small.flatMap((shape) => {
    const word = markedWord(shape.box, words);
    return word ? [{ shape, word }] : [];
  });
  const kept = bullets.filter((b) => bullets.some((o) => o.word !== b.word && isAbove(b, o)));
  const before = new Map(kept.map((b) => [b.word, b]));
  return words.flatMap((w) => {
    const bullet = before.get(w);
    return bullet ? [asWord(bullet), w] : [w];
  });
}

/** Same column of bullets, same kind, items that start at the same place. */
function isAbove(a: Bullet, b: Bullet): boolean {
  return (
    Math.abs(a.shape.box.x0 - b.shape.box.x0) <= ALIGNED &&
    a.shape.round === b.shape.round &&
    Math.abs(a.word.box.x0 - b.word.box.x0) <= a.word.size * 0.3
  );
}

/** The first word of the line that the mark stands before, with nothing to the mark's left close by. */
function markedWord(mark: Box, words: readonly Word[]): Word | undefined {
  let best: Word | undefined;
  for (const w of words) {
    if (w.angle !== undefined) continue;
    const rise = (w.baseline - centerY(mark)) / w.size;
    if (rise < RISE.min || rise > RISE.max) continue;
    if (boxHeight(mark) > w.size * MAX_SIZE || boxWidth(mark) > w.size * MAX_SIZE) continue;
    const gap = (w.box.x0 - mark.x1) / w.size;
    if (gap < GAP.min) {
      // Text that touches the mark or ends right before it: a point inside a line.
      if (w.box.x1 > mark.x0 - w.size * 2 && w.box.x0 < mark.x1) return undefined;
      continue;
    }
    if (gap <= GAP.max && (!best || w.box.x0 < best.box.x0)) best = w;
  }
  return best;
}

const BULLET_STYLE: TextStyle = { font: '', bold: false, italic: false, mono: false };

function asWord({ shape, word }: Bullet): Word {
  const text = shape.round ? (shape.fill ? '•' : '◦') : '▪';
  const { baseline, size } = word;
  return { text, box: shape.box, baseline, size, confidence: 100, style: BULLET_STYLE };
}
