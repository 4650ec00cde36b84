import type { OutlineItem } from '../../../document/page.js';
import type { DocumentFacts } from '../roles/classify.js';
import type { CaptionSides } from '../roles/table-captions.js';
import { continues } from './continuation.js';
import { type ContinuedTables, continuedTables } from './continued-tables.js';
import { type HeadingLevels, headingLevels } from './heading-levels.js';
import { titlesByPage } from './outline.js';
import { repeatedFurniture } from './repeated.js';
import type { Summary } from './summary.js';
import { type HyphenatedWords, hyphenatedWords } from './vocabulary.js';

/** What the whole document says about each page. JSON-able. */
export interface Context extends DocumentFacts {
  readonly levels: HeadingLevels;
  readonly hyphenated: HyphenatedWords;
  /** Pages whose first paragraph is the rest of the page before's last one. */
  readonly continued: readonly number[];
  /** Pages that begin with the rest of the listing that the page before ends with. */
  readonly continuedCode: readonly number[];
  /** Tables that go on over a page break. */
  readonly continuedTables: ContinuedTables;
  /** On which side of their table captions stand. */
  readonly captions: CaptionSides;
}

/** Document-level decisions from the summaries of the pages that are finished by now, in any order. */
export function makeContext(summaries: readonly Summary[], outline: readonly OutlineItem[]): Context {
  const pages = [...summaries].sort((a, b) => a.number - b.number);
  const titles = titlesByPage(outline);
  const furniture = repeatedFurniture(pages);
  const ocr = pages.filter((p) => p.ocr).length * 2 > pages.length;
  return {
    bodySize: bodySize(pages),
    levels: headingLevels(
      pages.flatMap((p) => p.headings),
      titles,
      ocr,
    ),
    titles,
    furniture,
    continuedCode: pages.flatMap((page, i) =>
      pages[i - 1]?.number === page.number - 1 && pages[i - 1].code.last && page.code.first
        ? [page.number]
        : [],
    ),
    continuedTables: continuedTables(pages, furniture),
    captions: {
      above: pages.reduce((n, p) => n + p.captions.above, 0),
      below: pages.reduce((n, p) => n + p.captions.below, 0),
    },
    hyphenated: hyphenatedWords(pages),
    continued: pages.flatMap((page, i) => {
      const before = pages[i - 1];
      if (before?.number !== page.number - 1) return [];
      return goesOn(before, page, furniture) ? [page.number] : [];
    }),
  };
}

/** The last paragraph of a page goes on at the top of the next one. */
function goesOn(before: Summary, page: Summary, furniture: DocumentFacts['furniture']): boolean {
  const tail = before.tails.find((t) => furniture[before.number]?.[t.draft] === undefined);
  const head = page.heads.find((h) => furniture[page.number]?.[h.draft] === undefined);
  if (!tail || !head) return false;
  // What stands apart at the page's edge may be a running head that returns nowhere.
  if (head.margin && !head.lower) return false;
  return continues(tail, head, page.ocr);
}

/** Mode of the em sizes by characters over all pages, with what lies within 6 % of it. */
function bodySize(pages: readonly Summary[]): number {
  const counts = new Map<number, number>();
  for (const s of pages) for (const [size, n] of s.sizes) counts.set(size, (counts.get(size) ?? 0) + n);
  let best = 0;
  let most = 0;
  for (const size of counts.keys()) {
    let near = 0;
    for (const [other, n] of counts) {
      const off = Math.abs(other - size) / size;
      if (off <= 0.06) near += n * (1 - off * 8);
    }
    if (near > most) {
      most = near;
      best = size;
    }
  }
  return best;
}
