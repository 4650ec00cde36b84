import type { Block } from '../../document/block.js';
import type { Context } from './across/context.js';
import { continues, headOf, joinDrafts, tailOf } from './across/continuation.js';
import { levelOf } from './across/heading-levels.js';
import { hyphenPolicy } from './across/vocabulary.js';
import {
  codeBlock,
  figureBlock,
  formulaBlock,
  furnitureBlock,
  headingBlock,
  paragraphBlock,
  tableBlock,
} from './blocks.js';
import type { Draft, DraftPage, DraftText } from './draft.js';
import { captionsOfFigures } from './roles/captions.js';
import { classify, type Role } from './roles/classify.js';
import { listLength, makeList } from './roles/lists.js';
import { captionsOfTables } from './roles/table-captions.js';

/** A draft with its role; what a paragraph lost to the one it continues is gone from the list. */
interface Part {
  readonly draft: Draft;
  readonly role: Role;
}

/** Turns a page's drafts into blocks, with what the whole document says about them. */
export function resolve(page: DraftPage, context: Context): Block[] {
  const hyphens = hyphenPolicy(context.hyphenated);
  const roles = classify(page, context);
  const captionOf = captionsOfFigures(
    page.drafts,
    new Set(roles.flatMap((r, i) => (r.kind === 'caption' ? [i] : []))),
  );
  const used = new Set([...captionOf.values()].map((i) => page.drafts[i]));
  const parts = joinParts(
    page.drafts.map((draft, i) => ({ draft, role: roles[i] })),
    page.facts.ocr,
  );
  const continuedTable = context.continuedTables.tables[page.number];
  const isContinued = (draft: Draft): boolean =>
    continuedTable !== undefined && draft === page.drafts[continuedTable.draft];
  const tableCaptions = captionsOfTables(parts, page.facts.pitch, context.captions);
  if (continuedTable?.remark !== undefined) {
    const at = parts.findIndex((p) => p.draft === page.drafts[continuedTable.remark!]);
    if (at >= 0)
      tableCaptions.set(
        parts.findIndex((p) => isContinued(p.draft)),
        at,
      );
  }
  const bound = new Set(tableCaptions.values());
  const goesOn = page.drafts[context.continuedTables.remarks[page.number]];
  const blocks: Block[] = [];
  let figures = 0;
  let continued = context.continued.includes(page.number);
  let continuedCode = context.continuedCode.includes(page.number);
  for (let i = 0; i < parts.length; i++) {
    const { draft, role } = parts[i];
    if (draft.kind === 'table') {
      const caption = tableCaptions.get(i);
      blocks.push(
        tableBlock(draft, hyphens, {
          ...(caption !== undefined && { caption: parts[caption].draft as DraftText }),
          ...(isContinued(draft) && { continued: continuedTable! }),
          spansElsewhere:
            context.continuedTables.spanned[page.number]?.includes(page.drafts.indexOf(draft)) === true,
          typed: page.facts.typed,
        }),
      );
    } else if (bound.has(i)) continue;
    else if (draft === goesOn) blocks.push(furnitureBlock(draft as DraftText, 'artifact', hyphens));
    else if (draft.kind === 'figure') {
      figures++;
      const caption = captionOf.get(page.drafts.indexOf(draft));
      const text = caption === undefined ? undefined : (page.drafts[caption] as DraftText);
      blocks.push(figureBlock(draft, `p${page.number}-${figures}`, text, hyphens));
    } else if (role.kind === 'furniture') blocks.push(furnitureBlock(draft, role.role, hyphens));
    else if (role.kind === 'heading')
      blocks.push(headingBlock(draft, levelOf(role.heading, context.levels, context.titles), hyphens));
    else if (role.kind === 'code' || role.kind === 'formula') {
      const run = runOf(parts, i, role.kind);
      if (role.kind === 'formula') blocks.push(formulaBlock(run, page.drafts));
      else {
        blocks.push(codeBlock(run, continuedCode));
        continuedCode = false;
      }
      i += run.length - 1;
    } else if (role.kind === 'caption') {
      if (!used.has(draft)) blocks.push(paragraphBlock(draft, hyphens, 'caption'));
    } else if (role.kind === 'footnote') blocks.push(paragraphBlock(draft, hyphens, 'footnote'));
    else {
      const run = runOf(parts, i, 'text', 'quote');
      const items = listLength(run);
      if (items > 0) {
        blocks.push(makeList(run.slice(0, items), hyphens, page.facts.typed));
        i += items - 1;
      } else {
        blocks.push(
          paragraphBlock(draft, hyphens, paragraphRole(role), continued && !isAside({ draft, role })),
        );
      }
      if (!isAside({ draft, role })) continued = false;
    }
  }
  return blocks;
}

const paragraphRole = (role: Role): 'quote' | 'sidebar' | undefined => {
  if (role.kind === 'quote') return 'quote';
  return role.kind === 'text' && role.sidebar ? 'sidebar' : undefined;
};

/** Part of a sidebar, whatever its role there. */
const isAside = ({ draft, role }: Part): boolean =>
  (draft.kind === 'text' && draft.sidebar === true) || (role.kind === 'text' && role.sidebar === true);

/** The text drafts from `start` on that have one of these roles. */
function runOf(parts: readonly Part[], start: number, ...kinds: Role['kind'][]): DraftText[] {
  const run: DraftText[] = [];
  const aside = isAside(parts[start]);
  for (let i = start; i < parts.length; i++) {
    const { draft, role } = parts[i];
    if (draft.kind !== 'text' || !kinds.includes(role.kind) || isAside({ draft, role }) !== aside) break;
    run.push(draft);
  }
  return run;
}

/**
 * Joins paragraphs that a column's end or a sidebar cut in two; sidebars, notes and furniture between the
 * halves come after them.
 * Figures, tables and captions keep their place, and with it both halves.
 */
function joinParts(parts: readonly Part[], ocr: boolean): Part[] {
  const out: Part[] = [];
  let open = -1;
  let interrupted = false;
  for (const part of parts) {
    const { draft, role } = part;
    if (isAside(part)) {
      interrupted = true;
      out.push(part);
      continue;
    }
    if (role.kind === 'text' && draft.kind === 'text' && draft.angle === undefined) {
      const before = open >= 0 ? (out[open].draft as DraftText) : undefined;
      const cut =
        before &&
        !isSetApart(before) &&
        !isSetApart(draft) &&
        (interrupted || before.column !== draft.column);
      if (cut && continues(tailOf(before), headOf(draft), ocr)) {
        // What follows in the new column is its neighbour.
        out[open] = { role: out[open].role, draft: { ...joinDrafts(before, draft), ...columnOf(draft) } };
        interrupted = false;
        continue;
      }
      open = out.length;
      interrupted = false;
    } else if (role.kind !== 'furniture' && role.kind !== 'footnote') open = -1;
    out.push(part);
  }
  return out;
}

/** At the page's edge, or in lines of its own: no part of the running text. */
const isSetApart = ({ margin, handBroken }: DraftText): boolean =>
  margin !== undefined || handBroken === true;

const columnOf = ({ column, columnX0, columnX1 }: DraftText): Partial<DraftText> => ({
  column,
  columnX0,
  columnX1,
});
