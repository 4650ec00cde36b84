import { LegibleError } from '../../errors.js';

export const engineFailed = (what: string, cause?: unknown): LegibleError =>
  new LegibleError(
    'engine_failed',
    `The recogniser failed: ${what}.`,
    'Try the page again; if it fails again, look at it with view_page.',
    { cause },
  );

export const pageTimeout = (milliseconds: number): LegibleError =>
  new LegibleError(
    'page_timeout',
    `Recognition took longer than ${Math.round(milliseconds / 100) / 10} s.`,
    'Raise --page-timeout, or read the other pages.',
  );

export const cancelled = (signal?: AbortSignal): LegibleError =>
  new LegibleError('cancelled', 'The work was cancelled.', 'Submit the document again to restart it.', {
    cause: signal?.reason,
  });
