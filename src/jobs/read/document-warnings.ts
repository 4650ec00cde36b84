import { LOW_CONFIDENCE, type PageRecord, type Warning } from '../../document/page.js';
import { pageList } from './selection.js';

/** What a reader should know about the document as a whole, from the evidence of its finished pages. */
export function documentWarnings(records: readonly PageRecord[]): Warning[] {
  const warnings: Warning[] = [];
  const failed = records.filter(({ source }) => source === 'failed').map(({ number }) => number);
  if (failed.length > 0) {
    warnings.push({
      code: 'pages_failed',
      message: `${failed.length === 1 ? 'Page' : 'Pages'} ${pageList(failed)} could not be read.`,
    });
  }
  const doubtful = records
    .filter(({ confidence }) => confidence !== null && confidence < LOW_CONFIDENCE)
    .map(({ number }) => number);
  if (doubtful.length > 0) {
    warnings.push({
      code: 'low_confidence',
      message: `${doubtful.length === 1 ? 'Page' : 'Pages'} ${pageList(doubtful)} may contain wrong words; check with view_page before quoting.`,
    });
  }
  return warnings;
}
