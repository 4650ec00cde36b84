import * as z from 'zod';
import { LegibleError } from '../../errors.js';
import { PageRange } from '../../pipeline/options.js';

/** A page range list is typed by hand; a longer one is a mistake. */
const MAX_RANGES = 1_000;

/** `[{"start":1,"end":3}]` as a JSON string. Errors: `invalid_argument`. */
export function parseJsonRanges(text: string | undefined): readonly PageRange[] | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const invalid = (what: string) =>
    new LegibleError(
      'invalid_argument',
      `page_ranges ${what}.`,
      'Send a JSON string such as [{"start":1,"end":3}]; pages count from 1.',
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid('is not JSON');
  }
  const ranges = z.array(PageRange).min(1).max(MAX_RANGES).safeParse(value);
  if (!ranges.success) throw invalid('is not a list of page ranges');
  for (const { start, end } of ranges.data) {
    if (typeof start === 'number' && typeof end === 'number' && start > end)
      throw invalid(`has a range that ends (${end}) before it starts (${start})`);
  }
  return ranges.data;
}
