import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Corpus, SetName } from './corpus.js';

/** What the bench uses of the scorer's metrics. */
export interface Metrics {
  plainText(markdown: string): string;
  cer(truth: string, guess: string): number;
  /** Of the words' multisets: `precision` is the share of the guessed words that are right. */
  bagF1(truth: string, guess: string): { f1: number; precision: number };
}

export const loadMetrics = async (corpus: Corpus): Promise<Metrics> =>
  (await import(pathToFileURL(join(dirname(corpus.scorer), 'metrics.mjs')).href)) as Metrics;

/** The text of a document as it should be read; undefined for sets whose truth is not a text. */
export function truthOf(corpus: Corpus, set: SetName, name: string): string | undefined {
  const file = (extension: string) => join(corpus.folder, set, name + extension);
  if (set === 'typeset' || set === 'scans') return readFileSync(file('.md'), 'utf8');
  if (set === 'books') return readFileSync(file('.txt'), 'utf8');
  if (set !== 'receipts' || !existsSync(file('.csv'))) return undefined;
  const rows = readFileSync(file('.csv'), 'latin1').split(/\r?\n/).filter(Boolean);
  return rows.map((row) => row.split(',').slice(8).join(',')).join('\n');
}
