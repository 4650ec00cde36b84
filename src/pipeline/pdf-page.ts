import { type Box, boxArea, containsCenter } from '../document/geometry.js';
import type { ImageArea, PageContent } from '../document/page.js';
import type { Word } from '../document/word.js';
import type { PdfEngine, PdfFile, PdfPage } from '../engines/pdf/port.js';
import {
  hiddenTextWarning,
  lowConfidenceWarning,
  meanConfidence,
  noTextFoundWarning,
  ocrOffWarning,
  present,
  roundTenth,
  unreadableWarning,
  unseenTextWarning,
} from './evidence.js';
import type { PageFacts } from './inspect/facts.js';
import { REASONS, type Route } from './inspect/route.js';
import { confirms, isRunningText, readArea } from './recognize/mixed.js';
import { nativeWords, unseenWords } from './recognize/native-words.js';
import type { RecognizedImage } from './recognize/recognizer.js';
import { isBlank, measureInk } from './render/ink.js';
import { type PdfPageSource, pdfPageImage, renderArea } from './render/pdf-image.js';
import { placeOnPage } from './render/place.js';
import type { Evidence, RecognizedPage, SourceParts } from './source.js';

/** An inspected page on its way, and where it was sent. */
export interface PdfPageWork {
  readonly file: PdfFile;
  readonly page: PdfPage;
  readonly facts: PageFacts;
  readonly engines: readonly PdfEngine[];
  readonly route: Route;
  readonly parts: SourceParts;
}

/** Share of the page from which an image that was read is the page's ground, not a figure on it. */
const GROUND_COVER = 0.65;

export function blankPage(work: PdfPageWork): RecognizedPage {
  const warnings = present([hiddenTextWarning(work.facts.hiddenWords)]);
  return { content: contentOf(work.page, []), evidence: { ...startOf(work), warnings } };
}

