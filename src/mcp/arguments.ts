import * as z from 'zod';
import { FORMATS, MAX_PAGE, PageRange, RUNNING_HEADS } from '../pipeline/options.js';
import { parsePageRanges } from '../pipeline/page-ranges.js';

/** Longest wait of one call: hosts cut calls at 60 s. */
export const MAX_WAIT_SECONDS = 50;
/** Below 25 000 tokens, where hosts cut, for text in Latin script. */
export const DEFAULT_MAX_CHARS = 40_000;
export const MAX_MAX_CHARS = 400_000;
const MIN_MAX_CHARS = 1_000;
/** Room for summary, exceptions and the next line beside `max_chars` of content. */
export const ANSWER_OVERHEAD_CHARS = 10_000;

export const jobId = z.string().min(1).max(64).describe('The job_id that extract_document answered with.');

export const pages = z
  .union([z.string().min(1).max(2_000), z.int().min(1).max(MAX_PAGE), z.array(PageRange).min(1).max(1_000)], {
    error: 'pages are "1-3,5", "7-last", one number from 1, or [{"start":1,"end":3}]',
  })
  .describe(
    'Pages of the source document, from 1: "1-3,5", "7-last", or [{"start":1,"end":3}]. Default: all pages.',
  );

export const format = z
  .enum(FORMATS)
  .describe(
    'markdown (default) keeps headings, lists and tables; text is plain; json adds boxes (points, top-left origin) and confidence of every word.',
  );

export const runningHeads = z
  .enum(RUNNING_HEADS)
  .optional()
  .describe(
    'Running heads, feet and page numbers: omit (default), or keep to get everything printed on the page. json has them in any case.',
  );

export const maxChars = z
  .int()
  .min(MIN_MAX_CHARS)
  .max(MAX_MAX_CHARS)
  .default(DEFAULT_MAX_CHARS)
  .describe('Longest content of this answer in characters; cut at a page or block border.');

export const waitSeconds = (fallback: number, purpose: string) =>
  z.int().min(0).max(MAX_WAIT_SECONDS).default(fallback).describe(purpose);

/** Every form of `pages` as ranges. */
export function toRanges(value: z.output<typeof pages> | undefined): PageRange[] | undefined {
  if (typeof value === 'number') return [{ start: value, end: value }];
  return typeof value === 'string' ? parsePageRanges(value) : value;
}
