import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Corpus, SetName } from './corpus.js';
import type { Outcome } from './extract.js';

/** A page with more wrong characters than this misleads its reader. */
const MISLEADING_SHARE = 0.2;

interface Metrics {
  plainText(markdown: string): string;
  cer(truth: string, guess: string): number;
  bagF1(truth: string, guess: string): { f1: number };
}

function truthOf(corpus: Corpus, set: SetName, name: string): string | undefined {
  const file = (extension: string) => join(corpus.folder, set, name + extension);
  if (set === 'typeset' || set === 'scans') return readFileSync(file('.md'), 'utf8');
  if (set === 'books') return readFileSync(file('.txt'), 'utf8');
  if (set !== 'receipts' || !existsSync(file('.csv'))) return undefined;
  const rows = readFileSync(file('.csv'), 'latin1').split(/\r?\n/).filter(Boolean);
  return rows.map((row) => row.split(',').slice(8).join(',')).join('\n');
}

/**
 * Documents with more than 20 % wrong characters and no warning on any page: errors that nobody is told of.
 * The share of wrong characters is bounded from above by the character error rate (which also counts
 * order) and by one minus the F1 of the words (which counts a word wrong for one character): the smaller
 * of the two is taken.
 */
export async function silentFailures(
  corpus: Corpus,
  set: SetName,
  answers: string,
  outcomes: readonly Outcome[],
): Promise<{ judged: number; silent: string[] }> {
  const metrics = (await import(pathToFileURL(join(dirname(corpus.scorer), 'metrics.mjs')).href)) as Metrics;
  const silent: string[] = [];
  let judged = 0;
  for (const outcome of outcomes) {
    const raw = truthOf(corpus, set, outcome.name);
    if (raw === undefined) continue;
    judged++;
    const truth = metrics.plainText(raw).toUpperCase();
    const got = metrics.plainText(readFileSync(join(answers, `${outcome.name}.md`), 'utf8')).toUpperCase();
    const wrong = Math.min(metrics.cer(truth, got), 1 - metrics.bagF1(truth, got).f1);
    const warned = outcome.error !== undefined || outcome.pages.some((page) => page.warnings.length > 0);
    if (wrong > MISLEADING_SHARE && !warned) silent.push(`${outcome.name} (${(wrong * 100).toFixed(0)} %)`);
  }
  return { judged, silent };
}
