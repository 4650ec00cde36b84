import type { Line } from '../../../document/block.js';
import { overlapX } from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';
import type { PageFacts } from '../facts.js';
import { lineSize, splitAtGaps } from '../lines.js';
import { firstWhere } from '../search.js';
import { isValueChunk } from './chunks.js';
import { isFull } from './wraps.js';

/** Gaps inside justified prose stay below this share of the em; column gutters do not. */
const PROSE_GAP = 1.1;
/** Lines that make a stretch of prose. */
const MIN_LINES = 3;
/** Prose lines hold at least this many words on average, and are at least this wide in ems. */
const MIN_WORDS = 4;
const MIN_WIDTH = 13;
/** Share of the line breaks that came for want of room: paragraphs' ends are the exceptions. */
const WRAPS = 0.6;
/** Line starts this many ems apart are the same. */
const SAME_START = 0.3;
/** Successive lines of prose are at most this many ems apart. */
const MAX_PITCH = 1.9;
/** Left sides of prose lines differ by at most this many ems (first lines and hanging markers). */
const MAX_INDENT = 2.6;
/** At most this share of a prose line's words are figures. */
const MAX_FIGURES = 0.3;

/** A line is labelled when a figure stands on it within this many of its widths, a run when this share of its lines are. */
const FIGURE_REACH = 1.5;
/** Baselines of one line differ by less than this share of the em. */
const SAME_LINE = 0.2;
const LABELLED = 0.6;
/** Labels hold at most this many words on average; running text beside a table holds more. */
const MAX_LABEL_WORDS = 6.5;

/** A stretch of running text: its lines, and the words they hold. */
export interface ProseBlock {
  readonly lines: readonly Line[];
  readonly x0: number;
  readonly x1: number;
}

/** Runs of at least three full lines of words, from a page's rows: what no unruled table may take in. */
export function findProse(rows: readonly Line[], facts: PageFacts): ProseBlock[] {
  const lines = rows
    .flatMap((row) => splitAtGaps(row, Math.max(lineSize(row) * PROSE_GAP, facts.wordGap * 2.2)))
    .sort((a, b) => a.baseline - b.baseline || a.box.x0 - b.box.x0);
  const next = lines.map((line, i) => below(line, lines, i));
  const figures = figuresOf(lines);
  const taken = new Set<Line>();
  const blocks: ProseBlock[] = [];
  lines.forEach((line, start) => {
    if (taken.has(line)) return;
    const run = [line];
    let i = start;
    let step = 0;
    while (next[i] >= 0) {
      const lower = lines[next[i]];
      const distance = lower.baseline - lines[i].baseline;
      if (taken.has(lower) || (step > 0 && Math.abs(distance - step) > step * 0.2)) break;
      step = distance;
      run.push(lower);
      i = next[i];
    }
    if (!isProse(run, figures) || isLabelled(run, figures)) return;
    for (const l of run) taken.add(l);
    blocks.push({
      lines: run,
      x0: Math.min(...run.map((l) => l.box.x0)),
      x1: Math.max(...run.map((l) => l.box.x1)),
    });
  });
  return blocks;
}

/** Figures of a page's lines. */
interface Figures {
  readonly inLine: (line: Line) => readonly Word[];
  /** All of them, by their baselines. */
  readonly all: () => readonly Word[];
}

/** Each line is looked through once, and only where it is asked for. */
function figuresOf(lines: readonly Line[]): Figures {
  const known = new Map<Line, readonly Word[]>();
  const inLine = (line: Line): readonly Word[] => {
    let figures = known.get(line);
    if (!figures) {
      figures = line.words.filter((w) => isValueChunk([w]));
      known.set(line, figures);
    }
    return figures;
  };
  let sorted: readonly Word[] | undefined;
  const all = (): readonly Word[] => {
    sorted ??= lines.flatMap(inLine).sort((a, b) => a.baseline - b.baseline);
    return sorted;
  };
  return { inLine, all };
}

/** Figures stand beside most of the lines: they are the labels of a table's rows. */
function isLabelled(run: readonly Line[], { all }: Figures): boolean {
  if (run.reduce((sum, l) => sum + l.words.length, 0) > run.length * MAX_LABEL_WORDS) return false;
  const figures = all();
  const hasFigure = ({ box, baseline }: Line, tolerance: number): boolean => {
    let i = firstWhere(figures, (w) => w.baseline > baseline - tolerance);
    for (; i < figures.length && figures[i].baseline < baseline + tolerance; i++) {
      const { x0, x1 } = figures[i].box;
      const apart = x0 > box.x1 || x1 < box.x0;
      if (apart && Math.max(x0 - box.x1, box.x0 - x1) < (box.x1 - box.x0) * FIGURE_REACH) return true;
    }
    return false;
  };
  const labels = run.filter((l) => hasFigure(l, lineSize(l) * SAME_LINE));
  return labels.length >= run.length * LABELLED;
}

/** Index of the line that reads on right below, or -1. */
function below(line: Line, lines: readonly Line[], from: number): number {
  const size = lineSize(line);
  for (let j = from + 1; j < lines.length; j++) {
    const lower = lines[j];
    const distance = lower.baseline - line.baseline;
    if (distance > size * MAX_PITCH) return -1;
    if (distance < size * 0.7) continue;
    const narrower = Math.min(line.box.x1 - line.box.x0, lower.box.x1 - lower.box.x0);
    if (overlapX(line.box, lower.box) < narrower * 0.5) continue;
    if (Math.abs(lineSize(lower) - size) > size * 0.12) return -1;
    return Math.abs(lower.box.x0 - line.box.x0) <= size * MAX_INDENT ? j : -1;
  }
  return -1;
}

/** At least half of the lines start where half of the lines do, within `tolerance` points. */
function shareStart(run: readonly Line[], tolerance: number): boolean {
  const starts = run.map((l) => l.box.x0).sort((a, b) => a - b);
  let common = 0;
  let from = 0;
  let to = 0;
  for (const start of starts) {
    while (start - starts[from] > tolerance) from++;
    while (to < starts.length && starts[to] - start <= tolerance) to++;
    if (to - from >= run.length * 0.5) common++;
  }
  return common >= run.length * 0.5;
}

function isProse(run: readonly Line[], figures: Figures): boolean {
  if (run.length < MIN_LINES) return false;
  const size = lineSize(run[0]);
  const widths = run.map((l) => l.box.x1 - l.box.x0);
  const widest = widths.reduce((a, b) => Math.max(a, b));
  if (widest < size * MIN_WIDTH) return false;
  const words = run.reduce((sum, l) => sum + l.words.length, 0);
  if (words < run.length * MIN_WORDS) return false;
  if (run.reduce((sum, l) => sum + figures.inLine(l).length, 0) > words * MAX_FIGURES) return false;
  // Running text starts its lines at one place; right-aligned and centred cells do not.
  if (!shareStart(run, size * SAME_START)) return false;
  let wraps = 0;
  for (let i = 1; i < run.length; i++) {
    const [first] = run[i].words;
    if (isFull(widths[i - 1], first.box.x1 - first.box.x0, widest, size)) wraps++;
  }
  return wraps >= (run.length - 1) * WRAPS;
}
