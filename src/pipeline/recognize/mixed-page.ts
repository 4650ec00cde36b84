import { type Box, boxArea, containsCenter } from '../../document/geometry.js';
import type { ImageArea } from '../../document/page.js';
import { hiddenTextWarning, lowConfidenceWarning, meanConfidence, present } from '../evidence.js';
import { REASONS } from '../inspect/route.js';
import { renderArea } from '../render/pdf-image.js';
import type { RecognizedPage } from '../source.js';
import { withDrawnCheckBoxes } from './check-boxes/drawn.js';
import { isRunningText, readArea } from './mixed.js';
import { nativeWords } from './native-words.js';
import {
  contentOf,
  garbledFonts,
  isGround,
  type PdfPageWork,
  recognitionEvidence,
  sourceOf,
  startOf,
} from './page-work.js';
import type { RecognizedImage } from './recognizer.js';

/** The sound words of the text layer, and what OCR finds where they are not. */
export async function mixedPage(work: PdfPageWork, signal: AbortSignal): Promise<RecognizedPage> {
  const { page, facts, route, parts } = work;
  const source = sourceOf(work);
  const garbled = garbledFonts(facts);
  const native = nativeWords(page.words.filter((word) => !garbled.has(word.style.font)));
  const found: FoundArea[] = [];
  // The smallest first: what is read in a picture on a picture is not read again in the one below.
  for (const area of [...route.areas].reverse()) {
    const image = await renderArea(source, area, route.areasWithoutText, signal);
    const isPage = isGround(area, page) && route.reason !== REASONS.images;
    const known = [...native, ...found.flatMap((other) => other.read.words)];
    const read = await readArea(image, known, isPage, parts, signal);
    if (read) {
      // What lies under the whole page is never one of its figures.
      const isText = isGround(area, page) || !route.areasWithoutText || isRunningText(read.words, area);
      found.push({ area, read, isText });
    }
  }
  const words = [...native, ...found.flatMap(({ read, isText }) => (isText ? read.words : []))];
  const confidence = meanConfidence([...native, ...found.flatMap(({ read }) => read.words)]);
  const told = found.flatMap(({ read }) => read.warnings);
  const reason = found.length === 0 && route.reason === REASONS.images ? REASONS.sound : route.reason;
  return {
    content: await withDrawnCheckBoxes(
      {
        ...contentOf(page, words),
        rules: [...page.rules, ...found.flatMap(({ read, isText }) => (isText ? (read.rules ?? []) : []))],
        images: labelledImages(page.images, found),
      },
      work,
      signal,
    ),
    evidence: {
      ...(found.length > 0
        ? recognitionEvidence(
            work,
            found.map(({ read }) => read),
            [],
          )
        : startOf(work)),
      reason,
      source: found.length > 0 ? 'mixed' : 'text_layer',
      confidence,
      warnings: present([
        hiddenTextWarning(facts.hiddenWords),
        ...told,
        found.length > 0 ? lowConfidenceWarning(confidence, told) : undefined,
      ]),
    },
  };
}

interface FoundArea {
  readonly area: Box;
  readonly read: RecognizedImage;
  /** Belongs to the page's text; else the words are the labels of a picture. */
  readonly isText: boolean;
}

/** The page's pictures: those that were read as text are none, and labels go to the largest picture of their area. */
function labelledImages(images: readonly ImageArea[], found: readonly FoundArea[]): ImageArea[] {
  const byArea = found.map(({ area }) => images.filter((image) => containsCenter(area, image.box)));
  const replaced = new Set(byArea.flat());
  const labelled = found.flatMap(({ read, isText, area }, index): ImageArea[] => {
    const [largest] = [...byArea[index]].sort((a, b) => boxArea(b.box) - boxArea(a.box));
    return isText || !largest ? [] : [{ ...largest, box: area, words: read.words }];
  });
  return [...images.filter((image) => !replaced.has(image)), ...labelled];
}
