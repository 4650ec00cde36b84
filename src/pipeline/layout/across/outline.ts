import type { OutlineItem } from '../../../document/page.js';

/** Bookmarks with a target, by page: levels from 0 by normalised title. JSON-able. */
export type Titles = Readonly<Record<string, Readonly<Record<string, number>>>>;

const NUMBER_WORDS = 'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve';
const NUMBER = new RegExp(
  `^(?:chapter|section|part|appendix)?\\s*(?:(?:\\d+|[ivxlc]+)(?:\\.\\d+)*|(?:${NUMBER_WORDS})\\b|[a-z]\\b)[.:)]?\\s+`,
  'u',
);

/** Titles compare by their letters and figures alone, without the number in front. */
export const titleKey = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .trim()
    .replace(NUMBER, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** The bookmarks by page; those without a target say nothing about a place. */
export function titlesByPage(outline: readonly OutlineItem[]): Titles {
  const titles: Record<string, Record<string, number>> = {};
  for (const { title, depth, page } of outline) {
    const key = titleKey(title);
    if (page === undefined || key.length < 2) continue;
    titles[page] ??= {};
    titles[page][key] ??= depth;
  }
  return titles;
}

/** Depth of the bookmark that names this title on this page or, for the looseness of targets, the one beside it. */
export function bookmarkDepth(titles: Titles, page: number, text: string): number | undefined {
  const key = titleKey(text);
  if (key.length < 2) return undefined;
  return titles[page]?.[key] ?? titles[page - 1]?.[key] ?? titles[page + 1]?.[key];
}
