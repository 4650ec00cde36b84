import type { DraftPage } from './draft.js';
import { furnitureKey } from './furniture.js';
import { headingEvidence } from './headings.js';
import { brokenWord } from './inlines.js';
import { lineSize, lineText } from './lines.js';

/** The little that document-level decisions need of a page. JSON-able, a few kilobytes. */
export interface Summary {
  readonly number: number;
  readonly height: number;
  /** Characters by em size rounded to a quarter point. */
  readonly sizes: readonly (readonly [size: number, chars: number])[];
  /** Blocks set apart at the top and bottom edge. */
  readonly margins: readonly { draft: number; key: string; y: number; size: number }[];
  readonly headings: readonly HeadingSummary[];
  /** Words broken by a hyphen at a line's end, lower case, as `left-right`. */
  readonly broken: readonly string[];
  /** Lower-case words of the page that could be one of the broken ones. */
  readonly words: readonly string[];
}

export interface HeadingSummary {
  readonly draft: number;
  readonly text: string;
  readonly size: number;
  readonly bold: boolean;
  readonly caps: boolean;
  readonly depth: number;
}

/** Words shorter than this are never broken at a line's end by anyone. */
const MIN_VOCABULARY_WORD = 5;

export function summarize(page: DraftPage): Summary {
  const sizes = new Map<number, number>();
  const margins: { draft: number; key: string; y: number; size: number }[] = [];
  const headings: HeadingSummary[] = [];
  const broken = new Set<string>();
  const words = new Set<string>();
  page.drafts.forEach((draft, index) => {
    if (draft.kind !== 'text') return;
    for (const line of draft.lines) {
      for (const w of line.words) {
        const key = Math.round(w.size * 4) / 4;
        sizes.set(key, (sizes.get(key) ?? 0) + w.text.length);
        for (const word of w.text.toLowerCase().match(/\p{L}+(?:-\p{L}+)*/gu) ?? []) {
          if (word.length >= MIN_VOCABULARY_WORD) words.add(word);
        }
      }
    }
    for (let i = 1; i < draft.lines.length; i++) {
      const halves = brokenWord(draft.lines[i - 1], draft.lines[i].words[0]);
      if (halves) broken.add(`${halves.left}-${halves.right}`.toLowerCase());
    }
    if (draft.margin === 'top' || draft.margin === 'bottom') {
      margins.push({
        draft: index,
        key: furnitureKey(draft),
        y: draft.box.y0,
        size: lineSize(draft.lines[0]),
      });
    }
    const heading = headingEvidence(draft, page, page.facts.bodySize);
    if (heading) {
      const { look, depth } = heading;
      const text = draft.lines.map(lineText).join(' ');
      headings.push({ draft: index, text, size: look.size, bold: look.bold, caps: look.caps, depth });
    }
  });
  return {
    number: page.number,
    height: page.height,
    sizes: [...sizes],
    margins,
    headings,
    broken: [...broken],
    words: [...words],
  };
}
