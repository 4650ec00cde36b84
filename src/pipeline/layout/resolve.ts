import type { Block, Furniture, Heading, Paragraph, Table } from '../../document/block.js';
import type { Context } from './context.js';
import type { DraftPage, DraftTable, DraftText } from './draft.js';
import { type FurnitureRole, furnitureByItself } from './furniture.js';
import { headingEvidence } from './headings.js';
import { type HyphenPolicy, makeInlines } from './inlines.js';
import { listLength, makeList } from './lists.js';

/** Sizes within this share of a level's size belong to it. */
const SAME_SIZE = 0.06;

/** Turns a page's drafts into blocks, with what the whole document says about them. */
export function resolve(page: DraftPage, context: Context): Block[] {
  const hyphens = hyphenPolicy(context);
  const bodySize = context.bodySize || page.facts.bodySize;
  const blocks: Block[] = [];
  let figures = 0;
  for (let i = 0; i < page.drafts.length; i++) {
    const draft = page.drafts[i];
    if (draft.kind === 'table') blocks.push(tableBlock(draft, hyphens));
    else if (draft.kind === 'figure') {
      figures++;
      const caption = draft.alt ? [{ text: draft.alt }] : [];
      blocks.push({ type: 'figure', id: `p${page.number}-${figures}`, caption, box: draft.box, lines: [] });
    } else {
      const role = context.furniture[page.number]?.[i] ?? furnitureByItself(draft, page);
      if (role) {
        blocks.push(furnitureBlock(draft, role, hyphens));
        continue;
      }
      const heading = headingEvidence(draft, page, bodySize);
      if (heading) {
        blocks.push(headingBlock(draft, levelOf(heading.look.size, context), hyphens));
        continue;
      }
      const run: DraftText[] = [];
      for (const next of page.drafts.slice(i)) {
        if (next.kind !== 'text' || next.margin || headingEvidence(next, page, bodySize)) break;
        run.push(next);
      }
      const items = listLength(run);
      if (items > 0) {
        blocks.push(makeList(run.slice(0, items), hyphens));
        i += items - 1;
      } else blocks.push(paragraphBlock(draft, hyphens));
    }
  }
  return blocks;
}

function hyphenPolicy(context: Context): HyphenPolicy {
  const kept = new Set(context.hyphenated);
  return (left, right) => !/^\p{Lu}/u.test(right) && !kept.has(`${left}-${right}`.toLowerCase());
}

function levelOf(size: number, context: Context): number {
  const index = context.headingSizes.findIndex((s) => size >= s * (1 - SAME_SIZE));
  return Math.min(6, 1 + (index < 0 ? context.headingSizes.length : index));
}

const headingBlock = (draft: DraftText, level: number, hyphens: HyphenPolicy): Heading => ({
  type: 'heading',
  level,
  inlines: makeInlines(draft.lines, { hyphens, plain: { bold: true } }),
  box: draft.box,
  lines: draft.lines,
});

const paragraphBlock = (draft: DraftText, hyphens: HyphenPolicy): Paragraph => ({
  type: 'paragraph',
  inlines: makeInlines(draft.lines, { hyphens }),
  box: draft.box,
  lines: draft.lines,
});

const furnitureBlock = (draft: DraftText, role: FurnitureRole, hyphens: HyphenPolicy): Furniture => ({
  type: 'furniture',
  role,
  inlines: makeInlines(draft.lines, { hyphens }),
  box: draft.box,
  lines: draft.lines,
});

const tableBlock = ({ table, box }: DraftTable, hyphens: HyphenPolicy): Table => ({
  type: 'table',
  box,
  rows: table.rows,
  columns: table.columns,
  confidence: table.confidence,
  lines: table.cells.flatMap((c) => c.lines),
  cells: table.cells.map(({ lines, ...cell }) => ({ ...cell, inlines: makeInlines(lines, { hyphens }) })),
});
