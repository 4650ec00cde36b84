import { type Box, centerX, centerY, containsPoint } from '../../document/geometry.js';
import type { GrayImage } from './prepare/gray.js';

/** Paper around a piece, x-heights: holds descenders, points and signs too small to count as letters. */
const MARGIN = { x: 0.7, y: 0.45 };
/** White between the pieces of a row and between rows, x-heights: wider than between words, as between lines. */
const PIECE_GAP = 2.5;
const ROW_GAP = 1.2;
/** Pieces whose heights overlap by this share of the lower one stand in one row. */
const SAME_ROW = 0.5;
/** Lone signs share rows of so many: a line of one sign is taken for dirt. */
const SINGLES_A_ROW = 12;
const WHITE = 255;
/** Of a piece's pixels the lightest third is paper for certain. */
const LIGHTEST = 0.33;

/** A piece of the page and where it lies on the sheet; pixels. */
export interface Piece {
  readonly from: Box;
  /** Top-left corner on the sheet. */
  readonly x: number;
  readonly y: number;
}

/** Pieces of a page set in lines on a sheet of their own; same resolution as the page. */
export interface Sheet {
  readonly image: GrayImage;
  readonly pieces: readonly Piece[];
}

/**
 * Cuts the boxes out of the image and sets them in rows below each other as one block of text, so that no
 * segmentation can pass over them. Pieces that stand in one row keep their height in it.
 */
export function makeSheet(image: GrayImage, boxes: readonly Box[], textHeight: number): Sheet {
  const rows = shareRows(rowsOf(boxes.map((box) => withMargin(box, image, textHeight))));
  const gap = Math.round(PIECE_GAP * textHeight);
  const pieces: Piece[] = [];
  let bottom = gap;
  let right = 0;
  for (const row of rows) {
    const height = Math.max(...row.map(({ drop, from }) => drop + from.y1 - from.y0));
    let x = gap;
    for (const { from, drop } of row) {
      pieces.push({ from, x, y: bottom + drop });
      x += from.x1 - from.x0 + gap;
    }
    right = Math.max(right, x);
    bottom += height + Math.round(ROW_GAP * textHeight);
  }
  const sheet: GrayImage = {
    data: new Uint8Array(right * (bottom + gap)).fill(WHITE),
    width: right,
    height: bottom + gap,
  };
  for (const piece of pieces) paste(image, piece, sheet);
  return { image: sheet, pieces };
}

/** The piece that holds the middle of a box on the sheet; undefined between pieces. */
export const pieceAt = (box: Box, pieces: readonly Piece[]): Piece | undefined =>
  pieces.find(({ from, x, y }) =>
    containsPoint(
      { x0: x, y0: y, x1: x + from.x1 - from.x0, y1: y + from.y1 - from.y0 },
      centerX(box),
      centerY(box),
    ),
  );

const withMargin = ({ x0, y0, x1, y1 }: Box, { width, height }: GrayImage, textHeight: number): Box => ({
  x0: Math.max(0, Math.floor(x0 - MARGIN.x * textHeight)),
  y0: Math.max(0, Math.floor(y0 - MARGIN.y * textHeight)),
  x1: Math.min(width, Math.ceil(x1 + MARGIN.x * textHeight)),
  y1: Math.min(height, Math.ceil(y1 + MARGIN.y * textHeight)),
});

/** A piece and how far below the top of its row it begins. */
interface Placed {
  readonly from: Box;
  readonly drop: number;
}

function rowsOf(boxes: readonly Box[]): Placed[][] {
  const rows: { top: number; bottom: number; boxes: Box[] }[] = [];
  for (const box of [...boxes].sort((a, b) => centerY(a) - centerY(b))) {
    const row = rows[rows.length - 1];
    const overlap = row ? Math.min(row.bottom, box.y1) - Math.max(row.top, box.y0) : 0;
    if (row && overlap >= SAME_ROW * Math.min(row.bottom - row.top, box.y1 - box.y0)) row.boxes.push(box);
    else rows.push({ top: box.y0, bottom: box.y1, boxes: [box] });
  }
  return rows.map((row) => {
    const top = Math.min(...row.boxes.map(({ y0 }) => y0));
    return row.boxes.sort((a, b) => a.x0 - b.x0).map((from) => ({ from, drop: from.y0 - top }));
  });
}

/**
 * Rows of a few narrow pieces are set side by side, their pieces standing on one line: columns of lone signs
 * stand closer below each other than beside each other and are taken for vertical writing.
 */
function shareRows(rows: readonly Placed[][]): Placed[][] {
  const isSparse = (row: readonly Placed[]): boolean =>
    row.length < SINGLES_A_ROW && row.every(({ from }) => from.x1 - from.x0 < 1.5 * (from.y1 - from.y0));
  const shared: Placed[][] = [];
  const singles = rows.filter(isSparse).flat();
  for (let start = 0; start < singles.length; start += SINGLES_A_ROW) {
    const row = singles.slice(start, start + SINGLES_A_ROW);
    const height = Math.max(...row.map(({ from }) => from.y1 - from.y0));
    shared.push(row.map(({ from }) => ({ from, drop: height - (from.y1 - from.y0) })));
  }
  return [...rows.filter((row) => !isSparse(row)), ...shared];
}

/** Copies a piece with its paper made white: shades that differ between pieces would be edges on the sheet. */
function paste(image: GrayImage, { from, x, y }: Piece, sheet: GrayImage): void {
  const counts = new Uint32Array(256);
  let inside = 0;
  for (let row = from.y0; row < from.y1; row++) {
    for (let i = row * image.width + from.x0, end = i + from.x1 - from.x0; i < end; i++) {
      if (image.data[i] === WHITE) continue;
      counts[image.data[i]]++;
      inside++;
    }
  }
  // Where most of it is pure white, the paper is.
  const isShaded = inside * 2 > (from.x1 - from.x0) * (from.y1 - from.y0);
  let paper = WHITE;
  for (let above = 0; isShaded && paper > 0 && above <= inside * LIGHTEST; ) above += counts[--paper];
  const lift = WHITE - paper;
  for (let row = from.y0; row < from.y1; row++) {
    const source = row * image.width;
    const target = (y + row - from.y0) * sheet.width + x - from.x0;
    for (let column = from.x0; column < from.x1; column++) {
      sheet.data[target + column] = Math.min(WHITE, image.data[source + column] + lift);
    }
  }
}
