import type { OutlineItem } from '../../../document/page.js';

/** A heading as the document level sees it. JSON-able. */
export interface HeadingSummary {
  readonly text: string;
  readonly size: number;
  readonly bold: boolean;
  readonly caps: boolean;
  /** Depth of the printed number: 1 for `3`, 2 for `3.1`; 0 without. */
  readonly depth: number;
}

/** A kind of heading and its level. JSON-able. */
export interface HeadingClass {
  readonly size: number;
  readonly bold: boolean;
  readonly caps: boolean;
  readonly level: number;
}

export interface HeadingLevels {
  readonly classes: readonly HeadingClass[];
  /** Level of a heading numbered `3`; 0 where headings are not numbered. */
  readonly numberedFrom: number;
  /** Levels by normalised title, from the bookmarks. */
  readonly outline: Readonly<Record<string, number>>;
}

/** Sizes closer than this share are one. */
const SAME_SIZE = { native: 0.05, ocr: 0.14 };
const DEEPEST = 6;
/** Bookmarks count when at least this many headings are among them. */
const MIN_OUTLINE = 2;

/** Titles compare by their letters and figures alone, without a leading number. */
export const titleKey = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^(?:chapter|section|part|appendix)?\s*[\divxlc]+(?:\.\d+)*[.:)]?\s+/u, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');

/**
 * One hierarchy for the whole document: a larger, then a bold, then a capital kind of heading stands above
 * the others; printed numbers and bookmarks overrule.
 */
export function headingLevels(
  headings: readonly HeadingSummary[],
  outline: readonly OutlineItem[],
  ocr: boolean,
): HeadingLevels {
  const sizes = clusters(
    headings.map((h) => h.size),
    ocr ? SAME_SIZE.ocr : SAME_SIZE.native,
  );
  const kinds = new Map<string, { size: number; bold: boolean; caps: boolean; depths: number[] }>();
  for (const h of headings) {
    const size = nearest(sizes, h.size);
    const key = `${size}|${h.bold}|${h.caps}`;
    const kind = kinds.get(key) ?? { size, bold: h.bold, caps: h.caps, depths: [] };
    kind.depths.push(h.depth);
    kinds.set(key, kind);
  }
  const ranked = [...kinds.values()].sort(
    (a, b) => b.size - a.size || Number(b.bold) - Number(a.bold) || Number(b.caps) - Number(a.caps),
  );
  const classes: HeadingClass[] = [];
  let level = 0;
  let numbered: number | undefined;
  for (const kind of ranked) {
    const depth = commonDepth(kind.depths);
    level++;
    if (depth > 0) {
      // Kinds whose numbers have the same depth are one level, however they are set.
      if (numbered === undefined) numbered = level - depth + 1;
      level = Math.max(1, numbered + depth - 1);
    }
    classes.push({ size: kind.size, bold: kind.bold, caps: kind.caps, level: Math.min(DEEPEST, level) });
  }
  return {
    classes,
    numberedFrom: numbered === undefined ? 0 : Math.max(1, numbered),
    outline: outlineLevels(headings, outline),
  };
}

/** Level 1–6 of one heading. */
export function levelOf(heading: HeadingSummary, levels: HeadingLevels): number {
  const known = levels.outline[titleKey(heading.text)];
  if (known) return known;
  if (heading.depth > 0 && levels.numberedFrom > 0)
    return Math.min(DEEPEST, levels.numberedFrom + heading.depth - 1);
  let best = 1;
  let cost = Number.POSITIVE_INFINITY;
  for (const c of levels.classes) {
    const off =
      Math.abs(c.size - heading.size) / heading.size +
      (c.bold === heading.bold ? 0 : 0.02) +
      (c.caps === heading.caps ? 0 : 0.01);
    if (off < cost) {
      cost = off;
      best = c.level;
    }
  }
  return best;
}

/** Depth that at least half of the numbered headings of a kind have, 0 where fewer than half are numbered. */
function commonDepth(depths: readonly number[]): number {
  const numbered = depths.filter((d) => d > 0);
  if (numbered.length * 2 < depths.length || numbered.length === 0) return 0;
  const counts = new Map<number, number>();
  for (const d of numbered) counts.set(d, (counts.get(d) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0][0];
}

/** Representatives of sizes that lie within `step` of each other, largest first. */
function clusters(sizes: readonly number[], step: number): number[] {
  const out: number[] = [];
  for (const size of [...sizes].sort((a, b) => b - a)) {
    if (!out.length || out[out.length - 1] - size > size * step) out.push(size);
  }
  return out;
}

const nearest = (values: readonly number[], value: number): number =>
  values.reduce((best, v) => (Math.abs(v - value) < Math.abs(best - value) ? v : best), values[0]);

function outlineLevels(
  headings: readonly HeadingSummary[],
  outline: readonly OutlineItem[],
): Record<string, number> {
  const keys = new Set(headings.map((h) => titleKey(h.text)));
  const matched = outline.filter((o) => keys.has(titleKey(o.title)));
  if (matched.length < MIN_OUTLINE) return {};
  // A title above all bookmarked headings keeps level 1 for itself.
  const largest = Math.max(...headings.map((h) => h.size));
  const titled = new Set(matched.map((o) => titleKey(o.title)));
  const title = headings.some((h) => h.size === largest && !titled.has(titleKey(h.text)));
  const top = Math.min(...matched.map((o) => o.depth));
  const levels: Record<string, number> = {};
  for (const { title: text, depth } of matched)
    levels[titleKey(text)] = Math.min(DEEPEST, depth - top + (title ? 2 : 1));
  return levels;
}
