import type { Rule } from '../../../document/page.js';
import type { Word } from '../../../document/word.js';
import type { ShadeEdge } from './shading.js';

/**
 * A straight border between cells: a drawn rule, the side of a filled cell, or a row of dashes typed
 * as text. `at` is its coordinate across, `from` and `to` its extent along, in points.
 */
export interface Edge {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface Edges {
  readonly horizontal: readonly Edge[];
  readonly vertical: readonly Edge[];
}

/** Edges closer than this are one: the two strokes of a double line, or neighbours' borders drawn twice (pdfplumber's default). */
export const SNAP = 3;
/** Collinear pieces with gaps up to this are one line: dashes, and borders drawn cell by cell (pdfplumber's default). */
const JOIN = 3;
/** A shorter edge is a tick, a dash or a letter's stroke. */
const MIN_EDGE = 4;
/** Rules typed as text: `-----`, `_____`, `=====`. */
const TYPED_RULE = /^[-_=\u2013\u2014\u2500\u2501\u2550]{4,}$/;

export const isTypedRule = (word: Word): boolean => TYPED_RULE.test(word.text);

/** The borders of a page, and of `shading` where given, snapped and joined (pdfplumber's `snap_edges` and `join_edge_group`). */
export function findEdges(
  page: { rules: readonly Rule[]; words: readonly Word[] },
  shading: readonly ShadeEdge[] = [],
): Edges {
  const horizontal: Edge[] = [];
  const vertical: Edge[] = [];
  for (const { orientation, box } of page.rules) {
    if (orientation === 'horizontal')
      horizontal.push({ at: (box.y0 + box.y1) / 2, from: box.x0, to: box.x1 });
    else vertical.push({ at: (box.x0 + box.x1) / 2, from: box.y0, to: box.y1 });
  }
  for (const { orientation, ...edge } of shading) {
    (orientation === 'horizontal' ? horizontal : vertical).push(edge);
  }
  for (const word of page.words) {
    if (!isTypedRule(word) || word.angle) continue;
    // A typed dash is drawn about a third of an em above its baseline; an underscore on it.
    const at = word.text[0] === '_' ? word.baseline + 1 : word.baseline - word.size * 0.3;
    horizontal.push({ at, from: word.box.x0, to: word.box.x1 });
  }
  return { horizontal: snapAndJoin(horizontal), vertical: snapAndJoin(vertical) };
}

/** Moves edges of nearly the same position onto their mean, then joins what touches. */
function snapAndJoin(edges: readonly Edge[]): Edge[] {
  const sorted = [...edges].sort((a, b) => a.at - b.at);
  const joined: Edge[] = [];
  let group: Edge[] = [];
  const flush = (): void => {
    if (group.length) joined.push(...joinCollinear(group));
    group = [];
  };
  for (const edge of sorted) {
    // Measured from the group's first member, so that a ladder of close lines cannot collapse into one.
    if (group.length && edge.at - group[0].at > SNAP) flush();
    group.push(edge);
  }
  flush();
  return joined.filter((e) => e.to - e.from >= MIN_EDGE);
}

function joinCollinear(group: readonly Edge[]): Edge[] {
  const length = group.reduce((sum, e) => sum + Math.max(e.to - e.from, 0.1), 0);
  const at = group.reduce((sum, e) => sum + e.at * Math.max(e.to - e.from, 0.1), 0) / length;
  const out: { at: number; from: number; to: number }[] = [];
  for (const e of [...group].sort((a, b) => a.from - b.from)) {
    const last = out[out.length - 1];
    if (last && e.from - last.to <= JOIN) last.to = Math.max(last.to, e.to);
    else out.push({ at, from: e.from, to: e.to });
  }
  return out;
}

/** Share of the stretch `from`–`to` at position `at` that edges lie on. */
export function coverage(
  edges: readonly Edge[],
  at: number,
  from: number,
  to: number,
  tolerance = SNAP,
): number {
  let covered = 0;
  for (const e of edges) {
    if (Math.abs(e.at - at) > tolerance) continue;
    covered += Math.max(0, Math.min(e.to, to) - Math.max(e.from, from));
  }
  return to > from ? Math.min(1, covered / (to - from)) : 0;
}
