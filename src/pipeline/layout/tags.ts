import type { Line } from '../../document/block.js';
import { type Box, boxWidth, overlapX, overlapY, unionBoxes } from '../../document/geometry.js';
import type { PageContent, TagElement, Warning } from '../../document/page.js';
import type { Word } from '../../document/word.js';

/** Structure elements that are one block of text each. */
const BLOCK =
  /^(?:P|H|H[1-6]|Title|LI|LBody|TOCI|Caption|BlockQuote|Quote|Note|FENote|Code|Formula|TH|TD|Figure)$/;
const HEADING = /^(?:H([1-6])?|Title)$/;
/** Tags speak for a page when they cover at least this share of its characters … */
const COVERAGE = 0.9;
/** … and of the steps from one element to the next no more than this share go back up the page. */
const MAX_BACKWARD = 0.1;
/** Fewer steps back than this are no proof of a lie. */
const MIN_BACKWARD = 2;

/** What a tagged page's structure tree says, where it can be believed. */
export interface PageTags {
  /** Index of the block element that most of a line's words belong to; undefined for untagged text. */
  readonly blockOf: (words: readonly Word[]) => number | undefined;
  /** 1–6 for a heading element, 0 for one without a level, undefined for anything else. */
  readonly headingOf: (block: number) => number | undefined;
}

export interface TagReading {
  readonly tags?: PageTags;
  readonly warnings: readonly Warning[];
}

const LYING: Warning = {
  code: 'tags_ignored',
  message:
    'The structure tags of this page contradict the way its text is set, so the order was taken from the page itself.',
};

/** Checks the structure tree against the geometry: a tree that jumps about the page is ignored, with a warning. */
export function readTags({ tags, words }: PageContent): TagReading {
  if (tags.length === 0) return { warnings: [] };
  const block = blockIndex(tags);
  const boxes = new Map<number, Box>();
  let covered = 0;
  let all = 0;
  for (const w of words) {
    all += w.text.length;
    const index = w.tag === undefined ? undefined : block[w.tag];
    if (index === undefined) continue;
    covered += w.text.length;
    const known = boxes.get(index);
    boxes.set(index, known ? unionBoxes([known, w.box]) : w.box);
  }
  if (covered < all * COVERAGE) return { warnings: [] };
  const ordered = [...boxes].sort((a, b) => a[0] - b[0]).map(([, box]) => box);
  const backward = ordered.slice(1).filter((box, i) => goesBack(ordered[i], box)).length;
  if (backward >= MIN_BACKWARD && backward > (ordered.length - 1) * MAX_BACKWARD)
    return { warnings: [LYING] };
  return {
    warnings: [],
    tags: {
      blockOf: (line) => mostOf(line.map((w) => (w.tag === undefined ? undefined : block[w.tag]))),
      headingOf: (index) => {
        const m = HEADING.exec(tags[index].type);
        return m ? Number(m[1] ?? 0) : undefined;
      },
    },
  };
}

/** For each element the nearest block it is or belongs to. */
function blockIndex(tags: readonly TagElement[]): (number | undefined)[] {
  const out: (number | undefined)[] = [];
  tags.forEach((tag, i) => {
    out.push(BLOCK.test(tag.type) ? i : tag.parent >= 0 ? out[tag.parent] : undefined);
  });
  return out;
}

/** The step leads upwards within one column, or backwards along a row. */
function goesBack(from: Box, to: Box): boolean {
  const shared = overlapX(from, to);
  const above = to.y1 <= from.y0 + 2;
  if (above) return shared > Math.min(boxWidth(from), boxWidth(to)) * 0.3;
  const beside = overlapY(from, to) > Math.min(from.y1 - from.y0, to.y1 - to.y0) * 0.6;
  return beside && shared === 0 && to.x1 <= from.x0;
}

function mostOf(values: readonly (number | undefined)[]): number | undefined {
  const counts = new Map<number, number>();
  for (const v of values) if (v !== undefined) counts.set(v, (counts.get(v) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0];
}

/** Block element of each line; for paragraphs, which end where their element does. */
export const blockOfLine = (tags: PageTags | undefined, line: Line): number | undefined =>
  tags?.blockOf(line.words);
