import type { Rule } from '../../document/page.js';

/** Ends this close, in points, belong to one line. */
const JOIN_GAP = 1;
/** Lines whose middles differ by less than this, in points, lie on one line. */
const SAME_LINE = 0.8;
/** Dashes and dots are at most this long and this far apart, in points. */
const MAX_DASH = 12;
const MAX_DASH_GAP = 8;
/** So many pieces in a row make a dashed line; fewer may be marks. */
const MIN_DASHES = 4;
/** Shorter than this, in points, a lone piece is a dot or a tick, not a ruling. */
const MIN_RULE_LENGTH = 3;

/** Joins pieces of one line: touching ones always, dashes and dots where they repeat. Lone dots are dropped. */
export function mergeRules(rules: readonly Rule[]): Rule[] {
  return [...mergeOriented(rules, 'horizontal'), ...mergeOriented(rules, 'vertical')];
}

/** A rule seen along its own direction: from `start` to `end`, across from `low` to `high`. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly low: number;
  readonly high: number;
}

function mergeOriented(rules: readonly Rule[], orientation: Rule['orientation']): Rule[] {
  const level = orientation === 'horizontal';
  const spans = rules
    .filter((rule) => rule.orientation === orientation || isDot(rule))
    .map(({ box: b }) =>
      level
        ? { start: b.x0, end: b.x1, low: b.y0, high: b.y1 }
        : { start: b.y0, end: b.y1, low: b.x0, high: b.x1 },
    );
  const lines = groupByLine(spans);
  return lines
    .flatMap((line) => joinDashes(joinTouching(line)))
    .filter((span) => span.end - span.start >= MIN_RULE_LENGTH)
    .map(({ start, end, low, high }) => ({
      orientation,
      box: level ? { x0: start, y0: low, x1: end, y1: high } : { x0: low, y0: start, x1: high, y1: end },
    }));
}

/** A piece without direction takes part in both. */
const isDot = ({ box: b }: Rule): boolean => b.x1 - b.x0 < MIN_RULE_LENGTH && b.y1 - b.y0 < MIN_RULE_LENGTH;

const middle = (span: Span): number => (span.low + span.high) / 2;

function groupByLine(spans: readonly Span[]): Span[][] {
  const sorted = [...spans].sort((a, b) => middle(a) - middle(b));
  const lines: Span[][] = [];
  for (const span of sorted) {
    const line = lines.at(-1);
    if (line && middle(span) - middle(line[0]) <= SAME_LINE) line.push(span);
    else lines.push([span]);
  }
  return lines;
}

function joinTouching(line: readonly Span[]): Span[] {
  const sorted = [...line].sort((a, b) => a.start - b.start);
  const joined: Span[] = [];
  for (const span of sorted) {
    const last = joined.at(-1);
    if (last && span.start - last.end <= JOIN_GAP) joined[joined.length - 1] = union(last, span);
    else joined.push(span);
  }
  return joined;
}

/** Joins rows of short pieces at even distances; other pieces stay as they are. */
function joinDashes(line: readonly Span[]): Span[] {
  const out: Span[] = [];
  let row: Span[] = [];
  const flush = () => {
    if (row.length >= MIN_DASHES) out.push(row.reduce(union));
    else out.push(...row);
    row = [];
  };
  for (const span of line) {
    const last = row.at(-1);
    const short = span.end - span.start <= MAX_DASH;
    if (!short || (last && span.start - last.end > MAX_DASH_GAP)) flush();
    if (short) row.push(span);
    else out.push(span);
  }
  flush();
  return out;
}

const union = (a: Span, b: Span): Span => ({
  start: Math.min(a.start, b.start),
  end: Math.max(a.end, b.end),
  low: Math.min(a.low, b.low),
  high: Math.max(a.high, b.high),
});
