import type { PageSource } from '../document/page.js';
import { toLegibleError } from '../errors.js';
import type { OpenDocument, PageDraft } from '../pipeline/api.js';
import { failedPage } from '../pipeline/failed-page.js';
import { pageTimeout } from './run-failures.js';
import type { RunParts } from './run-parts.js';
import { untilStopped } from './stop.js';

/** One page within its time. What goes wrong with it is in the draft; rejects only when `signal` fires. */
export async function runPage(
  { limits, pace, pipeline }: Pick<RunParts, 'limits' | 'pace' | 'pipeline'>,
  document: OpenDocument,
  page: number,
  signal: AbortSignal,
): Promise<PageDraft> {
  const started = Date.now();
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(pageTimeout(page, limits.pageTimeout)), limits.pageTimeout);
  const either = AbortSignal.any([signal, timeout.signal]);
  let source: PageSource = 'failed';
  try {
    const draft = await untilStopped(document.processPage(page, either), either);
    source = draft.record.source;
    return draft;
  } catch (error) {
    signal.throwIfAborted();
    const reason = timeout.signal.aborted ? timeout.signal.reason : error;
    return failedPage(page, toLegibleError(reason), Date.now() - started, pipeline.layout);
  } finally {
    clearTimeout(timer);
    pace.page(Date.now() - started, source);
  }
}
