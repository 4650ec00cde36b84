import type { FurnitureRole } from '../roles/furniture.js';
import { saysContinued, type TableEdge } from './table-edges.js';

/** Sides of the same column differ by at most this many points from page to page. */
const SAME_SIDE = { native: 4, ocr: 9 };
/** Left and right pages may be set off against each other by this many points. */
const MAX_SHIFT = 90;
/** Columns that must keep a side; the others must at least lie over their own column only. */
const KEPT = 0.75;
/** … where a repeated head or a remark says that the table goes on. */
const KEPT_SAID = 0.3;
/** A table that a page break cut reaches down this far, as a share of the page's height … */
const REACHES_DOWN = 0.62;
/** … and this far where no repeated head and no remark says that it goes on. */
const REACHES_DOWN_UNSAID = 0.7;
/** Its rest starts above this share of the next page's height. */
const STARTS_HIGH = 0.35;

/** How the first table of a page carries on the last one of the page before. JSON-able. */
export interface ContinuedTable {
  /** Index of its draft. */
  readonly draft: number;
  /** Its head repeats the one before; otherwise it has none, whatever its first row looks like. */
  readonly headed: boolean;
  /** Its first row below the head is the rest of the row that the page before ends with. */
  readonly cut?: true;
  /** Index of the remark or the caption above it that says so. */
  readonly remark?: number;
}

/** What a page tells about the tables at its top and bottom. */
export interface PageTables {
  readonly number: number;
  readonly ocr: boolean;
  readonly firstTable?: TableEdge;
  readonly lastTable?: TableEdge;
}

export interface ContinuedTables {
  /** By page number. */
  readonly tables: Readonly<Record<string, ContinuedTable>>;
  /** By page number: the remark below a table that it goes on. */
  readonly remarks: Readonly<Record<string, number>>;
  /** By page number: drafts of tables of which a part on another page has spans. */
  readonly spanned: Readonly<Record<string, readonly number[]>>;
}

/** Tables that go on over a page break: nothing but furniture between, and the same columns. `pages` ascend. */
export function continuedTables(
  pages: readonly PageTables[],
  furniture: Readonly<Record<string, Readonly<Record<string, FurnitureRole>>>>,
): ContinuedTables {
  const tables: Record<string, ContinuedTable> = {};
  const remarks: Record<string, number> = {};
  const atEdge = (page: PageTables, edge: TableEdge): boolean =>
    edge.between.every((i) => furniture[page.number]?.[i] !== undefined);
  const spanned: Record<string, number[]> = {};
  /** The parts, so far, of the table that reached the last page's end. */
  let parts: { page: number; edge: TableEdge }[] = [];
  const settle = (): void => {
    if (parts.every(({ edge }) => edge.plain)) return;
    for (const { page, edge } of parts)
      if (edge.plain) spanned[page] = [...(spanned[page] ?? []), edge.draft];
  };
  /** Head and caption of the table that reached the last page's end, from the page it began on. */
  let origin: Pick<TableEdge, 'head' | 'boldHead' | 'caption'> | undefined;
  pages.forEach((page, i) => {
    const before = pages[i - 1];
    const top = page.firstTable;
    const bottom = before?.lastTable;
    let began = false;
    if (before?.number === page.number - 1 && top && bottom && atEdge(page, top) && atEdge(before, bottom)) {
      const from = origin ?? bottom;
      const headed = top.head !== '' && top.head === from.head;
      if (goesOn(bottom, top, from, headed, page.ocr)) {
        tables[page.number] = {
          draft: top.draft,
          headed,
          ...(isCut(bottom, top) && { cut: true as const }),
          ...(top.remark !== undefined && { remark: top.remark }),
        };
        if (bottom.remark !== undefined) remarks[before.number] = bottom.remark;
        began = page.lastTable?.draft === top.draft;
        if (began) origin = from;
        parts.push({ page: page.number, edge: top });
      }
    }
    if (began) return;
    settle();
    origin = page.lastTable;
    parts = page.lastTable ? [{ page: page.number, edge: page.lastTable }] : [];
  });
  settle();
  return { tables, remarks, spanned };
}

/**
 * The first row reads on from the last one before the page break: its texts continue texts that had not ended,
 * one with a small letter, and the label is among them or was complete.
 */
function isCut({ ends }: TableEdge, { starts }: TableEdge): boolean {
  if (!ends || starts?.length !== ends.length || starts.includes('figure')) return false;
  if (starts.some((s, c) => s !== 'empty' && (ends[c] === 'empty' || ends[c] === 'figure'))) return false;
  const readsOn = starts.map((s, c) => s === 'small' && ends[c] === 'open');
  return readsOn.includes(true) && (starts[0] === 'empty' || readsOn[0]);
}

function goesOn(
  bottom: TableEdge,
  top: TableEdge,
  from: Pick<TableEdge, 'head' | 'boldHead' | 'caption'>,
  headed: boolean,
  ocr: boolean,
): boolean {
  const said = top.caption !== undefined && saysContinued(top.caption);
  // A caption of its own starts a table, unless it is the old one printed again.
  if (top.caption !== undefined && !said && top.caption !== from.caption) return false;
  // A caption that says so over the same head needs no full page before it.
  if (said && headed && top.top <= STARTS_HIGH)
    return sameColumns(bottom, top, ocr ? SAME_SIDE.ocr : SAME_SIDE.native, true);
  const least = headed || said || bottom.remark !== undefined ? REACHES_DOWN : REACHES_DOWN_UNSAID;
  if (bottom.bottom < least || top.top > STARTS_HIGH) return false;
  // A head of its own starts a table; a first row that only looks like one is set like the rows below it.
  if (top.head !== '' && !headed && (top.boldHead || !from.boldHead)) return false;
  return sameColumns(bottom, top, ocr ? SAME_SIDE.ocr : SAME_SIDE.native, headed || said);
}

/** The columns keep their sides; of tables that say that they go on each need only lie over its own column. */
function sameColumns(a: TableEdge, b: TableEdge, slack: number, isSaid: boolean): boolean {
  if (a.texts.length !== b.texts.length || a.texts.length < 2) return false;
  const last = a.borders.length - 1;
  return [0, a.borders[0] - b.borders[0], a.texts[0][0] - b.texts[0][0], a.borders[last] - b.borders[last]]
    .filter((shift) => Math.abs(shift) <= MAX_SHIFT)
    .some((shift) => {
      if (a.borders.every((x, i) => Math.abs(x - b.borders[i] - shift) <= slack)) return true;
      const moved = b.texts.map(([x0, x1]) => [x0 + shift, x1 + shift] as const);
      const kept = a.texts.filter(([x0, x1], i) => {
        const [y0, y1] = moved[i];
        return Math.min(Math.abs(x0 - y0), Math.abs(x1 - y1), Math.abs(x0 + x1 - y0 - y1) / 2) <= slack;
      });
      if (kept.length < a.texts.length * (isSaid ? KEPT_SAID : KEPT)) return false;
      return a.texts.every(([x0, x1], i) =>
        moved.every(([y0, y1], j) => i === j || Math.min(x1, y1) - Math.max(x0, y0) <= slack),
      );
    });
}
