import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Corpus, SetName } from './corpus.js';
import type { Outcome } from './extract.js';
import { print } from './report.js';
import { loadMetrics, truthOf } from './truth.js';

const SETS: readonly SetName[] = ['scans', 'books', 'receipts'];
/** Lower ends of the bins, in points of confidence; fine where most pages are. */
const BINS = [0, 50, 60, 70, 80, 85, 90, 95, 98];
const BAR = 40;

interface Point {
  /** 0–100, as the page record states it. */
  readonly confidence: number;
  /** 0–100: share of the words on the page that are in the truth. */
  readonly right: number;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

async function pointsOf(corpus: Corpus, out: string): Promise<Point[]> {
  const metrics = await loadMetrics(corpus);
  const points: Point[] = [];
  for (const set of SETS) {
    const path = join(out, set, 'outcomes.json');
    if (!existsSync(path)) continue;
    for (const { name, pages } of JSON.parse(readFileSync(path, 'utf8')) as Outcome[]) {
      const words = pages.reduce((sum, page) => sum + page.words, 0);
      const truth = truthOf(corpus, set, name);
      if (truth === undefined || words === 0 || pages.some((page) => page.source !== 'ocr')) continue;
      const confidence = pages.reduce((sum, page) => sum + (page.confidence ?? 0) * page.words, 0) / words;
      const answer = readFileSync(join(out, set, `${name}.md`), 'utf8');
      const { precision } = metrics.bagF1(metrics.plainText(truth), metrics.plainText(answer));
      points.push({ confidence, right: precision * 100 });
    }
  }
  return points;
}

/**
 * Whether a page's confidence is what it says, the expected share of right words: for each range of confidence the
 * mean figure beside the share of words that are right, and the mean distance of the two over all documents and over
 * the ranges (expected calibration error, Guo et al. 2017). Prints nothing when no recognised document is there.
 */
export async function printReliability(corpus: Corpus, out: string): Promise<void> {
  const points = await pointsOf(corpus, out);
  if (points.length === 0) return;
  print(`\nconfidence of ${points.length} recognised documents against the share of right words`);
  print('  confidence   n   stated   right');
  let calibrationError = 0;
  BINS.forEach((low, index) => {
    const high = BINS[index + 1] ?? 101;
    const inside = points.filter(({ confidence }) => confidence >= low && confidence < high);
    if (inside.length === 0) return;
    const stated = mean(inside.map(({ confidence }) => confidence));
    const right = mean(inside.map((point) => point.right));
    calibrationError += (Math.abs(stated - right) * inside.length) / points.length;
    const bar = '█'.repeat(Math.round((right / 100) * BAR)).padEnd(BAR, '·');
    const range = `${low}–${Math.min(high, 100)}`.padEnd(9);
    print(
      `  ${range} ${String(inside.length).padStart(4)}   ${stated.toFixed(1).padStart(6)}  ${right.toFixed(1).padStart(6)}  ${bar}`,
    );
  });
  const distance = mean(points.map(({ confidence, right }) => Math.abs(confidence - right)));
  print(
    `  mean distance ${distance.toFixed(1)} points a document, expected calibration error ${calibrationError.toFixed(1)} points`,
  );
}
