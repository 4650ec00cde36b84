import type { Word } from '../../document/word.js';
import {
  agreeingLayerWarning,
  hiddenTextWarning,
  lowConfidenceWarning,
  meanConfidence,
  noTextFoundWarning,
  present,
  roundTenth,
} from '../evidence.js';
import type { PageFacts } from '../inspect/facts.js';
import { REASONS } from '../inspect/route.js';
import { isBlank } from '../render/ink.js';
import { pdfPageImage } from '../render/pdf-image.js';
import { placeOnPage } from '../render/place.js';
import type { Evidence, RecognizedPage } from '../source.js';
import { isPrint, mayHoldFaintPrint } from './faint-print.js';
import { judgeReading, POOR_CONFIDENCE } from './judge-reading.js';
import { confirms } from './mixed.js';
import { blankPage } from './native-page.js';
import { nativeWords, unseenWords } from './native-words.js';
import {
  contentOf,
  GROUND_COVER,
  type PdfPageWork,
  recognitionEvidence,
  sourceOf,
  startOf,
} from './page-work.js';
import type { RecognizedImage } from './recognizer.js';
import { agreesWithImage } from './unseen-layer.js';

/** The whole page by OCR; its own words count for nothing, unless OCR confirms a mere suspicion of them. */
export async function ocrPage(work: PdfPageWork, signal: AbortSignal): Promise<RecognizedPage> {
  const { page, facts, route, parts } = work;
  parts.pixels.warmUp();
  parts.recognizer.warmUp(parts.options.language);
  const image = await pdfPageImage(sourceOf(work), signal);
  const ink = await parts.pixels.for(signal)('measureInk', image.raster);
  const blank = (): RecognizedPage => blankPage({ ...work, route: { ...route, reason: REASONS.blank } });
  const isPale = isBlank(ink);
  if (isPale && !(await mayHoldFaintPrint(image.raster, parts.pixels.for(signal)))) return blank();
  const area = { x0: 0, y0: 0, x1: image.area.x1 - image.area.x0, y1: image.area.y1 - image.area.y0 };
  const options = { area, kind: 'page' as const, language: parts.options.language };
  const read = await parts.recognizer.recognizeImage(image.raster, options, signal);
  if (isPale && !isPrint(read)) return blank();
  if (isSuspicionOnly(facts) && route.reason !== REASONS.always) {
    const suspected = nativeWords(page.words);
    if (confirms(read.words, suspected)) {
      const evidence = { ...startOf(work), reason: REASONS.confirmed, confidence: meanConfidence(suspected) };
      return { content: contentOf(page, suspected), evidence: { ...evidence, source: 'text_layer' } };
    }
  }
  const placed = placeOnPage(read, image.area, page);
  if (read.confidence !== null && read.confidence < POOR_CONFIDENCE && read.rotation === 0) {
    const layer = unseenWords(page.words);
    if (agreesWithImage(layer, placed.words)) return layerPage(work, layer, read, image.preparation);
  }
  const reading = judgeReading(read, ink, image.raster);
  if (reading === 'nothing') return blank();
  if (reading === 'scenery') {
    const evidence = { ...recognitionEvidence(work, [read], image.preparation), source: 'ocr' as const };
    return { content: contentOf(page, []), evidence: { ...evidence, warnings: [noTextFoundWarning] } };
  }
  const { words } = placed;
  const isScan = facts.imageCover >= GROUND_COVER;
  return {
    content: {
      number: page.number,
      width: placed.width,
      height: placed.height,
      words,
      // Lines and pictures of the file lie in its own frame: true only while the page was not turned.
      ...(read.rotation === 0 && !read.own && !read.spread && !isScan
        ? { rules: page.rules, shapes: page.shapes, images: page.images }
        : { rules: placed.rules, shapes: [], images: [] }),
      tags: [],
      ...(placed.spread && { fold: placed.spread.fold }),
    },
    evidence: {
      ...recognitionEvidence(work, [read], image.preparation),
      rotation: ((page.rotation + read.rotation) % 360) as Evidence['rotation'],
      ...(read.skew ? { skew: read.skew } : {}),
      ...placed.own,
      ...(placed.spread && { spread: placed.spread }),
      source: 'ocr',
      confidence: words.length === 0 || read.confidence === null ? null : roundTenth(read.confidence),
      warnings: present([
        // Behind a scan an unseen layer is the rule, not an attempt to deceive.
        isScan ? undefined : hiddenTextWarning(facts.hiddenWords),
        ...read.warnings,
        words.length === 0 ? noTextFoundWarning : lowConfidenceWarning(read.confidence, read.warnings),
      ]),
    },
  };
}

/** An invisible layer in place of a recognition that failed: it agrees with what little was recognised. */
function layerPage(
  work: PdfPageWork,
  layer: readonly Word[],
  read: RecognizedImage,
  preparation: readonly string[],
): RecognizedPage {
  return {
    content: contentOf(work.page, layer),
    evidence: {
      ...recognitionEvidence(work, [read], preparation),
      source: 'text_layer',
      reason: REASONS.agreeing,
      confidence: meanConfidence(layer),
      warnings: [agreeingLayerWarning],
    },
  };
}

/** No certain sign, only letters in unlikely order: acronyms and sequences look like that too. */
const isSuspicionOnly = (facts: PageFacts): boolean =>
  facts.garbledFonts.length > 0 && facts.garbledFonts.every(({ sign }) => sign === 'letter statistics');
