import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Corpus, SetName } from './corpus.js';

/** A line of the scorer: `scans n=42 nid 0.9795 mhs 0.0104 …`. */
export interface Score {
  readonly who: string;
  readonly set: string;
  readonly metrics: Readonly<Record<string, number>>;
}

function parseMetrics(text: string): Record<string, number> {
  const metrics: Record<string, number> = {};
  for (const [, name, value] of text.matchAll(/([a-z-]+)[ =](-?\d+(?:\.\d+)?)/g))
    metrics[name] = Number(value);
  return metrics;
}

/** Scores a folder of answers; with `each` also one line a document, worst first. */
export function score(
  corpus: Corpus,
  folder: string,
  set: SetName,
  answers: string,
  each: boolean,
): { score: Score; lines: string[] } {
  const output = execFileSync(
    process.execPath,
    [corpus.scorer, set, folder, answers, ...(each ? ['--each'] : [])],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const lines = output.trimEnd().split('\n');
  const total = lines.pop()!;
  return { score: { who: 'legible', set, metrics: parseMetrics(total.slice(set.length)) }, lines };
}

/** The peers' lines on the same set, from the corpus' BASELINES.md; none when it is missing. */
export function baselines(corpus: Corpus, set: SetName): Score[] {
  const path = join(corpus.folder, 'BASELINES.md');
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => /^(\S+)\s+(\S+)\s+(n=\d+ .*)$/.exec(line))
    .filter((match) => match?.[2] === set)
    .map((match) => ({ who: match![1], set, metrics: parseMetrics(match![3]) }));
}
