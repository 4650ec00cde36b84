import { LOW_CONFIDENCE, type PageRecord, type PageSource, type Warning } from '../document/page.js';
import { isFinal, type Job } from '../jobs/job.js';
import { pageList } from '../jobs/read/selection.js';
import { call } from './next.js';

/** Characters of page numbers in a call; longer lists become one range. */
const LONGEST_PAGE_LIST = 60;
/** So many exceptions are named one by one in an answer; the rest is counted. */
const MAX_EXCEPTIONS = 12;

const SOURCE_NAMES: Record<PageSource, string> = {
  text_layer: 'text layer',
  ocr: 'OCR',
  mixed: 'text layer with OCR of its images',
  blank: 'blank',
  failed: 'failed',
};

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** What file names usually are made of, at a usual length. */
const PLAIN_NAME = /^[\p{L}\p{M}\p{N} ._()+,&'-]{1,80}$/u;

/**
 * A file name in a line of the tool's own. Whoever made the file chose its name, so one that could be
 * taken for something that the tool says stands in quotes.
 */
export const shownName = ({ fileName }: Job): string =>
  PLAIN_NAME.test(fileName) ? fileName : JSON.stringify(fileName);

/** `scan.pdf: 12 pages; text layer: 1-8, 10-12; OCR: 9; confidence 93; 4 doubtful words` */
export function summaryLine(job: Job, records: readonly PageRecord[]): string {
  const sources = Object.entries(SOURCE_NAMES)
    .map(([source, name]) => ({ name, pages: records.filter((record) => record.source === source) }))
    .filter(({ pages }) => pages.length > 0)
    .map(({ name, pages }) => `${name}: ${pageList(pages.map(({ number }) => number))}`);
  const parts = [`${shownName(job)}: ${progressPhrase(job)}`, ...sources];
  const confidence = meanConfidence(records);
  if (confidence !== undefined) parts.push(`confidence ${confidence}`);
  const doubtful = records.reduce((sum, record) => sum + record.doubtfulWords, 0);
  if (doubtful > 0) parts.push(plural(doubtful, 'doubtful word'));
  return parts.join('; ');
}

/** The call that lists the doubtful words of the pages that `records` speak of; undefined where there are none. */
export function doubtfulCall(job: Job, records: readonly PageRecord[]): string | undefined {
  const numbers = records.filter(({ doubtfulWords }) => doubtfulWords > 0).map(({ number }) => number);
  if (numbers.length === 0) return undefined;
  const all = records.length === job.pages.length;
  const list = pageList(numbers);
  const pages = list.length > LONGEST_PAGE_LIST ? `${numbers[0]}-${numbers[numbers.length - 1]}` : list;
  return call('search_result', { job_id: job.id, doubtful: true, ...(!all && { pages }) });
}

/** `12 pages`, or how far a running job is. */
export function progressPhrase(job: Job): string {
  const finished = job.pagesCompleted.length + job.pagesFailed.length;
  if (job.status === 'done') return plural(job.pages.length, 'page');
  if (job.pages.length === 0) return job.status;
  return `${job.status}, ${finished} of ${plural(job.pages.length, 'page')} finished`;
}

/** Mean over the words of all pages, since short pages say little; undefined without words. */
export function meanConfidence(records: readonly PageRecord[]): number | undefined {
  let words = 0;
  let sum = 0;
  for (const { confidence, words: count } of records) {
    if (confidence === null) continue;
    words += count;
    sum += confidence * count;
  }
  return words > 0 ? Math.round(sum / words) : undefined;
}

/** What a reader should know of a page before trusting it; undefined where nothing stands out. */
export function exceptionOf(record: PageRecord): string | undefined {
  const notes: string[] = [];
  if (record.source === 'failed')
    notes.push(record.error ? `failed (${record.error.code}): ${record.error.message}` : 'failed');
  const isUnsure = record.confidence !== null && record.confidence < LOW_CONFIDENCE;
  if (isUnsure) {
    const doubtful = record.doubtfulWords > 0 ? `, ${plural(record.doubtfulWords, 'doubtful word')}` : '';
    notes.push(`confidence ${Math.round(record.confidence)}${doubtful} (${record.reason})`);
  }
  // The note says it already.
  const more = record.warnings.filter(({ code }) => !(isUnsure && code === 'low_confidence'));
  notes.push(...more.map(({ message }) => message));
  return notes.length > 0 ? `page ${record.number}: ${notes.join(' ')}` : undefined;
}

/** One line an exception: warnings of the document, then pages that stand out. */
export function exceptionLines(records: readonly PageRecord[], warnings: readonly Warning[]): string[] {
  const lines = [
    ...warnings.map(({ message }) => `note: ${message}`),
    ...records.map(exceptionOf).filter((line) => line !== undefined),
  ];
  if (lines.length <= MAX_EXCEPTIONS) return lines;
  return [
    ...lines.slice(0, MAX_EXCEPTIONS),
    `… and ${lines.length - MAX_EXCEPTIONS} more; format "json" tells them page by page.`,
  ];
}

/** Milliseconds until all pages are finished at the pace so far; undefined while nothing is known. */
export function remainingMilliseconds(job: Job, now = Date.now()): number | undefined {
  const finished = job.pagesCompleted.length + job.pagesFailed.length;
  if (isFinal(job.status) || job.startedAt === undefined || finished === 0) return undefined;
  return ((now - job.startedAt) / finished) * (job.pages.length - finished);
}
