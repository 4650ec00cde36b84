import { overlapX } from '../../../document/geometry.js';
import type { Draft, DraftTable, DraftText } from '../draft.js';
import { lineText } from '../lines.js';
import type { Role } from './classify.js';

/** Labels of a table's caption; those of figures never belong to a table. */
const TABLE_LABEL =
  /^(?:table|tab\.|tabelle|tableau|tabla|tabela|tabella|tabell|taulukko|exhibit|schedule|übersicht|таблица)\s*(?:\d|[ivxl]+\b|[a-z]\b|[a-z]\.?\d)/iu;
/** A caption stands within this many line distances of its table. */
const REACH = 2.5;

/** How often captions of tables stand above and below their table where only one side is possible. JSON-able. */
export interface CaptionSides {
  readonly above: number;
  readonly below: number;
}

type Neighbours = readonly { readonly draft: Draft; readonly role: Role }[];

const isTableCaption = (part: Neighbours[number] | undefined): part is { draft: DraftText; role: Role } =>
  part?.role.kind === 'caption' &&
  part.draft.kind === 'text' &&
  TABLE_LABEL.test(lineText(part.draft.lines[0]));

/** The table is next to the caption in reading order and on the page. */
function touches(caption: DraftText, table: Draft | undefined, pitch: number): table is DraftTable {
  if (table?.kind !== 'table' || overlapX(caption.box, table.box) <= 0) return false;
  const gap = Math.max(table.box.y0 - caption.box.y1, caption.box.y0 - table.box.y1);
  return gap < pitch * REACH;
}

interface Bound {
  /** Indexes of the neighbouring tables. */
  readonly above?: number;
  readonly below?: number;
}

/** For each caption of a table the tables it stands directly above and below of. */
function neighbours(parts: Neighbours, pitch: number): Map<number, Bound> {
  const out = new Map<number, Bound>();
  parts.forEach((part, i) => {
    if (!isTableCaption(part)) return;
    const next = touches(part.draft, parts[i + 1]?.draft, pitch) && !isPart(parts, i - 1);
    const before = touches(part.draft, parts[i - 1]?.draft, pitch) && !isPart(parts, i + 1);
    out.set(i, { ...(next && { above: i + 1 }), ...(before && { below: i - 1 }) });
  });
  return out;
}

/** A second block of a caption: label and title set apart stay paragraphs. */
const isPart = (parts: Neighbours, i: number): boolean => parts[i]?.role.kind === 'caption';

/** What one page says about the document's habit. */
export function captionSides(parts: Neighbours, pitch: number): CaptionSides {
  let above = 0;
  let below = 0;
  for (const bound of neighbours(parts, pitch).values()) {
    if (bound.above !== undefined && bound.below === undefined) above++;
    if (bound.below !== undefined && bound.above === undefined) below++;
  }
  return { above, below };
}

/**
 * The caption of each table, both by index in `parts`. Where a caption stands between two tables, the
 * document's habit decides; without one captions stand above, as is usual for tables. A caption goes to
 * one table only.
 */
export function captionsOfTables(parts: Neighbours, pitch: number, habit: CaptionSides): Map<number, number> {
  const habitual = habit.below > habit.above ? 'below' : 'above';
  const other = habitual === 'above' ? 'below' : 'above';
  const out = new Map<number, number>();
  const found = neighbours(parts, pitch);
  const used = new Set<number>();
  for (const side of [habitual, other] as const) {
    for (const [caption, bound] of found) {
      const table = bound[side];
      if (table === undefined || used.has(caption) || out.has(table)) continue;
      out.set(table, caption);
      used.add(caption);
    }
  }
  return out;
}
