import { bookmarkDepth, type Titles } from './outline.js';

/** A heading as the document level sees it. JSON-able. */
export interface HeadingSummary {
  /** 1-based number of its page. */
  readonly page: number;
  /** Level that its tag gives it; 0 without. */
  readonly tag: number;
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
  /** Level of the outermost bookmarks; 0 where bookmarks do not name the headings. */
  readonly bookmarkedFrom: number;
}

/** Sizes closer than this share are one. */
const SAME_SIZE = { native: 0.05, ocr: 0.14 };
const DEEPEST = 6;
/** Bookmarks count when at least this many headings are among them. */
const MIN_BOOKMARKED = 2;

interface Kind {
  readonly size: number;
  readonly bold: boolean;
  readonly caps: boolean;
  /** Depths of their printed numbers, 0 where there is none. */
  readonly depths: number[];
  /** Levels that tags give them, 0 where there is none. */
  readonly tags: number[];
  /** Depths of the bookmarks that name them. */
  readonly bookmarks: number[];
}

/**
 * One hierarchy for the whole document: a larger, then a bold, then a capital kind of heading stands above
 * the others; printed numbers overrule, tags and bookmarks overrule both.
 */
export function headingLevels(
  headings: readonly HeadingSummary[],
  titles: Titles,
  ocr: boolean,
): HeadingLevels {
  const ranked = rankedKinds(headings, titles, ocr);
  const marked = ranked.flatMap((k) => k.bookmarks);
  const bookmarkedFrom = marked.length >= MIN_BOOKMARKED ? (isUnmarked(ranked[0]) ? 2 : 1) : 0;
  const top = Math.min(...marked);
  const classes: HeadingClass[] = [];
  let level = 0;
  let numbered: number | undefined;
  for (const kind of ranked) {
    const depth = commonest(kind.depths);
    level++;
    if (bookmarkedFrom > 0 && kind.bookmarks.length > 0) {
      level = bookmarkedFrom + commonest(kind.bookmarks) - top;
      if (depth > 0) numbered ??= level - depth + 1;
    } else if (commonest(kind.tags) > 0) level = commonest(kind.tags);
    else if (depth > 0) {
      // Kinds whose numbers have the same depth are one level, however they are set.
      numbered ??= level - depth + 1;
      level = Math.max(1, numbered + depth - 1);
    }
    classes.push({ size: kind.size, bold: kind.bold, caps: kind.caps, level: Math.min(DEEPEST, level) });
  }
  closeGaps(classes, ranked, headings);
  return {
    classes,
    numberedFrom: numbered === undefined ? 0 : Math.max(1, numbered),
    bookmarkedFrom: bookmarkedFrom === 0 ? 0 : bookmarkedFrom - top,
  };
}

/**
 * No kind of heading skips a level: its level is the depth at which it really stands under the others. Levels
 * that tags, bookmarks or printed numbers give are the document's own word and stay.
 */
function closeGaps(
  classes: HeadingClass[],
  ranked: readonly Kind[],
  headings: readonly HeadingSummary[],
): void {
  const own = ranked.map((k) => k.bookmarks.length > 0 || commonest(k.tags) > 0 || commonest(k.depths) > 0);
  const levels: Pick<HeadingLevels, 'classes'> = { classes: [...classes] };
  const depths = classes.map(() => 0);
  const open: number[] = [];
  for (const heading of headings) {
    const index = classOf(heading, levels.classes);
    const { level } = levels.classes[index];
    while (open.length && open[open.length - 1] >= level) open.pop();
    open.push(level);
    depths[index] = Math.max(depths[index], open.length);
  }
  classes.forEach((c, i) => {
    if (!own[i] && depths[i] > 0) classes[i] = { ...c, level: Math.min(c.level, depths[i]) };
  });
}

function rankedKinds(headings: readonly HeadingSummary[], titles: Titles, ocr: boolean): Kind[] {
  const sizes = clusters(
    headings.map((h) => h.size),
    ocr ? SAME_SIZE.ocr : SAME_SIZE.native,
  );
  const kinds = new Map<string, Kind>();
  for (const h of headings) {
    const size = nearest(sizes, h.size);
    // On recognised pages bold is told only where it is certain: of two headings alike, one may lack it.
    const bold = h.bold && !ocr;
    const key = `${size}|${bold}|${h.caps}`;
    const kind = kinds.get(key) ?? { size, bold, caps: h.caps, depths: [], tags: [], bookmarks: [] };
    kind.depths.push(h.depth);
    kind.tags.push(h.tag);
    const bookmark = bookmarkDepth(titles, h.page, h.text);
    if (bookmark !== undefined) kind.bookmarks.push(bookmark);
    kinds.set(key, kind);
  }
  return [...kinds.values()].sort(
    (a, b) => b.size - a.size || Number(b.bold) - Number(a.bold) || Number(b.caps) - Number(a.caps),
  );
}

/** The document's title: the largest kind, which no bookmark names. */
const isUnmarked = (kind: Kind): boolean => kind.bookmarks.length === 0 && kind.depths.length <= 2;

/** Level 1–6 of one heading. */
export function levelOf(heading: HeadingSummary, levels: HeadingLevels, titles: Titles): number {
  const bookmark = bookmarkDepth(titles, heading.page, heading.text);
  if (bookmark !== undefined && levels.bookmarkedFrom > 0) return within(levels.bookmarkedFrom + bookmark);
  if (heading.tag > 0) return heading.tag;
  if (heading.depth > 0 && levels.numberedFrom > 0) return within(levels.numberedFrom + heading.depth - 1);
  return levels.classes[classOf(heading, levels.classes)]?.level ?? 1;
}

/** Index of the kind that the heading looks most like. */
function classOf(heading: HeadingSummary, classes: readonly HeadingClass[]): number {
  let best = 0;
  let cost = Number.POSITIVE_INFINITY;
  classes.forEach((c, index) => {
    const off =
      Math.abs(c.size - heading.size) / heading.size +
      (c.bold === heading.bold ? 0 : 0.02) +
      (c.caps === heading.caps ? 0 : 0.01);
    if (off < cost) {
      cost = off;
      best = index;
    }
  });
  return best;
}

const within = (level: number): number => Math.max(1, Math.min(DEEPEST, level));

/** The commonest value above 0, or 0 where fewer than half of the values are above it; for bookmarks the commonest of all. */
function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const v of values) counts.set(v, (counts.get(v) ?? 0) + 1);
  const none = counts.get(0) ?? 0;
  if (none * 2 > values.length || counts.size === 0) return 0;
  counts.delete(0);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 0;
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
