import type { Score } from './scorer.js';

/** What a line of the scorer has to reach. */
export interface Bound {
  readonly set: string;
  readonly metric: string;
  readonly at: number;
  readonly better: 'higher' | 'lower';
  /** `first`: a release below it is broken. `goal`: where the project wants to be. */
  readonly kind: 'first' | 'goal';
}

const bound = (kind: Bound['kind'], set: string, metric: string, sign: '>=' | '<=', at: number): Bound => ({
  kind,
  set,
  metric,
  at,
  better: sign === '>=' ? 'higher' : 'lower',
});

export const BOUNDS: readonly Bound[] = [
  bound('first', 'typeset', 'overall', '>=', 0.9),
  bound('first', 'scans', 'words', '>=', 0.97),
  bound('first', 'books', 'micro-cer', '<=', 0.016),
  bound('first', 'receipts', 'words', '>=', 0.78),
  bound('goal', 'typeset', 'overall', '>=', 0.96),
  bound('goal', 'typeset', 'mhs', '>=', 0.93),
  bound('goal', 'typeset', 'teds', '>=', 0.85),
  bound('goal', 'typeset', 'nid', '>=', 0.98),
  bound('goal', 'tables', 'teds', '>=', 0.82),
  bound('goal', 'tables', 'shape', '>=', 0.87),
  bound('goal', 'tables', 'extra', '<=', 0.2),
  bound('goal', 'scans', 'overall', '>=', 0.85),
  bound('goal', 'scans', 'mhs', '>=', 0.75),
  bound('goal', 'scans', 'teds', '>=', 0.6),
  bound('goal', 'scans', 'words', '>=', 0.988),
  bound('goal', 'assertions', 'all', '>=', 0.75),
  bound('goal', 'books', 'micro-cer', '<=', 0.011),
  bound('goal', 'receipts', 'words', '>=', 0.82),
];

export interface Verdict extends Bound {
  readonly value: number;
  readonly holds: boolean;
}

export const judge = (score: Score): Verdict[] =>
  BOUNDS.filter((one) => one.set === score.set && one.metric in score.metrics).map((one) => {
    const value = score.metrics[one.metric];
    return { ...one, value, holds: one.better === 'higher' ? value >= one.at : value <= one.at };
  });
