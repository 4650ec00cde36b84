import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Corpus, SetName } from './corpus.js';
import type { Outcome } from './extract.js';
import { loadMetrics, truthOf } from './truth.js';

/** A page with more wrong characters than this misleads its reader. */
const MISLEADING_SHARE = 0.2;

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
  const metrics = await loadMetrics(corpus);
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
