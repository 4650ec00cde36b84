import { type Box, boxArea, containsCenter, overlapArea, unionBoxes } from '../../document/geometry.js';
import type { ImageArea, PageContent } from '../../document/page.js';
import type { Word } from '../../document/word.js';
import { directionWarnings } from './direction.js';
import type { Draft, DraftPage, DraftText, Margin } from './draft.js';
import { settleDropCaps } from './drop-caps.js';
import { type PageFacts, pageFacts } from './facts.js';
import type { TableFinding } from './found-table.js';
import { makeRows } from './lines.js';
import type { Atom } from './order/atoms.js';
import { cutColumns } from './order/columns.js';
import { peelMargins } from './order/margins.js';
import { turnedLines } from './order/turned.js';
import { makeParagraphs } from './paragraphs.js';

/** Pictures smaller than this in both directions, in points, are ornaments, bullets and icons. */
const MIN_FIGURE = 40;
/** An image that covers more of the page than this is its paper or its scan. */
const MAX_FIGURE_COVER = 0.7;

/** Page-level layout: from words to paragraphs, tables and figures in reading order. */
export function draftPage(
  content: PageContent,
  findTables: (content: PageContent, facts: PageFacts) => readonly TableFinding[],
): DraftPage {
  const all = content.words.filter((w) => w.angle === undefined);
  const turned = content.words.filter((w) => w.angle !== undefined);
  const facts = pageFacts(all, makeRows(all));
  const upright = settleDropCaps(all, facts);
  const tables = upright.length ? findTables({ ...content, words: upright }, facts) : [];
  const inTable = new Set<Word>(tables.flatMap((t) => t.words));
  const figures = figuresOf(content, upright);
  const free = upright.filter((w) => !inTable.has(w));

  const margins = peelMargins(makeRows(free), content, facts);
  const pieces: Draft[] = [
    ...tables.map((t) => ({ kind: 'table' as const, box: t.table.box, table: t.table })),
    ...figures.map((f) => ({ kind: 'figure' as const, box: f.box, ...(f.alt && { alt: f.alt }) })),
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

/** The images that are figures: of some size, not the page's own scan, not a ground under text. */
function figuresOf(content: PageContent, words: readonly Word[]): ImageArea[] {
  const page: Box = { x0: 0, y0: 0, x1: content.width, y1: content.height };
  const kept: ImageArea[] = [];
  for (const image of content.images) {
    const area = overlapArea(image.box, page);
    if (image.box.x1 - image.box.x0 < MIN_FIGURE || image.box.y1 - image.box.y0 < MIN_FIGURE) continue;
    if (area < 0.3 * boxArea(image.box) || area > MAX_FIGURE_COVER * boxArea(page)) continue;
    if (words.some((w) => containsCenter(image.box, w.box))) continue;
    if (kept.some((k) => overlapArea(k.box, image.box) > 0.8 * Math.min(boxArea(k.box), area))) continue;
    kept.push(image);
  }
  return kept;
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
