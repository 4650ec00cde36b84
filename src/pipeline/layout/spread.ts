import type { Box } from '../../document/geometry.js';
import type { PageContent } from '../../document/page.js';
import type { Word } from '../../document/word.js';
import { runsRightToLeft } from './direction.js';
import type { Draft, DraftPage } from './draft.js';

/**
 * Layout of two pages side by side that part at `fold`: each is laid out as a page of its own, with its own
 * columns, running head and page number, and all of the one comes before the other: the left one, but the right one
 * where the book is read from right to left.
 */
export function draftSpread(
  content: PageContent,
  fold: number,
  draftPage: (half: PageContent) => DraftPage,
): DraftPage {
  const left = draftPage({ ...part(content, (box) => middle(box) < fold), width: fold });
  const right = draftPage(part(content, (box) => middle(box) >= fold));
  const isFromRight = runsRightToLeft(content.words) || runsDown(content.words);
  const [first, second] = isFromRight ? [right, left] : [left, right];
  const columns = first.drafts.reduce((most, draft) => Math.max(most, columnOf(draft) + 1), 0);
  const { facts } = lines(left) >= lines(right) ? left : right;
  return {
    number: content.number,
    width: content.width,
    height: content.height,
    facts,
    drafts: [...first.drafts, ...second.drafts.map((draft) => inColumnAfter(draft, columns))],
    warnings: [...first.warnings, ...second.warnings],
  };
}

const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Chinese or Japanese in vertical lines: most of its words of several signs are higher than wide. */
function runsDown(words: readonly Word[]): boolean {
  const long = words.filter(({ text }) => text.length > 1 && EAST_ASIAN.test(text));
  const vertical = long.filter(({ box }) => box.y1 - box.y0 > box.x1 - box.x0);
  return long.length > words.length / 2 && vertical.length > long.length / 2;
}

/** What lies on one of the two pages. */
function part(content: PageContent, isOn: (box: Box) => boolean): PageContent {
  const on = <T extends { readonly box: Box }>(things: readonly T[]): T[] =>
    things.filter(({ box }) => isOn(box));
  return {
    ...content,
    words: on(content.words),
    rules: on(content.rules),
    shapes: on(content.shapes),
    images: on(content.images),
    ...(content.drawings && { drawings: content.drawings.filter(isOn) }),
  };
}

const middle = ({ x0, x1 }: Box): number => (x0 + x1) / 2;

const columnOf = (draft: Draft): number => (draft.kind === 'text' ? draft.column : 0);

const inColumnAfter = (draft: Draft, columns: number): Draft =>
  draft.kind === 'text' ? { ...draft, column: draft.column + columns } : draft;

const lines = ({ drafts }: DraftPage): number =>
  drafts.reduce((sum, draft) => (draft.kind === 'text' ? sum + draft.lines.length : sum), 0);
