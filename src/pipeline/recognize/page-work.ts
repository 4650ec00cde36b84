import type { Box } from '../../document/geometry.js';
import { boxArea } from '../../document/geometry.js';
import type { PageContent } from '../../document/page.js';
import type { Word } from '../../document/word.js';
import type { PdfEngine, PdfFile, PdfPage } from '../../engines/pdf/port.js';
import type { PageFacts } from '../inspect/facts.js';
import type { Route } from '../inspect/route.js';
import type { PdfPageSource } from '../render/pdf-image.js';
import type { Evidence, SourceParts } from '../source.js';
import type { RecognizedImage } from './recognizer.js';

/** An inspected page on its way, and where it was sent. */
export interface PdfPageWork {
  readonly file: PdfFile;
  readonly page: PdfPage;
  readonly facts: PageFacts;
  readonly engines: readonly PdfEngine[];
  /** Asked where the first engine fails. */
  readonly second: () => Promise<PdfEngine>;
  readonly route: Route;
  readonly parts: SourceParts;
}

/** Share of the page from which an image that was read is the page's ground, not a figure on it. */
export const GROUND_COVER = 0.65;

/** What rendering needs of the page; drawings and images are the last engine's. */
export const sourceOf = ({ file, page, facts, engines, second, parts }: PdfPageWork): PdfPageSource => ({
  engine: engines[engines.length - 1],
  second,
  file,
  page,
  facts,
  limits: parts.limits,
});

/** Names of the fonts whose words cannot be trusted. */
export const garbledFonts = (facts: PageFacts): Set<string> =>
  new Set(facts.garbledFonts.map(({ font }) => font));

/** Is the box the ground of the page rather than a thing on it? */
export const isGround = (box: Box, page: PdfPage): boolean =>
  boxArea(box) >= GROUND_COVER * page.width * page.height;

/** Evidence before any recognition. */
export const startOf = ({ page, engines, route }: PdfPageWork): Evidence => ({
  rotation: page.rotation,
  source: 'blank',
  reason: route.reason,
  confidence: null,
  language: '',
  engines: [engines[0].name],
  preparation: [],
  warnings: [],
});

/** Evidence of a page on which images were read. */
export const recognitionEvidence = (
  work: PdfPageWork,
  read: readonly RecognizedImage[],
  preparation: readonly string[],
): Evidence => ({
  ...startOf(work),
  language: unique(read.map((image) => image.language)).join('+'),
  engines: unique([...work.engines.map((engine) => engine.name), ...read.flatMap((image) => image.engines)]),
  preparation: unique([...preparation, ...read.flatMap((image) => image.preparation)]),
});

/** The values without repetitions, in their order. */
export const unique = (values: readonly string[]): string[] => [...new Set(values)];

/** The page with these words, and everything else as the file has it. */
export const contentOf = (page: PdfPage, words: readonly Word[]): PageContent => ({
  number: page.number,
  width: page.width,
  height: page.height,
  words,
  rules: page.rules,
  shapes: page.shapes,
  ...(page.drawings && { drawings: page.drawings }),
  images: page.images,
  tags: page.tags,
});
