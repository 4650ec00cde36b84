import { type Box, unionBoxes } from '../../document/geometry.js';
import type { PageContent } from '../../document/page.js';
import type { Word } from '../../document/word.js';
import { directionWarnings } from './direction.js';
import type { Draft, DraftPage, DraftText, Margin } from './draft.js';
import { settleDropCaps } from './drop-caps.js';
import { type PageFacts, pageFacts } from './facts.js';
import { figureDraft, figuresOf } from './figures.js';
import { makeRows } from './lines.js';
import type { Atom } from './order/atoms.js';
import { cutColumns } from './order/columns.js';
import { peelMargins } from './order/margins.js';
import { type FindTables, tablesInColumns } from './order/tables-in-columns.js';
import { turnedLines } from './order/turned.js';
import { makeParagraphs } from './paragraphs.js';

/** Page-level layout: from words to paragraphs, tables and figures in reading order. */
export function draftPage(content: PageContent, findTables: FindTables): DraftPage {
  const all = content.words.filter((w) => w.angle === undefined);
  const turned = content.words.filter((w) => w.angle !== undefined);
  const facts = pageFacts(all, makeRows(all));
  const upright = settleDropCaps(all, facts);
  const tables = upright.length ? tablesInColumns({ ...content, words: upright }, facts, findTables) : [];
  const inTable = new Set<Word>(tables.flatMap((t) => t.words));
  const figures = figuresOf(content, upright);
  const free = upright.filter((w) => !inTable.has(w));

  const margins = peelMargins(makeRows(free), content, facts);
  const pieces: Draft[] = [
    ...tables.map((t) => ({ kind: 'table' as const, box: t.table.box, table: t.table })),
    ...figures.map(figureDraft),
  ];
  const order = new Map(upright.map((w, i) => [w, i]));
  const atoms: Atom[] = [
    ...margins.body.map((word) => ({ box: word.box, index: order.get(word) ?? -1, word })),
    ...pieces.map((p, piece) => ({ box: p.box, index: -1, piece })),
  ];
  const drafts: Draft[] = [];
  let column = 0;
  const addText = (words: readonly Word[], margin?: Margin): void => {
    const lines = makeRows(words);
    if (lines.length === 0) return;
    const extent = unionBoxes(lines.map((l) => l.box));
    for (const paragraph of makeParagraphs(lines, facts)) {
      const draft = textDraft(paragraph, column, extent, margin);
      drafts.push(isUnderRule(draft, content, facts) ? { ...draft, underRule: true } : draft);
    }
    column++;
  };
  for (const band of margins.top) addText(band, 'top');
  for (const col of cutColumns(atoms, facts)) {
    const stack = [...col.atoms].filter((a) => a.piece !== undefined).sort((a, b) => a.box.y0 - b.box.y0);
    let words = col.atoms.flatMap((a) => (a.word ? [a.word] : []));
    for (const atom of stack) {
      const middle = (atom.box.y0 + atom.box.y1) / 2;
      addText(words.filter((w) => w.baseline < middle));
      words = words.filter((w) => w.baseline >= middle);
      drafts.push(pieces[atom.piece!]);
    }
    addText(words);
  }
  for (const band of margins.bottom) addText(band, 'bottom');
  for (const { lines, angle, margin } of turnedLines(turned, content)) {
    drafts.push({ ...textDraft(lines, column++, unionBoxes(lines.map((l) => l.box)), margin), angle });
  }
  return {
    number: content.number,
    width: content.width,
    height: content.height,
    facts,
    drafts,
    warnings: directionWarnings(content.words),
  };
}

function textDraft(lines: DraftText['lines'], column: number, extent: Box, margin?: Margin): DraftText {
  return {
    kind: 'text',
    box: unionBoxes(lines.map((l) => l.box)),
    lines,
    column,
    columnX0: extent.x0,
    columnX1: extent.x1,
    ...(margin && { margin }),
  };
}

/** A rule that starts at the block's left edge and is shorter than its column, with nothing but space between. */
function isUnderRule(draft: DraftText, content: PageContent, facts: PageFacts): boolean {
  const top = draft.lines[0].baseline - facts.bodySize;
  return content.rules.some(
    ({ orientation, box }) =>
      orientation === 'horizontal' &&
      Math.abs(box.x0 - draft.columnX0) < facts.bodySize &&
      box.x1 - box.x0 < (draft.columnX1 - draft.columnX0) * 0.7 &&
      top - box.y1 > -facts.bodySize * 0.3 &&
      top - box.y1 < facts.pitch * 1.2,
  );
}
