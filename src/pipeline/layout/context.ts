import type { OutlineItem } from '../../document/page.js';
import type { FurnitureRole } from './furniture.js';
import type { Summary } from './summary.js';

/** What the whole document says about each page. JSON-able. */
export interface Context {
  /** Em size of the document's running text; 0 where no page has text. */
  readonly bodySize: number;
  /** Heading sizes from large to small, one a level. */
  readonly headingSizes: readonly number[];
  /** By page number and index of the draft: blocks that repeat over the pages. */
  readonly furniture: Readonly<Record<string, Readonly<Record<string, FurnitureRole>>>>;
  /** Broken words (`left-right`, lower case) whose hyphen is printed in the word. */
  readonly hyphenated: readonly string[];
}

/** Repeated margin text may move by this share of the page's height from page to page. */
const SAME_PLACE = 0.02;
/** Sizes closer than this share are one level. */
const SAME_SIZE = 0.06;

export function makeContext(summaries: readonly Summary[], _outline: readonly OutlineItem[]): Context {
  return {
    bodySize: bodySize(summaries),
    headingSizes: headingSizes(summaries),
    furniture: repeated(summaries),
    hyphenated: hyphenated(summaries),
  };
}

function bodySize(summaries: readonly Summary[]): number {
  const counts = new Map<number, number>();
  for (const s of summaries) for (const [size, n] of s.sizes) counts.set(size, (counts.get(size) ?? 0) + n);
  let best = 0;
  let most = 0;
  for (const size of counts.keys()) {
    let near = 0;
    for (const [other, n] of counts) if (Math.abs(other - size) <= size * 0.06) near += n;
    if (near > most) {
      most = near;
      best = size;
    }
  }
  return best;
}

function headingSizes(summaries: readonly Summary[]): number[] {
  const sizes = summaries.flatMap((s) => s.headings.map((h) => h.size)).sort((a, b) => b - a);
  const levels: number[] = [];
  for (const size of sizes) {
    if (!levels.length || levels[levels.length - 1] - size > size * SAME_SIZE) levels.push(size);
  }
  return levels;
}

/** Margin blocks with the same text, numbers apart, at the same height on at least two pages. */
function repeated(summaries: readonly Summary[]): Record<string, Record<string, FurnitureRole>> {
  const groups = new Map<string, { page: number; draft: number; y: number; top: boolean }[]>();
  for (const s of summaries) {
    for (const m of s.margins) {
      const at = { page: s.number, draft: m.draft, y: m.y / s.height, top: m.y < s.height / 2 };
      groups.set(m.key, [...(groups.get(m.key) ?? []), at]);
    }
  }
  const out: Record<string, Record<string, FurnitureRole>> = {};
  for (const [key, places] of groups) {
    for (const p of places) {
      const again = places.some((q) => q.page !== p.page && Math.abs(q.y - p.y) <= SAME_PLACE);
      if (!again) continue;
      out[p.page] ??= {};
      out[p.page][p.draft] = key === '#' ? 'page_number' : p.top ? 'running_head' : 'running_foot';
    }
  }
  return out;
}

/** Broken words that the document also prints with the hyphen inside a line and never without it. */
function hyphenated(summaries: readonly Summary[]): string[] {
  const words = new Set(summaries.flatMap((s) => s.words));
  const broken = new Set(summaries.flatMap((s) => s.broken));
  return [...broken].filter((b) => words.has(b) && !words.has(b.replace('-', '')));
}
