import { unionBoxes } from '../../../document/geometry.js';
import type { DraftPage, DraftTable, DraftText } from '../draft.js';
import type { FoundTable } from '../found-table.js';
import { lineText } from '../lines.js';
import type { Role } from '../roles/classify.js';
import { isNumeric } from '../tables/chunks.js';

/** `(continued)`, `Table 3 (cont.)`, `Fortsetzung`, `suite`: said of a table that a page break cut. */
const CONTINUED =
  /(?:\b(?:continued|continues|cont['’]?d|fortsetzung|fortgesetzt|suite|continuación|continuação|continua|vervolg|forts)\b|\(cont\.?\))/iu;
/** Such a remark, and a caption that is printed again, has at most this many characters. */
const MAX_REMARK = 200;
/** Heads are compared by this many characters. */
const MAX_HEAD = 400;
/** More blocks than this between a table and the page's edge are no running heads or feet. */
const MAX_BETWEEN = 6;

/** Where a column's texts begin and end, in points; its borders where it is empty. */
export type Extent = readonly [x0: number, x1: number];

export type CellStart = 'empty' | 'figure' | 'small' | 'other';
export type CellEnd = 'empty' | 'figure' | 'ended' | 'open';

/** A table that begins or ends a page, as far as its continuation matters. JSON-able. */
export interface TableEdge {
  /** Index of its draft. */
  readonly draft: number;
  /** Its columns by their texts, and by their borders. */
  readonly texts: readonly Extent[];
  readonly borders: readonly number[];
  /** Top and bottom as shares of the page's height. */
  readonly top: number;
  readonly bottom: number;
  /** The texts of its head rows; '' without a head. */
  readonly head: string;
  /** No spans and at most one row of heads: it can be written in pipes. */
  readonly plain: boolean;
  /** How the cells of the first row below the head begin and those of the last row end; absent where they span. */
  readonly starts?: readonly CellStart[];
  readonly ends?: readonly CellEnd[];
  /** The head is set apart by bold type. */
  readonly boldHead: boolean;
  /** Text of the caption above it. */
  readonly caption?: string;
  /** Index of a remark or a caption that says that the table goes on. */
  readonly remark?: number;
  /** Indexes of other blocks between it and the page's edge: it stands there only if all are running heads or feet. */
  readonly between: readonly number[];
}

/** The table that a page begins with (1) or ends with (-1), past furniture and notes. */
export function tableEdge(page: DraftPage, roles: readonly Role[], step: 1 | -1): TableEdge | undefined {
  const order = page.drafts.map((_, i) => i);
  if (step < 0) order.reverse();
  const between: number[] = [];
  let remark: number | undefined;
  let caption: string | undefined;
  for (const i of order) {
    const draft = page.drafts[i];
    if (draft.kind === 'figure' || between.length > MAX_BETWEEN) return undefined;
    if (draft.kind === 'table') {
      const own = step > 0 ? caption : captionAbove(page, roles, i);
      return {
        draft: i,
        between,
        ...measure(draft, page),
        ...(own !== undefined && { caption: own }),
        ...(remark !== undefined && { remark }),
      };
    }
    const { kind } = roles[i];
    if (kind === 'furniture' || draft.aside || draft.angle !== undefined) continue;
    if (step < 0 && kind === 'footnote') continue;
    const text = textOf(draft);
    const isRemark = text.length <= MAX_REMARK && (CONTINUED.test(text) || (step > 0 && kind === 'caption'));
    if (!isRemark || remark !== undefined) between.push(i);
    else {
      remark = i;
      if (kind === 'caption') caption = text;
      else if (step > 0 && /\d/.test(text)) caption = text;
    }
  }
  return undefined;
}

export const saysContinued = (text: string): boolean => CONTINUED.test(text);

const textOf = (draft: DraftText): string => draft.lines.map(lineText).join(' ');

function captionAbove(page: DraftPage, roles: readonly Role[], index: number): string | undefined {
  const above = page.drafts[index - 1];
  return roles[index - 1]?.kind === 'caption' && above.kind === 'text' ? textOf(above) : undefined;
}

function measure({ table, box }: DraftTable, page: DraftPage) {
  const head = table.cells.filter((c) => c.header);
  const words = head.flatMap((c) => c.lines.flatMap((l) => l.words));
  const body = table.cells.filter((c) => !c.header).flatMap((c) => c.lines.flatMap((l) => l.words));
  const { texts, borders } = columns(table);
  return {
    texts,
    borders,
    top: box.y0 / page.height,
    bottom: box.y1 / page.height,
    head: head
      .map((c) => c.lines.map(lineText).join(' '))
      .join('|')
      .slice(0, MAX_HEAD),
    plain: table.cells.every((c) => c.rowspan === 1 && c.colspan === 1 && (!c.header || c.row === 0)),
    ...rowEdges(table),
    boldHead:
      words.length > 0 &&
      words.every((w) => w.style.bold) &&
      body.filter((w) => w.style.bold).length < body.length / 2,
  };
}

/** Text ends here, quotes, brackets and a note's number after it included. */
const SENTENCE_END = /[.!?:;。！？؟]["'”’»)\]]*\d{0,2}$/u;

function rowEdges(table: FoundTable): Pick<TableEdge, 'starts' | 'ends'> {
  const first = Math.max(0, ...table.cells.filter((c) => c.header).map((c) => c.row + c.rowspan));
  const textsOf = (row: number): string[] | undefined => {
    const cells = table.cells.filter((c) => c.row === row && c.rowspan === 1 && c.colspan === 1);
    return cells.length === table.columns ? cells.map((c) => c.lines.map(lineText).join(' ')) : undefined;
  };
  const starts = textsOf(first)?.map((text): CellStart => {
    if (text === '') return 'empty';
    if (isNumeric(text)) return 'figure';
    return /^["'“‘(]?\p{Ll}/u.test(text) ? 'small' : 'other';
  });
  const ends = textsOf(table.rows - 1)?.map((text): CellEnd => {
    if (text === '') return 'empty';
    if (isNumeric(text)) return 'figure';
    return SENTENCE_END.test(text) ? 'ended' : 'open';
  });
  return { ...(starts && { starts }), ...(ends && { ends }) };
}

function columns(table: FoundTable): { texts: Extent[]; borders: number[] } {
  const texts: Extent[] = [];
  const borders: number[] = [];
  for (let c = 0; c < table.columns; c++) {
    const cells = table.cells.filter((cell) => cell.column === c && cell.colspan === 1);
    const lines = cells.flatMap((cell) => cell.lines.map((l) => l.box));
    const around = cells.length ? unionBoxes(cells.map((cell) => cell.box)) : table.box;
    const { x0, x1 } = lines.length ? unionBoxes(lines) : around;
    texts.push([x0, x1]);
    borders.push(around.x0);
  }
  return { texts, borders: [...borders, table.box.x1] };
}
