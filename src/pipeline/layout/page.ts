import { type Box, boxWidth, containsCenter, unionBoxes } from '../../document/geometry.js';
import type { PageContent } from '../../document/page.js';
import type { Word } from '../../document/word.js';
import { withDrawnBullets } from './bullets.js';
import { directionWarnings } from './direction.js';
import type { DraftPage } from './draft.js';
import { type Drawing, findDrawings } from './drawings.js';
import { settleDropCaps } from './drop-caps.js';
import { pageFacts } from './facts.js';
import { figureDraft, figuresOf } from './figures.js';
import { settleFractions } from './fractions.js';
import { settleLetterSpacing } from './letter-spaced.js';
import { makeRows, withRows } from './lines.js';
import { settleMathSymbols } from './math-symbols.js';
import { settleMono } from './mono.js';
import { findBlockGrids } from './order/block-grids.js';
import { areAsides, findTextBoxes } from './order/boxes.js';
import { findLineNumbers } from './order/line-numbers.js';
import { peelMargins } from './order/margins.js';
import { type FindTables, tablesInColumns } from './order/tables-in-columns.js';
import { type TurnedText, turnedLines } from './order/turned.js';
import { findWatermarks } from './order/watermarks.js';
import { type Piece, Placer } from './placer.js';
import { typedRows } from './roles/code.js';
import { settleSmallCaps } from './small-caps.js';
import { draftSpread } from './spread.js';
import { tableWarnings } from './tables/confidence.js';
import { standIns, withTurned } from './tables/turned-words.js';
import { readTags } from './tags.js';

/** A sidebar takes at most this share of the text's width. */
const MAX_SIDEBAR = 0.8;

/** Page-level layout: from words to paragraphs, tables and figures in reading order. */
export function draftPage(content: PageContent, findTables: FindTables): DraftPage {
  const { fold, ...page } = content;
  return fold === undefined
    ? draftOnePage(page, findTables)
    : draftSpread(page, fold, (half) => draftOnePage(half, findTables));
}

function draftOnePage(content: PageContent, findTables: FindTables): DraftPage {
  const level = settleFractions(
    settleLetterSpacing(content.words.filter((w) => w.angle === undefined)),
    content.rules,
  );
  const marked = withDrawnBullets(settleSmallCaps(settleMono(settleMathSymbols(level))), content.shapes);
  const all = withRows(marked);
  const facts = pageFacts(marked, all.rows);
  const settled = settleDropCaps(marked, facts);
  const watermarks = findWatermarks(settled, content, facts);
  const unmarked = settled.filter((w) => !watermarks.has(w));
  const lineNumbers = findLineNumbers(unmarked, content.rules, facts);
  const readable = unmarked.filter((w) => !lineNumbers.has(w));
  const drawings = findDrawings(content, readable, facts);
  const labels = new Set<Word>(drawings.flatMap((d) => [...d.words]));
  const words = readable.filter((w) => !labels.has(w));
  const order = new Map(words.map((w, i) => [w, i]));

  const code = typedRows(words, content, facts);
  const forTables = withRows(
    words.filter((w) => !code.has(w)),
    all,
  );
  const turned = turnedLines(
    content.words.filter((w) => w.angle !== undefined && !labels.has(w)),
    content,
  );
  const grids = findBlockGrids(content, forTables.rows, facts, order);
  const inGrid = new Set<Word>(grids.flatMap((g) => g.cells.flatMap((c) => [...c.words])));
  const unsettled = forTables.words.filter((w) => !inGrid.has(w));
  const stands = standIns(turned, unsettled);
  const inCells = new Set<TurnedText>();
  const cells = withRows([...unsettled, ...stands.keys()], forTables);
  const found = words.length
    ? tablesInColumns(
        { ...content, ...undrawn(content, drawings), words: cells.words },
        cells.rows,
        facts,
        order,
        findTables,
      )
    : [];
  const tables = withTurned(found, turned, stands, inCells);
  const inTable = new Set<Word>(tables.flatMap((t) => t.words));
  const free = words.filter((w) => !inTable.has(w) && !inGrid.has(w));
  const margins = peelMargins(withRows(free, cells).rows, content, facts);
  const body = margins.body.flatMap((row) => row.words);
  const panels = findTextBoxes(content, body, facts);
  const asides = areAsides(panels, body);
  const text = body.length ? unionBoxes(margins.body.map((row) => row.box)) : undefined;
  const onPanel = new Set<Word>(panels.flatMap((p) => p.words));
  const pieces: Piece[] = [
    ...tables.map(({ table }) => ({
      box: table.box,
      draft: { kind: 'table' as const, box: table.box, table },
    })),
    ...figuresOf(content, words).map((image) => ({ box: image.box, draft: figureDraft(image) })),
    ...drawings.map(({ draft }) => ({ box: draft.box, draft })),
    ...grids,
    ...panels.map((panel) => ({ ...panel, sidebar: asides && isBeside(panel.box, text) })),
  ];
  const { tags, warnings } = readTags(content);
  const placer = new Placer({ content, facts, pieces, words, order, ...(tags && { tags }) });
  for (const band of margins.top) placer.text(band, 'top');
  placer.region(
    onPanel.size ? makeRows(body.filter((w) => !onPanel.has(w))) : margins.body,
    pieces.map(({ box }, index) => ({ box, index })),
  );
  placer.orderByTags();
  for (const band of margins.bottom) placer.text(band, 'bottom');
  placer.aside([...lineNumbers], 'line_number');
  placer.aside([...watermarks], 'watermark');
  for (const line of turned) if (!inCells.has(line)) placer.turned(line);
  const { number, width, height } = content;
  return {
    number,
    width,
    height,
    facts,
    drafts: placer.drafts,
    warnings: [
      ...warnings,
      ...directionWarnings(content.words),
      ...tableWarnings(tables.map((t) => t.table)),
    ],
  };
}

/** Narrower than the text: what a box over its whole width holds is part of it. */
const isBeside = (box: Box, text: Box | undefined): boolean =>
  text !== undefined && boxWidth(box) < boxWidth(text) * MAX_SIDEBAR;

/** The rules and boxes that are no part of a drawing. */
function undrawn({ rules, shapes }: PageContent, drawings: readonly Drawing[]) {
  const free = ({ box }: { readonly box: Box }): boolean =>
    !drawings.some((d) => containsCenter(d.draft.box, box));
  return drawings.length ? { rules: rules.filter(free), shapes: shapes.filter(free) } : {};
}
