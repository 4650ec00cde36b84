import type { Warning } from '../document/page.js';
import { LegibleError } from '../errors.js';
import type { JobService, Reading, ReadRequest } from '../jobs/api.js';
import { isFinal, type Job } from '../jobs/job.js';
import { pageList } from '../jobs/read/selection.js';
import { DEFAULT_MAX_CHARS } from './arguments.js';
import { fence } from './fence.js';
import { call, pollCall } from './next.js';
import type { Answer } from './result.js';
import { doubtfulCall, exceptionLines, summaryLine } from './summary.js';

/** How the reading was asked for. */
interface Asked {
  /** From the start: then the answer also links the whole document. */
  readonly start: boolean;
  /** Only where it was not the default; the next call has to repeat it. */
  readonly maxChars?: number;
}

/** How a document is to be written. */
export type Wanted = Pick<ReadRequest, 'format' | 'runningHeads'>;

/** The start of a final job's document. Errors: the job's own where no page was read. */
export async function finishedAnswer(
  jobs: JobService,
  owner: string,
  job: Job,
  wanted: Wanted,
): Promise<Answer> {
  if (job.status === 'error' && job.pagesCompleted.length === 0 && job.error)
    throw LegibleError.fromInfo(job.error);
  const reading = await jobs.read(job.id, owner, {
    ...wanted,
    maxChars: DEFAULT_MAX_CHARS,
    pageMarks: true,
  });
  return readingAnswer(reading, await jobs.warnings(job.id, owner), { start: true });
}

/**
 * A part of a document as an answer: one line of summary, the exceptions, the text between fences,
 * and the exact next call.
 */
export function readingAnswer(reading: Reading, warnings: readonly Warning[], asked: Asked): Answer {
  const { job } = reading;
  const doubtful = doubtfulCall(job, reading.pages);
  const lines = [
    `${summaryLine(job, reading.pages)} (job_id ${job.id})${doubtful ? `, listed by ${doubtful}` : ''}`,
    ...(job.error ? [`note: the job ended early, ${job.error.code}: ${job.error.message}`] : []),
    ...exceptionLines(reading.pages, warnings),
    reading.content === '' ? emptyLine(reading) : fence(reading.content),
    `next: ${nextCall(reading, asked)}`,
  ];
  const searchable =
    job.status === 'done' && reading.pages.some(({ source }) => source === 'ocr' || source === 'mixed');
  const link = { jobId: job.id, fileName: job.fileName, searchable };
  return { kind: 'text', text: lines.join('\n'), ...(asked.start && { link }) };
}

function emptyLine({ job, pages }: Reading): string {
  if (pages.length > 0) return 'There is no text on these pages.';
  return isFinal(job.status) ? 'No page was finished.' : 'No page is finished yet.';
}

function nextCall({ job, nextCursor, pending, pages }: Reading, { maxChars }: Asked): string {
  if (nextCursor !== undefined) {
    const last = pages.at(-1)?.number;
    return `${call('get_result', { job_id: job.id, cursor: nextCursor, max_chars: maxChars })}${last ? ` (this answer ends on page ${last} of ${job.pages.at(-1)})` : ''}`;
  }
  if (pending.length > 0 && !isFinal(job.status)) {
    return `${pollCall(job.id)} (pages ${shorten(pageList(pending))} are not finished yet)`;
  }
  if (pending.length > 0)
    return `none; the job is ${job.status}, pages ${shorten(pageList(pending))} were not read.`;
  return 'none, this is the end. view_page shows a page as an image, search_result finds a passage.';
}

const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);
