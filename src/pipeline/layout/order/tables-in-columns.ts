import type { Line } from '../../../document/block.js';
import { type Box, boxHeight, centerX, overlapArea } from '../../../document/geometry.js';
import type { PageContent } from '../../../document/page.js';
import type { Word } from '../../../document/word.js';
import type { PageFacts } from '../facts.js';
import type { TableFinding } from '../found-table.js';
import { makeRows } from '../lines.js';
import { findGutter, isSetInColumns, type SourceOrder } from './gutters.js';
import { makeSlices } from './slices.js';
import type { Gutter } from './spaces.js';

/** `rows` are those of the content's words. */
export type FindTables = (
  content: PageContent,
  facts: PageFacts,
  rows: readonly Line[],
) => readonly TableFinding[];

/** Tables up to this confidence rest on alignment alone, and columns of text align too. */
const ALIGNED_ONLY = 65;
/** A rule may end this many points before the table's edge, as cells' boxes lie within their lines. */
const RULE_SHORT = 2;
/** The gutter goes on beside a false table for at least this many lines. */
const MORE_LINES = 4;

/** Deeper nesting than this is no page a person set. */
const MAX_DEPTH = 4;

/**
 * The tables of a page. One that no rule vouches for and that lies across the gutter between two columns
 * of text was made of lines or panels of both columns: it is given up, and each column is searched by
 * itself, in which there may be columns again.
 */
export const tablesInColumns = (
  content: PageContent,
  rows: readonly Line[],
  facts: PageFacts,
  order: SourceOrder,
  findTables: FindTables,
): readonly TableFinding[] =>
  withinColumns(content, rows, findTables(content, facts, rows), facts, order, findTables, 0);

function withinColumns(
  content: PageContent,
  rows: readonly Line[],
  found: readonly TableFinding[],
  facts: PageFacts,
  order: SourceOrder,
  findTables: FindTables,
  depth: number,
): readonly TableFinding[] {
  if (depth === MAX_DEPTH || found.every((f) => isRuledThroughout(f, content))) return found;
  const slices = makeSlices(rows, []);
  const gutter = findGutter(slices, order, facts);
  if (!gutter) return found;
  const inside = slices.slice(gutter.first, gutter.last + 1);
  const top = Math.min(...inside.map((s) => s.top));
  const bottom = Math.max(...inside.map((s) => s.bottom));
  const inColumns = !facts.ocr && isSetInColumns(gutter, slices, order, facts);
  const isDoubtful = ({ table: { box, confidence } }: TableFinding): boolean =>
    (confidence <= ALIGNED_ONLY || !isRuledAcross(box, gutter, content)) &&
    box.y0 > top - facts.pitch &&
    box.y1 < bottom + facts.pitch &&
    (inColumns || bottom - top > boxHeight(box) + facts.pitch * MORE_LINES);
  const crosses = ({ table: { box } }: TableFinding): boolean => box.x0 < gutter.x0 && box.x1 > gutter.x1;
  const doubtful = found.filter(isDoubtful);
  const isFalse = doubtful.some(crosses);
  const kept = found.filter((f) => !doubtful.includes(f) || (isFalse && !crosses(f) && isSure(f)));
  const taken = new Set<Word>(kept.flatMap((f) => f.words));
  const words = inside.flatMap((s) => s.row?.words.filter((w) => !taken.has(w)) ?? []);
  const middle = (gutter.x0 + gutter.x1) / 2;
  for (const side of [(b: Box) => centerX(b) < middle, (b: Box) => centerX(b) >= middle]) {
    const column: PageContent = {
      ...content,
      words: words.filter((w) => side(w.box)),
      rules: content.rules.filter((r) => side(r.box)),
      shapes: content.shapes.filter((s) => side(s.box)),
    };
    const columnRows = makeRows(column.words);
    const own = isFalse ? findTables(column, facts, columnRows) : doubtful.filter((f) => side(f.table.box));
    for (const finding of withinColumns(column, columnRows, own, facts, order, findTables, depth + 1)) {
      if (kept.every((k) => overlapArea(k.table.box, finding.table.box) === 0)) kept.push(finding);
    }
  }
  return kept;
}

/** Rests on more than alignment. */
const isSure = ({ table }: TableFinding): boolean => table.confidence > ALIGNED_ONLY;

/** Sure, and drawn as one over its whole width: no gutter of the page makes it doubtful. */
function isRuledThroughout({ table: { box, confidence } }: TableFinding, content: PageContent): boolean {
  const edges = { x0: box.x0 + RULE_SHORT, x1: box.x1 - RULE_SHORT };
  return confidence > ALIGNED_ONLY && isRuledAcross(box, edges, content);
}

/** A rule or a coloured ground leads over the gutter: the table is drawn as one. */
function isRuledAcross(box: Box, gutter: Pick<Gutter, 'x0' | 'x1'>, { rules, shapes }: PageContent): boolean {
  const crosses = (b: Box): boolean =>
    b.x0 < gutter.x0 &&
    b.x1 > gutter.x1 &&
    b.y1 > box.y0 - 2 &&
    b.y0 < box.y1 + 2 &&
    boxHeight(b) < boxHeight(box) * 2;
  return (
    rules.some((r) => r.orientation === 'horizontal' && crosses(r.box)) || shapes.some((s) => crosses(s.box))
  );
}
