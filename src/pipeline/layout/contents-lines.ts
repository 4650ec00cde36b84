import type { Line } from '../../document/block.js';
import { lineSize, lineText } from './lines.js';

/** Dots, lines or blanks that lead to a page number at the line's end. */
const LED = /(?:(?:\s?[.·•_…‥-]){4,}|…{1,})\s*(?:\d{1,4}|[ivxlcdm]{1,7}|[A-Z]{1,2}-?\d{1,4})$/iu;
/** A page number. */
const PAGE = /^(?:\d{1,4}|[ivxlcdm]{1,7}|[A-Z]{1,2}-\d{1,4})$/u;
/** It stands at least this many ems from the entry where nothing leads to it. */
const MIN_GAP = 1.5;
/** Pages of such lines end within this many ems of one edge. */
const ALIGNED = 0.6;
/** Fewer lines are no table of contents. */
const MIN_ENTRIES = 3;

/** Lines that end an entry of a table of contents: leaders and a page, or a page alone at the right edge. */
export function contentsLines(lines: readonly Line[]): Set<Line> {
  const led = lines.filter((line) => LED.test(lineText(line)));
  const set = lines.filter(hasPageApart);
  const right = Math.max(...set.map((line) => line.box.x1));
  const aligned = set.filter((line) => right - line.box.x1 < lineSize(line) * ALIGNED);
  const found = new Set([...led, ...aligned]);
  return found.size >= MIN_ENTRIES && pagesRise([...found]) ? found : new Set();
}

/** The line ends with leaders and a page number, or with a page number alone after a gap. */
export const isContentsLine = (line: Line): boolean => LED.test(lineText(line)) || hasPageApart(line);

/** The last word is a page number with a gap before it. */
export function hasPageApart({ words }: Line): boolean {
  const [before, page] = words.slice(-2);
  if (!page || !PAGE.test(page.text) || !/\p{L}/u.test(words.map((w) => w.text).join(''))) return false;
  return page.box.x0 - before.box.x1 >= page.size * MIN_GAP;
}

/** Arabic numbers never fall from entry to entry, but for what a second list begins with. */
function pagesRise(lines: readonly Line[]): boolean {
  const pages = lines
    .map((line) => Number(/\d{1,4}$/.exec(line.words.at(-1)!.text)?.[0] ?? Number.NaN))
    .filter((page) => !Number.isNaN(page));
  const falls = pages.slice(1).filter((page, i) => page < pages[i]).length;
  return falls <= Math.max(1, pages.length * 0.15);
}
