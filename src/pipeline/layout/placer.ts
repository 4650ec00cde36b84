import type { Line } from '../../document/block.js';
import { type Box, boxWidth, unionBoxes } from '../../document/geometry.js';
import type { PageContent } from '../../document/page.js';
import type { Word } from '../../document/word.js';
import type { Draft, DraftText, Margin } from './draft.js';
import type { PageFacts } from './facts.js';
import { makeRows } from './lines.js';
import type { BlockCell, BlockGrid } from './order/block-grids.js';
import { cutColumns } from './order/columns.js';
import type { SourceOrder } from './order/gutters.js';
import type { PlacedPiece } from './order/slices.js';
import type { turnedLines } from './order/turned.js';
import { makeParagraphs } from './paragraphs.js';
import type { PageTags } from './tags.js';
import { isHandBroken } from './verse.js';

/** A rule parts off a head or foot when it is this much of the text's width, within so many line distances. */
const RULED_OFF = { width: 0.5, reach: 1.5 };
/** So many words of a table tell where the tags place it. */
const TABLE_HEAD = 3;

/** Something that is put into reading order as one: a table, a figure, a grid of blocks, or a panel with its words. */
export type Piece =
  | { readonly box: Box; readonly draft: Draft }
  | BlockGrid
  | { readonly box: Box; readonly words: readonly Word[]; readonly sidebar?: boolean };

/** What a page's drafts are made from. */
export interface Placing {
  readonly content: PageContent;
  readonly facts: PageFacts;
  readonly pieces: readonly Piece[];
  /** All upright words. */
  readonly words: readonly Word[];
  readonly order: SourceOrder;
  readonly tags?: PageTags;
}

/** Collects the drafts of a page in reading order. */
export class Placer {
  readonly drafts: Draft[] = [];
  readonly #content: PageContent;
  readonly #facts: PageFacts;
  readonly #pieces: readonly Piece[];
  readonly #words: readonly Word[];
  readonly #order: SourceOrder;
  /** Extent of all text, which margin blocks are measured against. */
  readonly #extent: Box | undefined;
  readonly #tags: PageTags | undefined;
  #column = 0;
  #inSidebar = false;

  constructor({ content, facts, pieces, words, order, tags }: Placing) {
    this.#tags = tags;
    this.#content = content;
    this.#facts = facts;
    this.#pieces = pieces;
    this.#words = words;
    this.#order = order;
    this.#extent = words.length ? unionBoxes(words.map((w) => w.box)) : undefined;
  }

