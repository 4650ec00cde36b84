import type { PageContent } from '../document/page.js';
import { pixelsToPoints, type Raster } from '../document/raster.js';
import type { DocumentFile, ViewOptions } from './api.js';
import {
  damagedImageWarning,
  lowConfidenceWarning,
  noTextFoundWarning,
  ocrOffWarning,
  present,
  roundTenth,
} from './evidence.js';
import { REASONS } from './inspect/route.js';
import { isPrint, mayHoldFaintPrint } from './recognize/faint-print.js';
import { judgeReading } from './recognize/judge-reading.js';
import { ImageFile } from './render/image-file.js';
import { isBlank } from './render/ink.js';
import { turnRaster } from './render/turn.js';
import type { Evidence, PageSource, RecognizedPage, SourceParts } from './source.js';
import { imagePages } from './write/searchable.js';

/** A standalone image (or a TIFF of several) as a document whose pages are scans. */
export async function openImage(file: DocumentFile, parts: SourceParts): Promise<PageSource> {
  const image = await ImageFile.open(file, parts.limits, parts.pixels);
  return {
    info: { pageCount: image.pageCount },
    outline: [],
    recognizePage: (page, signal) => recognizePage(image, page, parts, signal),
    view: (page, options) => view(image, page, options),
    searchablePdf: async (pages, signal) => {
      const pictures = await imagePages(pages, (page, options) => view(image, page, options), signal);
      return (await parts.searchable()).imagesToPdf(pictures, signal);
    },
  };
}

async function recognizePage(
  image: ImageFile,
  page: number,
  { recognizer, options, pixels }: SourceParts,
  signal: AbortSignal,
): Promise<RecognizedPage> {
  const info = await image.info(page);
  const size = { width: pixelsToPoints(info.width, info.dpi), height: pixelsToPoints(info.height, info.dpi) };
  const warnings = page === 1 ? image.warnings : [];
  const turned = info.rotation ? [`turned by ${info.rotation}° (EXIF)`] : [];
  const nothing: Evidence = {
    rotation: info.rotation,
    source: 'blank',
    reason: REASONS.blank,
    confidence: null,
    language: '',
    engines: [],
    preparation: turned,
    warnings,
  };
  if (options.ocr === 'never') {
    const evidence = { ...nothing, reason: REASONS.never, warnings: [...warnings, ocrOffWarning] };
    return { content: emptyContent(page, size), evidence };
  }

  pixels.warmUp();
  recognizer.warmUp(options.language);
  const { raster, damaged } = await image.read(page, 'gray', signal);
  signal.throwIfAborted();
  const ink = await pixels.for(signal)('measureInk', raster);
  const isPale = isBlank(ink);
  const blank = (): RecognizedPage => {
    const evidence = { ...nothing, warnings: damaged ? [...warnings, damagedImageWarning] : warnings };
    return { content: emptyContent(page, size), evidence };
  };
  if (isPale && !(await mayHoldFaintPrint(raster, pixels.for(signal)))) return blank();
  const area = { x0: 0, y0: 0, x1: size.width, y1: size.height };
  const read = await recognizer.recognizeImage(
    raster,
    { area, kind: 'page', language: options.language },
    signal,
  );
  if (isPale && !isPrint(read)) return blank();
  const reading = judgeReading(read, ink, raster);
  if (reading !== 'text') {
    const found = reading === 'nothing' ? [] : [noTextFoundWarning];
    const evidence: Evidence = {
      ...nothing,
      ...(reading === 'nothing' ? {} : { source: 'ocr', reason: REASONS.image, engines: read.engines }),
      warnings: present([...warnings, damaged ? damagedImageWarning : undefined, ...found]),
    };
    return { content: emptyContent(page, size), evidence };
  }
  const { words } = read;
  return {
    content: {
      ...emptyContent(page, read),
      words,
      rules: read.rules ?? [],
      ...(read.spread && { fold: read.spread.fold }),
    },
    evidence: {
      rotation: ((info.rotation + read.rotation) % 360) as 0 | 90 | 180 | 270,
      ...(read.skew ? { skew: read.skew } : {}),
      ...read.own,
      ...(read.spread && { spread: read.spread }),
      source: 'ocr',
      reason: REASONS.image,
      confidence: words.length === 0 || read.confidence === null ? null : roundTenth(read.confidence),
      language: read.language,
      engines: read.engines,
      preparation: [...turned, ...read.preparation],
      warnings: present([
        ...warnings,
        damaged ? damagedImageWarning : undefined,
        ...read.warnings,
        words.length === 0 ? noTextFoundWarning : lowConfidenceWarning(read.confidence, read.warnings),
      ]),
    },
  };
}

/** Layout without pictures: the image is the page, not a figure on it. */
const emptyContent = (number: number, size: { width: number; height: number }): PageContent => ({
  number,
  width: size.width,
  height: size.height,
  words: [],
  rules: [],
  shapes: [],
  images: [],
  tags: [],
});

async function view(
  image: ImageFile,
  page: number,
  { dpi, region, rotation, skew = 0 }: ViewOptions,
): Promise<Raster> {
  const info = await image.info(page);
  const turn = rotation === undefined ? 0 : (rotation - info.rotation + 360) % 360;
  if (turn === 0 && skew === 0) return image.view(page, { dpi, region });
  return turnRaster(await image.view(page, { dpi }), { rotation: turn, skew }, region);
}
