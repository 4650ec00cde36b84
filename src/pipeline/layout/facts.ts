import type { Line } from '../../document/block.js';
import { median } from '../../document/geometry.js';
import type { Word } from '../../document/word.js';
import { hasCodeSign } from './code-signs.js';
import { lineSize } from './lines.js';

/** Measures of a page's ordinary text; every threshold of layout is a multiple of one of these. */
export interface PageFacts {
  /** Em size that most characters have, in points; 10 for a page without text. */
  readonly bodySize: number;
  /** All sizes that a good share of the characters have: text, notes, tables. */
  readonly textSizes: readonly number[];
  /** Usual distance of two baselines in running text, in points. */
  readonly pitch: number;
  /** Usual gap between two words of a line, in points. */
  readonly wordGap: number;
  /** Most body-sized characters are bold (slides, forms): bold says nothing there. */
  readonly bodyBold: boolean;
  /** Most characters are of fixed pitch, as from a typewriter: fixed pitch says nothing there. */
  readonly typed: boolean;
  /** Words come from OCR: sizes jitter, fonts are unknown. */
  readonly ocr: boolean;
}

const DEFAULT_SIZE = 10;
/** Leading of ordinary print where a page has too few lines to measure it. */
const DEFAULT_LEADING = 1.2;
/** From this share of a page's characters on, a size is one of its texts, not of its titles. */
const TEXT_SHARE = 0.2;
/** From this share of a page's characters in fixed pitch on, the page is typed as a whole. */
const TYPED_PAGE = 0.55;
/** So many characters in rows of other type, on pages of fixed pitch, are text: the fixed pitch is its listings. */
const TEXT_BESIDE = 120;
/** Such a row has at least this many words. */
const TEXT_ROW_WORDS = 5;
/** A page of fixed pitch is a listing when at least this share of its rows has the signs of code. */
const LISTING_ROWS = 0.45;
/** The smallest line distance counts that is at least this share as frequent as the commonest. */
const SMALLER_PEAK = 0.4;
/** Gaps above this share of the em are no word gaps but columns, tabs or justified exceptions. */
const MAX_WORD_GAP = 1;

/** Gathers the facts from all words and their page-wide rows. */
export function pageFacts(words: readonly Word[], rows: readonly Line[]): PageFacts {
  const typed = isTypedPage(words, rows);
  const bodySize = bodySizeOf(textWords(words, typed));
  const gaps: number[] = [];
  for (const row of rows) {
    for (let i = 1; i < row.words.length; i++) {
      const gap = row.words[i].box.x0 - row.words[i - 1].box.x1;
      if (!row.words[i].glued && gap > 0 && gap < bodySize * MAX_WORD_GAP) gaps.push(gap);
    }
  }
  let bold = 0;
  let all = 0;
  for (const w of words) {
    if (Math.abs(w.size - bodySize) > bodySize * 0.1) continue;
    all += w.text.length;
    if (w.style.bold) bold += w.text.length;
  }
  return {
    bodySize,
    textSizes: textSizes(words),
    pitch: pitchOf(
      rows.filter((r) => typed || r.words.some((w) => !w.style.mono)),
      bodySize,
    ),
    wordGap: gaps.length ? median(gaps) : bodySize * 0.25,
    bodyBold: bold > all * 0.6,
    typed,
    ocr: words.some((w) => w.line !== undefined),
  };
}

/** Words that tell the size of the text: listings do not, unless there is nothing else. */
function textWords(words: readonly Word[], typed: boolean): readonly Word[] {
  if (typed) return words;
  const text = words.filter((w) => !w.style.mono);
  return text.length ? text : words;
}

/** Mostly in fixed pitch, with no running text in other type beside it, and no listing as a whole. */
function isTypedPage(words: readonly Word[], rows: readonly Line[]): boolean {
  const count = (some: readonly Word[]): number => some.reduce((n, w) => n + w.text.length, 0);
  if (count(words.filter((w) => w.style.mono)) <= count(words) * TYPED_PAGE) return false;
  const text = rows.filter((r) => r.words.length >= TEXT_ROW_WORDS && r.words.every((w) => !w.style.mono));
  if (count(text.flatMap((r) => r.words)) >= TEXT_BESIDE) return false;
  return rows.filter(hasCodeSign).length < rows.length * LISTING_ROWS;
}

/** Mode of the em sizes by characters, over a window of ±6 % so that jittering OCR sizes count together. */
function bodySizeOf(words: readonly Word[]): number {
  const counts = new Map<number, number>();
  for (const w of words) {
    const key = Math.round(w.size * 10) / 10;
    counts.set(key, (counts.get(key) ?? 0) + w.text.length);
  }
  let best = DEFAULT_SIZE;
  let most = 0;
  for (const size of counts.keys()) {
    let near = 0;
    for (const [other, count] of counts) {
      const off = Math.abs(other - size) / size;
      if (off <= 0.06) near += count * (1 - off * 8);
    }
    if (near > most) {
      most = near;
      best = size;
    }
  }
  return best;
}

function textSizes(words: readonly Word[]): number[] {
  const counts = new Map<number, number>();
  let all = 0;
  for (const w of words) {
    const key = Math.round(w.size * 4) / 4;
    counts.set(key, (counts.get(key) ?? 0) + w.text.length);
    all += w.text.length;
  }
  return [...counts].filter(([, n]) => n > all * TEXT_SHARE).map(([size]) => size);
}

/** Mode of the distances between vertically neighbouring body-sized rows that overlap in x. */
function pitchOf(rows: readonly Line[], bodySize: number): number {
  const body = rows.filter((r) => Math.abs(lineSize(r) - bodySize) <= bodySize * 0.15);
  const distances: number[] = [];
  for (let i = 0; i < body.length; i++) {
    for (let j = i + 1; j < Math.min(body.length, i + 4); j++) {
      const distance = body[j].baseline - body[i].baseline;
      if (distance < bodySize * 0.8) continue;
      if (distance > bodySize * 2.2) break;
      if (Math.min(body[i].box.x1, body[j].box.x1) > Math.max(body[i].box.x0, body[j].box.x0)) {
        distances.push(distance);
        break;
      }
    }
  }
  if (distances.length < 3) return bodySize * DEFAULT_LEADING;
  const counts = new Map<number, number>();
  for (const d of distances) {
    const key = Math.round(d * 4);
    for (const k of [key - 1, key, key + 1]) counts.set(k, (counts.get(k) ?? 0) + (k === key ? 2 : 1));
  }
  const most = Math.max(...counts.values());
  // On pages of short paragraphs the gaps between them outnumber the lines within them.
  const mode = Math.min(...[...counts].filter(([, n]) => n >= most * SMALLER_PEAK).map(([key]) => key)) / 4;
  return median(distances.filter((d) => Math.abs(d - mode) <= 0.5)) || mode;
}