/** The text layer as it is; with OCR switched off also text that is not sound, marked as such. */
export function nativePage(work: PdfPageWork): RecognizedPage {
  const { page, facts, parts } = work;
  const seen = nativeWords(page.words, garbledFonts(facts));
  const ocrIsOff = parts.options.ocr === 'never';
  const unseen = ocrIsOff && seen.length === 0 && facts.imageCover > 0 ? unseenWords(page.words) : [];
  const words = seen.length > 0 ? seen : unseen;
  const isUnread = words.length === 0 && (facts.imageCover > 0 || facts.curves > 0);
  return {
    content: contentOf(page, words),
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

/** The whole page by OCR; its own words count for nothing, unless OCR confirms a mere suspicion of them. */
export async function ocrPage(work: PdfPageWork, signal: AbortSignal): Promise<RecognizedPage> {
  const { page, facts, route, parts } = work;
  const image = await pdfPageImage(sourceOf(work), signal);
  if (isBlank(measureInk(image.raster))) {
    return blankPage({ ...work, route: { ...route, reason: REASONS.blank } });
  }
  const area = { x0: 0, y0: 0, x1: image.area.x1 - image.area.x0, y1: image.area.y1 - image.area.y0 };
  const options = { area, kind: 'page' as const, language: parts.options.language };
  const read = await parts.recognizer.recognizeImage(image.raster, options, signal);
  if (isSuspicionOnly(facts) && route.reason !== REASONS.always) {
    const words = nativeWords(page.words);
    if (confirms(read.words, words)) {
      const evidence = { ...startOf(work), reason: REASONS.confirmed, confidence: meanConfidence(words) };
      return { content: contentOf(page, words), evidence: { ...evidence, source: 'text_layer' } };
    }
  }
  const placed = placeOnPage(read, image.area, page);
  const isScan = facts.imageCover >= GROUND_COVER;
  return {
    content: {
      number: page.number,
      width: placed.width,
      height: placed.height,
      words: placed.words,
      // Lines and pictures of the file lie in its own frame: true only while the page was not turned.
      ...(read.rotation === 0 && !isScan
        ? { rules: page.rules, shapes: page.shapes, images: page.images }
        : { rules: placed.rules, shapes: [], images: [] }),
      tags: [],
    },
    evidence: {
      ...recognitionEvidence(work, [read], image.preparation),
      rotation: ((page.rotation + read.rotation) % 360) as Evidence['rotation'],
      ...(read.skew ? { skew: read.skew } : {}),
      source: 'ocr',
      confidence: read.confidence === null ? null : roundTenth(read.confidence),
      warnings: present([
        // Behind a scan an unseen layer is the rule, not an attempt to deceive.
        isScan ? undefined : hiddenTextWarning(facts.hiddenWords),
        ...read.warnings,
        read.words.length === 0 ? noTextFoundWarning : lowConfidenceWarning(read.confidence),
      ]),
    },
  };
}

/** The sound words of the text layer, and what OCR finds where they are not. */
export async function mixedPage(work: PdfPageWork, signal: AbortSignal): Promise<RecognizedPage> {
  const { page, facts, route, parts } = work;
  const source = sourceOf(work);
  const garbled = garbledFonts(facts);
  const native = nativeWords(page.words.filter((word) => !garbled.has(word.style.font)));
  const found: FoundArea[] = [];
  for (const area of route.areas) {
    const image = await renderArea(source, area, route.areasWithoutText, signal);
    const isPage = isGround(area, page);
    const options = { language: parts.options.language, isPage };
    const read = await readArea(image, native, options, parts.recognizer, signal);
    if (read) {
      const isText = isPage || !route.areasWithoutText || isRunningText(read.words, area);
      found.push({ area, read, isText });
    }
  }
  const words = [...native, ...found.flatMap(({ read, isText }) => (isText ? read.words : []))];
  const confidence = meanConfidence([...native, ...found.flatMap(({ read }) => read.words)]);
  const reason = found.length === 0 && route.reason === REASONS.images ? REASONS.sound : route.reason;
  return {
    content: {
      ...contentOf(page, words),
      rules: [...page.rules, ...found.flatMap(({ read, isText }) => (isText ? (read.rules ?? []) : []))],
      images: labelledImages(page.images, found),
    },
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
        ...found.flatMap(({ read }) => read.warnings),
        found.length > 0 ? lowConfidenceWarning(confidence) : undefined,
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

const sourceOf = ({ file, page, facts, engines, parts }: PdfPageWork): PdfPageSource => ({
  engine: engines[engines.length - 1],
  file,
  page,
  facts,
  limits: parts.limits,
});

const garbledFonts = (facts: PageFacts): Set<string> => new Set(facts.garbledFonts.map(({ font }) => font));

/** No certain sign, only letters in unlikely order: acronyms and sequences look like that too. */
const isSuspicionOnly = (facts: PageFacts): boolean =>
  facts.garbledFonts.length > 0 && facts.garbledFonts.every(({ sign }) => sign === 'letter statistics');

const isGround = (box: Box, page: PdfPage): boolean =>
  boxArea(box) >= GROUND_COVER * page.width * page.height;

/** Evidence before any recognition. */
const startOf = ({ page, engines, route }: PdfPageWork): Evidence => ({
  rotation: page.rotation,
  source: 'blank',
  reason: route.reason,
  confidence: null,
  language: '',
  engines: [engines[0].name],
  preparation: [],
  warnings: [],
});

const recognitionEvidence = (
  work: PdfPageWork,
  read: readonly RecognizedImage[],
  preparation: readonly string[],
): Evidence => ({
  ...startOf(work),
  language: unique(read.map((image) => image.language)).join('+'),
  engines: unique([...work.engines.map((engine) => engine.name), ...read.flatMap((image) => image.engines)]),
  preparation: unique([...preparation, ...read.flatMap((image) => image.preparation)]),
});

const unique = (values: readonly string[]): string[] => [...new Set(values)];

const contentOf = (page: PdfPage, words: readonly Word[]): PageContent => ({
  number: page.number,
  width: page.width,
  height: page.height,
  words,
  rules: page.rules,
  shapes: page.shapes,
  images: page.images,
  tags: page.tags,
});