  /** Cuts a region into columns and places what is in them; `pieces` are indexes of the placer's own. */
  region(rows: readonly Line[], pieces: readonly PlacedPiece[]): void {
    for (const column of cutColumns(rows, pieces, this.#order, this.#facts)) {
      let rest = column.rows;
      const extent = column.extent ?? (rest.length ? unionBoxes(rest.map((r) => r.box)) : undefined);
      for (const { box, index } of inRows(column.pieces, this.#facts.bodySize)) {
        const middle = (box.y0 + box.y1) / 2;
        this.text(
          rest.filter((r) => r.baseline < middle),
          undefined,
          extent,
        );
        rest = rest.filter((r) => r.baseline >= middle);
        this.#place(this.#pieces[index]);
      }
      this.text(rest, undefined, extent);
    }
  }

  #place(piece: Piece): void {
    if ('draft' in piece) this.drafts.push(piece.draft);
    else if ('cells' in piece) for (const cell of piece.cells) this.#cell(cell);
    else {
      this.#inSidebar = piece.sidebar === true;
      this.region(makeRows(piece.words), []);
      this.#inSidebar = false;
    }
  }

  /** A block of a grid: one text where its lines were ended by hand. */
  #cell({ words, extent, broken }: BlockCell): void {
    const lines = makeRows(words);
    if (broken && lines.length > 1) {
      const draft = this.#draft(lines, extent);
      this.drafts.push({ ...draft, handBroken: true, ...this.#tagged(lines) });
      this.#column++;
    } else this.text(lines, undefined, extent);
  }

  /** Places lines that are read straight down. */
  text(lines: readonly Line[], margin?: Margin, extent?: Box): void {
    if (lines.length === 0) return;
    const within = extent ?? (margin && this.#extent) ?? unionBoxes(lines.map((l) => l.box));
    for (const paragraph of makeParagraphs(lines, this.#facts, this.#tags)) {
      const draft = this.#draft(paragraph, within);
      this.drafts.push({
        ...draft,
        ...(margin && { margin }),
        ...(this.#inSidebar && { sidebar: true as const }),
        ...this.#tagged(paragraph),
        ...(this.#isRuledOff(draft) && { ruledOff: true as const }),
        ...(isUnderRule(draft, this.#content, this.#facts) && { underRule: true as const }),
        ...(isHandBroken(paragraph, within, this.#facts) && { handBroken: true as const }),
      });
    }
    this.#column++;
  }

  /** Puts what was placed so far into the order of the tags; what has none stays behind its neighbour. */
  orderByTags(): void {
    const tags = this.#tags;
    if (!tags) return;
    let last = -1;
    const keyed = this.drafts.map((draft, at) => {
      const inMargin = draft.kind === 'text' && draft.margin !== undefined;
      if (!inMargin) last = tags.blockOf(wordsOf(draft)) ?? last;
      return { draft, at, key: inMargin ? -1 : last };
    });
    keyed.sort((a, b) => a.key - b.key || a.at - b.at);
    this.drafts.splice(0, this.drafts.length, ...keyed.map((k) => k.draft));
  }

  #tagged(lines: readonly Line[]): Pick<DraftText, 'taggedHeading' | 'untagged'> {
    if (!this.#tags) return {};
    const block = this.#tags.blockOf(lines.flatMap((l) => l.words));
    if (block === undefined) return { untagged: true };
    const heading = this.#tags.headingOf(block);
    return heading === undefined ? {} : { taggedHeading: heading };
  }

  /** Words that are no part of the text, as one block. */
  aside(words: readonly Word[], aside: NonNullable<DraftText['aside']>): void {
    const lines = makeRows(words);
    if (lines.length === 0) return;
    this.drafts.push({ ...this.#draft(lines, unionBoxes(lines.map((l) => l.box))), aside });
    this.#column++;
  }

  turned({ lines, angle, margin }: ReturnType<typeof turnedLines>[number]): void {
    const draft = this.#draft(lines, unionBoxes(lines.map((l) => l.box)));
    this.drafts.push({ ...draft, angle, ...(margin && { margin }) });
    this.#column++;
  }

  /** The block is the first or last of the page, and a rule over half of the text's width lies between it and the rest. */
  #isRuledOff({ box }: DraftText): boolean {
    const extent = this.#extent;
    if (!extent || (box.y1 < extent.y1 - 1 && box.y0 > extent.y0 + 1)) return false;
    const reach = this.#facts.pitch * RULED_OFF.reach;
    const rules = this.#content.rules.filter(
      (r) => r.orientation === 'horizontal' && boxWidth(r.box) > boxWidth(extent) * RULED_OFF.width,
    );
    return rules.some(({ box: { y0, y1 } }) => {
      const below = box.y0 > y0 - 2 && box.y0 - y1 < reach;
      const above = box.y1 < y1 + 2 && y0 - box.y1 < reach;
      if (!below && !above) return false;
      const beyond = this.#words.filter((w) => (below ? w.box.y0 > y0 - 2 : w.box.y1 < y1 + 2));
      return beyond.every((w) => w.box.y0 >= box.y0 - 2 && w.box.y1 <= box.y1 + 2);
    });
  }

  #draft(lines: readonly Line[], { x0, x1 }: Box): DraftText {
    const box = unionBoxes(lines.map((l) => l.box));
    return { kind: 'text', box, lines, column: this.#column, columnX0: x0, columnX1: x1 };
  }
}

/** From top to bottom; pieces whose tops differ by less than half an em stand in a row and go from left to right. */
function inRows(pieces: readonly PlacedPiece[], em: number): PlacedPiece[] {
  const rows: PlacedPiece[][] = [];
  for (const piece of [...pieces].sort((a, b) => a.box.y0 - b.box.y0)) {
    const row = rows[rows.length - 1];
    if (row && piece.box.y0 - row[0].box.y0 < em / 2) row.push(piece);
    else rows.push([piece]);
  }
  return rows.flatMap((row) => row.sort((a, b) => a.box.x0 - b.box.x0));
}

const wordsOf = (draft: Draft): Word[] => {
  if (draft.kind === 'text') return draft.lines.flatMap((l) => [...l.words]);
  return draft.kind === 'table'
    ? draft.table.cells.flatMap((c) => c.lines.flatMap((l) => [...l.words])).slice(0, TABLE_HEAD)
    : [];
};

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
