import type { Layout } from '../api.js';
import { type Context, makeContext } from './across/context.js';
import { type Summary, summarize } from './across/summary.js';
import type { DraftPage } from './draft.js';
import { draftPage } from './page.js';
import { resolve } from './resolve.js';
import { findTables } from './tables/index.js';

/**
 * From words to blocks: lines, columns, paragraphs, then what they are. Page level first
 * (`analyzePage`), document level second (`resolvePage`), so that finished pages can be read while others
 * are worked on and a long document is never in memory as a whole.
 */
export const layout: Layout = {
  analyzePage: (content) => draftPage(content, findTables),
  pageWarnings: (page) => (page as DraftPage).warnings,
  summarizePage: (page) => summarize(page as DraftPage),
  documentContext: (summaries, outline) => makeContext(summaries as readonly Summary[], outline),
  resolvePage: (page, context) => resolve(page as DraftPage, context as Context),
};
