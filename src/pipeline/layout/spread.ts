import type { Box } from '../../document/geometry.js';
import type { PageContent } from '../../document/page.js';
import type { Draft, DraftPage } from './draft.js';

/**
 * Layout of two pages side by side that part at `fold`: each is laid out as a page of its own, with its own
 * columns, running head and page number, and all of the left one comes before the right one.
 */
export function draftSpread(
  content: PageContent,
  fold: number,
  draftPage: (half: PageContent) => DraftPage,
): DraftPage {
  const left = draftPage({ ...part(content, (box) => middle(box) < fold), width: fold });
  const right = draftPage(part(content, (box) => middle(box) >= fold));
  const columns = left.drafts.reduce((most, draft) => Math.max(most, columnOf(draft) + 1), 0);
  const { facts } = lines(left) >= lines(right) ? left : right;
  return {
    number: content.number,
    width: content.width,
    height: content.height,
    facts,
    drafts: [...left.drafts, ...right.drafts.map((draft) => inColumnAfter(draft, columns))],
    warnings: [...left.warnings, ...right.warnings],
  };
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
