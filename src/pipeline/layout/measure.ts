import type { Line } from '../../document/block.js';
import { contentsLines } from './contents-lines.js';
import type { PageFacts } from './facts.js';
import { lineSize, lineText } from './lines.js';

/** A baseline distance above this multiple of the usual one starts a new paragraph. */
export const LOOSE = 1.28;
/** An indent is at least this many ems. */
export const INDENT = 0.9;
export const SENTENCE_END = /[.!?:;。！？]["'”’)\]]*$/u;
/** An entry of an index ends with its pages: `quays, 12, 40–44`. */
export const INDEX_END = /,\s*\d{1,4}(?:[-–]\d{1,4})?$/u;
/** From this share of such lines on a column is an index, at this many lines at least. */
const INDEX = { share: 0.4, lines: 6 };
/** From this share of its indented lines on that carry on a full line, a column is set in hanging indents. */
const HANGING = 0.6;
/** A line is short when at least the next line's first word plus this many ems would have fitted. */
const SPARE = 1;

/** What a column's lines are measured against. */
export interface Measure {
  readonly left: number;
  readonly right: number;
  /** Usual baseline distance by rounded size. */
  readonly pitch: (size: number) => number;
  readonly facts: PageFacts;
  /** Entries start at the left edge and their further lines are indented: bibliographies, dictionaries, dialogue. */
  readonly hanging: boolean;
  readonly index: boolean;
  /** Lines that end an entry of a table of contents. */
  readonly contents: ReadonlySet<Line>;
}

/** Measures a column by its lines, top to bottom. */
export function measureColumn(lines: readonly Line[], facts: PageFacts): Measure {
  const bySize = new Map<number, number[]>();
  for (let i = 1; i < lines.length; i++) {
    const size = lineSize(lines[i]);
    if (Math.abs(lineSize(lines[i - 1]) - size) > size * 0.1) continue;
    const distance = lines[i].baseline - lines[i - 1].baseline;
    if (distance < size * 0.7 || distance > size * 2.2) continue;
    const key = Math.round(size);
    const held = bySize.get(key);
    if (held) held.push(distance);
    else bySize.set(key, [distance]);
  }
  for (const distances of bySize.values()) distances.sort((a, b) => a - b);
  const pitch = (size: number): number => {
    const distances = bySize.get(Math.round(size));
    const general = (facts.pitch / facts.bodySize) * size;
    if (!distances || distances.length < 3) return distances ? Math.min(general, distances[0]) : general;
    return distances[Math.floor(distances.length * 0.4)];
  };
  const left = Math.min(...lines.map((l) => l.box.x0));
  const right = Math.max(...lines.map((l) => l.box.x1));
  const entries = lines.filter((l) => INDEX_END.test(lineText(l))).length;
  return {
    left,
    right,
    pitch,
    facts,
    hanging: isHanging(lines, left, right, facts),
    contents: contentsLines(lines),
    index: lines.length >= INDEX.lines && entries >= lines.length * INDEX.share,
  };
}

/** What goes on after a full line is mostly set in from the edge, and what is set in mostly goes on after one. */
function isHanging(lines: readonly Line[], left: number, right: number, facts: PageFacts): boolean {
  let on = 0;
  let anew = 0;
  for (let i = 1; i < lines.length; i++) {
    const [before, line] = [lines[i - 1], lines[i]];
    const em = lineSize(line);
    if (before.box.x0 > left + em * 0.5 || line.baseline - before.baseline > facts.pitch * LOOSE) continue;
    const full = !hasRoom(before, line, em, { right, facts });
    const indented = line.box.x0 > left + em * INDENT;
    if (full && SENTENCE_END.test(lineText(before))) continue;
    if (full && indented) on++;
    else if (full || indented) anew++;
  }
  return on >= 2 && on >= (on + anew) * HANGING;
}

/** The next line's first word would have fitted on the line before. */
export function hasRoom(before: Line, line: Line, em: number, m: Pick<Measure, 'right' | 'facts'>): boolean {
  const first = line.words[0].box;
  return m.right - before.box.x1 >= first.x1 - first.x0 + em * SPARE + m.facts.wordGap;
}
