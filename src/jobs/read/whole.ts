import type { Page } from '../../document/block.js';
import type { Format } from '../../pipeline/options.js';
import { PieceJoiner, writePieces } from '../../pipeline/write/index.js';
import type { WholeRequest } from '../api.js';
import type { Job } from '../job.js';
import { jsonEnvelope, jsonPage } from './json-parts.js';

/**
 * The finished pages as one document, in parts of about a page: neither the pages nor the text are
 * ever in memory as a whole.
 */
export function wholeResult(
  job: Job,
  { format, runningHeads = 'omit' }: WholeRequest,
  pages: AsyncIterable<Page>,
): AsyncGenerator<string> {
  return format === 'json' ? json(job, pages) : text(format, runningHeads, pages);
}

async function* text(
  format: Exclude<Format, 'json'>,
  runningHeads: NonNullable<WholeRequest['runningHeads']>,
  pages: AsyncIterable<Page>,
): AsyncGenerator<string> {
  const joiner = new PieceJoiner();
  for await (const page of pages) {
    let settled = '';
    for (const piece of writePieces(page, format, runningHeads)) settled += joiner.add(piece);
    if (settled !== '') yield settled;
  }
  yield joiner.end();
}

async function* json(job: Job, pages: AsyncIterable<Page>): AsyncGenerator<string> {
  const { head, tail } = jsonEnvelope(job);
  yield head;
  let comma = '';
  for await (const page of pages) {
    yield comma + jsonPage(page);
    comma = ',';
  }
  yield tail;
}
