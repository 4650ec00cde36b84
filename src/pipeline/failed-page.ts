import type { PageRecord } from '../document/page.js';
import type { LegibleError } from '../errors.js';
import type { Layout, PageDraft } from './api.js';

/** The draft of a page whose processing ended in an error: a fault costs its page, not the document. */
export function failedPage(
  number: number,
  error: LegibleError,
  milliseconds: number,
  layout: Layout,
): PageDraft {
  const size = { number, width: 0, height: 0 };
  const record: PageRecord = {
    ...size,
    rotation: 0,
    source: 'failed',
    reason: error.message,
    confidence: null,
    language: '',
    engines: [],
    preparation: [],
    words: 0,
    doubtfulWords: 0,
    warnings: [],
    milliseconds,
    error: error.toInfo(),
  };
  const content = { ...size, words: [], rules: [], shapes: [], images: [], tags: [] };
  return { record, layout: layout.analyzePage(content) };
}
