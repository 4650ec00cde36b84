import {
  emptyImageWarning,
  hiddenTextWarning,
  meanConfidence,
  ocrOffWarning,
  present,
  unreadableWarning,
  unseenTextWarning,
} from '../evidence.js';
import type { RecognizedPage } from '../source.js';
import { withDrawnCheckBoxes } from './check-boxes/drawn.js';
import { nativeWords, unseenWords } from './native-words.js';
import { contentOf, garbledFonts, type PdfPageWork, startOf } from './page-work.js';

/** A page on which there is nothing to read. */
export function blankPage(work: PdfPageWork): RecognizedPage {
  const warnings = present([hiddenTextWarning(work.facts.hiddenWords), emptyImageWarning(work.page)]);
  return { content: contentOf(work.page, []), evidence: { ...startOf(work), warnings } };
}

/** The text layer as it is; with OCR switched off also text that is not sound, marked as such. */
export async function nativePage(work: PdfPageWork, signal: AbortSignal): Promise<RecognizedPage> {
  const { page, facts, parts } = work;
  const seen = nativeWords(page.words, garbledFonts(facts));
  const ocrIsOff = parts.options.ocr === 'never';
  const unseen = ocrIsOff && seen.length === 0 && facts.imageCover > 0 ? unseenWords(page.words) : [];
  const words = seen.length > 0 ? seen : unseen;
  const isUnread = words.length === 0 && (facts.imageCover > 0 || facts.curves > 0);
  return {
    content: await withDrawnCheckBoxes(contentOf(page, words), work, signal),
    evidence: {
      ...startOf(work),
      source: words.length > 0 ? 'text_layer' : 'blank',
      confidence: meanConfidence(words),
      warnings: present([
        unseen.length > 0 ? unseenTextWarning : hiddenTextWarning(facts.hiddenWords),
        facts.garbledCharacters > 0 ? unreadableWarning(facts.garbledCharacters) : undefined,
        ocrIsOff && isUnread ? ocrOffWarning : undefined,
      ]),
    },
  };
}
