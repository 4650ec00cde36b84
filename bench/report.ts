import type { Verdict } from './bounds.js';
import type { Score } from './scorer.js';

/** Prints to stdout: the bench is a program of its own, not the server. */
export const print = (line = ''): void => {
  process.stdout.write(`${line}\n`);
};

/** A progress line on stderr, only where a person watches. */
export function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

/** Our line over those of the others, one column a metric. */
export function printScores(scores: readonly Score[]): void {
  const metrics = [...new Set(scores.flatMap((score) => Object.keys(score.metrics)))].filter(
    (name) => name !== 'n',
  );
  print(`  ${''.padEnd(16)}${metrics.map((name) => name.padStart(10)).join('')}`);
  for (const { who, metrics: values } of scores) {
    const cells = metrics.map((name) => (name in values ? values[name].toFixed(4) : '-').padStart(10));
    print(`  ${who.padEnd(16)}${cells.join('')}`);
  }
}

export function printVerdicts(verdicts: readonly Verdict[]): void {
  for (const { set, metric, at, better, kind, value, holds } of verdicts) {
    const sign = better === 'higher' ? '≥' : '≤';
    print(
      `  ${holds ? 'pass' : 'FAIL'}  ${kind.padEnd(6)} ${set} ${metric} ${value.toFixed(4)} ${sign} ${at}`,
    );
  }
}
