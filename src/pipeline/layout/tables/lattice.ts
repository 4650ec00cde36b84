import { type Box, boxHeight, boxWidth } from '../../../document/geometry.js';
import { coverage, type Edge, type Edges, SNAP } from './edges.js';
import type { Grid, GridCell } from './grid.js';

/** Share of a cell's side that must be drawn for the side to count as a border. */
const BORDER_COVERAGE = 0.55;
/** More edges than this are a drawing. */
const MAX_POSITIONS = 400;

/** Crossing edges that hang together: the borders of one table, or of a frame. */
export interface Lattice {
  readonly box: Box;
  readonly horizontal: readonly Edge[];
  readonly vertical: readonly Edge[];
}

const crosses = (h: Edge, v: Edge): boolean =>
  v.at >= h.from - SNAP && v.at <= h.to + SNAP && h.at >= v.from - SNAP && h.at <= v.to + SNAP;

/** Groups of horizontal and vertical edges that are connected through their crossings. */
export function findLattices(edges: Edges): Lattice[] {
  const { horizontal, vertical } = edges;
  const parent = Array.from({ length: horizontal.length + vertical.length }, (_, i) => i);
  const find = (i: number): number => {
    let root = i;
    while (parent[root] !== root) root = parent[root];
    parent[i] = root;
    return root;
  };
  horizontal.forEach((h, i) => {
    vertical.forEach((v, j) => {
      if (crosses(h, v)) parent[find(horizontal.length + j)] = find(i);
    });
  });
  const groups = new Map<number, { horizontal: Edge[]; vertical: Edge[] }>();
  const groupOf = (i: number) => {
    const root = find(i);
    let group = groups.get(root);
    if (!group) {
      group = { horizontal: [], vertical: [] };
      groups.set(root, group);
    }
    return group;
  };
  for (const [i, h] of horizontal.entries()) groupOf(i).horizontal.push(h);
  for (const [j, v] of vertical.entries()) groupOf(horizontal.length + j).vertical.push(v);
  return [...groups.values()]
    .filter((g) => g.horizontal.length > 0 && g.vertical.length > 0)
    .filter((g) => g.horizontal.length + g.vertical.length <= MAX_POSITIONS)
    .map((g) => ({ ...g, box: latticeBox(g.horizontal, g.vertical) }))
    .filter((l) => !isComb(l))
    .filter((l) => boxWidth(l.box) > SNAP && boxHeight(l.box) > SNAP);
}

/** One rule with bars on one side of it only: bars at the margin of a table or of text. */
function isComb({ box, horizontal, vertical }: Lattice): boolean {
  if (horizontal.length === 1) return horizontal[0].at - box.y0 <= SNAP || box.y1 - horizontal[0].at <= SNAP;
  return (
    vertical.length === 1 &&
    horizontal.length < 3 &&
    (vertical[0].at - box.x0 <= SNAP || box.x1 - vertical[0].at <= SNAP)
  );
}

function latticeBox(horizontal: readonly Edge[], vertical: readonly Edge[]): Box {
  const xs = [...horizontal.flatMap((h) => [h.from, h.to]), ...vertical.map((v) => v.at)];
  const ys = [...vertical.flatMap((v) => [v.from, v.to]), ...horizontal.map((h) => h.at)];
  return { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) };
}

/** Positions in ascending order, those within SNAP of each other once; the outermost are `low` and `high`. */
function positions(values: readonly number[], low: number, high: number): number[] {
  const out = [low];
  for (const v of [...values].sort((a, b) => a - b)) {
    if (v - out[out.length - 1] > SNAP && high - v > SNAP) out.push(v);
  }
  out.push(high);
  return out;
}

/**
 * The grid that a lattice draws: elementary rectangles between all positions, joined where no border
 * is drawn between them. The outline counts as drawn, so tables with open sides close.
 */
export function latticeGrid(lattice: Lattice): Grid {
  const { box, horizontal, vertical } = lattice;
  const xs = positions(
    vertical.map((v) => v.at),
    box.x0,
    box.x1,
  );
  const ys = positions(
    horizontal.map((h) => h.at),
    box.y0,
    box.y1,
  );
  const rows = ys.length - 1;
  const columns = xs.length - 1;
  const wallRight = (r: number, c: number): boolean =>
    coverage(vertical, xs[c + 1], ys[r], ys[r + 1]) >= BORDER_COVERAGE;
  const wallBelow = (r: number, c: number): boolean =>
    coverage(horizontal, ys[r + 1], xs[c], xs[c + 1]) >= BORDER_COVERAGE;
  const taken = Array.from({ length: rows }, () => new Array<boolean>(columns).fill(false));
  const cells: GridCell[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (taken[row][column]) continue;
      let colspan = 1;
      while (
        column + colspan < columns &&
        !taken[row][column + colspan] &&
        !wallRight(row, column + colspan - 1)
      )
        colspan++;
      let rowspan = 1;
      while (row + rowspan < rows && openBelow(row + rowspan - 1, column, colspan)) rowspan++;
      for (let r = row; r < row + rowspan; r++) taken[r].fill(true, column, column + colspan);
      cells.push({ row, column, rowspan, colspan, words: [] });
    }
  }
  return { xs, ys, cells };

  /** Nothing is drawn below the stretch, and the row below is closed at the same two sides. */
  function openBelow(r: number, column: number, colspan: number): boolean {
    for (let c = column; c < column + colspan; c++) {
      if (taken[r + 1][c] || wallBelow(r, c)) return false;
      if (c < column + colspan - 1 && wallRight(r + 1, c)) return false;
    }
    const leftClosed = column === 0 || wallRight(r + 1, column - 1);
    const rightClosed = column + colspan === columns || wallRight(r + 1, column + colspan - 1);
    return leftClosed && rightClosed;
  }
}
