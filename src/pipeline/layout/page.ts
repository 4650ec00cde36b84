import type { Line } from '../../document/block.js';
import { type Box, unionBoxes } from '../../document/geometry.js';
import type { PageContent } from '../../document/page.js';
import type { Word } from '../../document/word.js';
import { withDrawnBullets } from './bullets.js';
import { directionWarnings } from './direction.js';
import type { Draft, DraftPage, DraftText, Margin } from './draft.js';
import { settleDropCaps } from './drop-caps.js';
import { type PageFacts, pageFacts } from './facts.js';
import { figureDraft, figuresOf } from './figures.js';
import { makeRows } from './lines.js';
import { settleMono } from './mono.js';
import type { Atom } from './order/atoms.js';
import { findTextBoxes } from './order/boxes.js';
import { cutColumns } from './order/columns.js';
import { peelMargins } from './order/margins.js';
import { type FindTables, tablesInColumns } from './order/tables-in-columns.js';
import { turnedLines } from './order/turned.js';
import { isHandBroken, makeParagraphs } from './paragraphs.js';
import { typedRows } from './roles/code.js';
import { settleSmallCaps } from './small-caps.js';

/** Something that is put into reading order as one: a table, a figure, or a panel with its words. */
type Piece =
  | { readonly box: Box; readonly draft: Draft }
  | { readonly box: Box; readonly words: readonly Word[] };

/** Page-level layout: from words to paragraphs, tables and figures in reading order. */
export function draftPage(content: PageContent, findTables: FindTables): DraftPage {
  const level = content.words.filter((w) => w.angle === undefined);
  const marked = withDrawnBullets(settleSmallCaps(settleMono(level)), content.shapes);
  const facts = pageFacts(marked, makeRows(marked));
  const words = settleDropCaps(marked, facts);

  const code = typedRows(words, content, facts);
  const forTables = words.filter((w) => !code.has(w));
  const tables = words.length ? tablesInColumns({ ...content, words: forTables }, facts, findTables) : [];
  const inTable = new Set<Word>(tables.flatMap((t) => t.words));
  const free = words.filter((w) => !inTable.has(w));
  const margins = peelMargins(makeRows(free), content, facts);
  const panels = findTextBoxes(content, margins.body, facts);
  const onPanel = new Set<Word>(panels.flatMap((p) => p.words));
  const pieces: Piece[] = [
    ...tables.map(({ table }) => ({
      box: table.box,
      draft: { kind: 'table' as const, box: table.box, table },
    })),
    ...figuresOf(content, words).map((image) => ({ box: image.box, draft: figureDraft(image) })),
    ...panels,
  ];
  const placer = new Placer(content, facts, pieces, words);
  for (const band of margins.top) placer.text(band, 'top');
  placer.region(
    margins.body.filter((w) => !onPanel.has(w)),
    true,
  );
  for (const band of margins.bottom) placer.text(band, 'bottom');
  for (const line of turnedLines(
    content.words.filter((w) => w.angle !== undefined),
    content,
  ))
    placer.turned(line);
  const { number, width, height } = content;
  return { number, width, height, facts, drafts: placer.drafts, warnings: directionWarnings(content.words) };
}

/** Collects the drafts of a page in reading order. */
class Placer {
  readonly drafts: Draft[] = [];
  readonly #content: PageContent;
  readonly #facts: PageFacts;
  readonly #pieces: readonly Piece[];
  readonly #order: ReadonlyMap<Word, number>;
  /** Extent of all text, which margin blocks are measured against. */
  readonly #extent: Box | undefined;
  #column = 0;

  constructor(content: PageContent, facts: PageFacts, pieces: readonly Piece[], words: readonly Word[]) {
    this.#content = content;
    this.#facts = facts;
    this.#pieces = pieces;
    this.#order = new Map(words.map((w, i) => [w, i]));
    this.#extent = words.length ? unionBoxes(words.map((w) => w.box)) : undefined;
  }

  /** Cuts a region into columns and places what is in them; `pieces` are part of the page's own region only. */
  region(words: readonly Word[], withPieces: boolean): void {
    const atoms: Atom[] = words.map((word) => ({ box: word.box, index: this.#order.get(word) ?? -1, word }));
    if (withPieces) this.#pieces.forEach(({ box }, piece) => void atoms.push({ box, index: -1, piece }));
    for (const column of cutColumns(atoms, this.#facts)) {
      let rest = column.atoms.flatMap((a) => (a.word ? [a.word] : []));
      const extent = rest.length ? unionBoxes(rest.map((w) => w.box)) : undefined;
      const stack = column.atoms.filter((a) => a.piece !== undefined).sort((a, b) => a.box.y0 - b.box.y0);
      for (const { box, piece } of stack) {
        const middle = (box.y0 + box.y1) / 2;
        this.text(
          rest.filter((w) => w.baseline < middle),
          undefined,
          extent,
        );
        rest = rest.filter((w) => w.baseline >= middle);
        this.#place(this.#pieces[piece!]);
      }
      this.text(rest, undefined, extent);
    }
  }

  #place(piece: Piece): void {
    if ('draft' in piece) this.drafts.push(piece.draft);
    else this.region(piece.words, false);
  }

  /** Places words that are read straight down. */
  text(words: readonly Word[], margin?: Margin, extent?: Box): void {
    const lines = makeRows(words);
    if (lines.length === 0) return;
    const within = extent ?? (margin && this.#extent) ?? unionBoxes(lines.map((l) => l.box));
    for (const paragraph of makeParagraphs(lines, this.#facts)) {
      const draft = this.#draft(paragraph, within);
      this.drafts.push({
        ...draft,
        ...(margin && { margin }),
        ...(isUnderRule(draft, this.#content, this.#facts) && { underRule: true as const }),
        ...(isHandBroken(paragraph, within, this.#facts) && { handBroken: true as const }),
      });
    }
    this.#column++;
  }

  turned({ lines, angle, margin }: ReturnType<typeof turnedLines>[number]): void {
    const draft = this.#draft(lines, unionBoxes(lines.map((l) => l.box)));
    this.drafts.push({ ...draft, angle, ...(margin && { margin }) });
    this.#column++;
  }

  #draft(lines: readonly Line[], { x0, x1 }: Box): DraftText {
    const box = unionBoxes(lines.map((l) => l.box));
    return { kind: 'text', box, lines, column: this.#column, columnX0: x0, columnX1: x1 };
  }
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
