import type {
  Code,
  Figure,
  Formula,
  Furniture,
  Heading,
  Inline,
  Paragraph,
  Table,
} from '../../document/block.js';
import { overlapArea, unionBoxes } from '../../document/geometry.js';
import type { Draft, DraftFigure, DraftTable, DraftText } from './draft.js';
import { type HyphenPolicy, makeInlines } from './inlines.js';
import { codeText, isTyped } from './roles/code.js';
import { formulaText } from './roles/formulas.js';
import type { FurnitureRole } from './roles/furniture.js';
import { latexOf } from './roles/latex.js';

export const headingBlock = (draft: DraftText, level: number, hyphens: HyphenPolicy): Heading => ({
  type: 'heading',
  level,
  inlines: makeInlines(draft.lines, {
    hyphens,
    plain: { bold: true, italic: true, code: isTyped(draft.lines) },
  }),
  box: draft.box,
  lines: draft.lines,
});

const paragraphInlines = (draft: DraftText, hyphens: HyphenPolicy): Inline[] =>
  makeInlines(draft.lines, {
    hyphens,
    breaks: draft.handBroken === true,
    plain: { code: isTyped(draft.lines) },
  });

export const paragraphBlock = (
  draft: DraftText,
  hyphens: HyphenPolicy,
  role?: Paragraph['role'],
  continued = false,
): Paragraph => ({
  type: 'paragraph',
  inlines: paragraphInlines(draft, hyphens),
  ...(role && { role }),
  ...(continued && { continuesPreviousPage: true as const }),
  box: draft.box,
  lines: draft.lines,
});

export const furnitureBlock = (draft: DraftText, role: FurnitureRole, hyphens: HyphenPolicy): Furniture => ({
  type: 'furniture',
  role,
  inlines: makeInlines(draft.lines, { hyphens }),
  box: draft.box,
  lines: draft.lines,
});

/** A figure with its caption, which stands in the figure's place from now on. */
export function figureBlock(
  draft: DraftFigure,
  id: string,
  caption: DraftText | undefined,
  hyphens: HyphenPolicy,
): Figure {
  const inlines = caption ? makeInlines(caption.lines, { hyphens }) : draft.alt ? [{ text: draft.alt }] : [];
  return {
    type: 'figure',
    id,
    caption: inlines,
    ...(draft.labels && { labels: draft.labels }),
    box: draft.box,
    lines: caption?.lines ?? [],
  };
}

/** What other blocks and pages say about a table. */
export interface TableContext {
  readonly caption?: DraftText;
  /** It carries on the table before, whose head it repeats or not. */
  readonly continued?: { readonly headed: boolean; readonly cut?: true };
  /** Its part on another page has spans. */
  readonly spansElsewhere?: boolean;
  readonly typed: boolean;
}

/** A table with its caption, which stands with the table from now on. */
export const tableBlock = (
  { table, box }: DraftTable,
  hyphens: HyphenPolicy,
  { caption, continued, spansElsewhere, typed }: TableContext,
): Table => ({
  type: 'table',
  box,
  ...(caption && { caption: paragraphInlines(caption, hyphens) }),
  ...(caption && caption.box.y0 > box.y0 && { captionBelow: true as const }),
  ...(continued && { continuesPreviousPage: true as const }),
  ...(continued?.cut && { continuesRow: true as const }),
  ...(spansElsewhere && { spansElsewhere: true as const }),
  rows: table.rows,
  columns: table.columns,
  confidence: table.confidence,
  lines: table.cells.flatMap((c) => c.lines),
  cells: table.cells.map(({ lines, ...cell }) => ({
    ...cell,
    header: cell.header && continued?.headed !== false,
    inlines: makeInlines(lines, { hyphens, plain: { code: typed } }),
  })),
});

export function codeBlock(drafts: readonly DraftText[], continued: boolean): Code {
  const lines = drafts.flatMap((d) => d.lines);
  return {
    type: 'code',
    text: codeText(lines),
    ...(continued && { continuesPreviousPage: true as const }),
    box: unionBoxes(lines.map((l) => l.box)),
    lines,
  };
}

/** A formula; `others` are the page's drafts, of which none may reach into it where it is written in LaTeX. */
export function formulaBlock(drafts: readonly DraftText[], others: readonly Draft[]): Formula {
  const lines = drafts.flatMap((d) => d.lines);
  const isWhole = others.every(
    (other) =>
      drafts.includes(other as DraftText) || drafts.every((d) => overlapArea(d.box, other.box) === 0),
  );
  const latex = isWhole ? latexOf(lines) : undefined;
  return {
    type: 'formula',
    text: formulaText(lines),
    ...(latex !== undefined && { latex }),
    box: unionBoxes(lines.map((l) => l.box)),
    lines,
  };
}
