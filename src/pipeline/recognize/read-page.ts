import type { Raster } from '../../document/raster.js';
import type { Word } from '../../document/word.js';
import type { OcrEngine, OcrResult, RecognizeOptions } from '../../engines/ocr/port.js';
import { type ErrorCode, LegibleError } from '../../errors.js';
import type { RunPixels } from '../pixels/work.js';
import { calibrate, expectedShare, meanConfidence } from './confidence.js';
import { fillGaps, type Unread, unreadOn } from './fill-gaps.js';
import { mergeReadings } from './merge.js';
import { type PreparedPage, toRaster } from './prepare/page.js';
import { resize, scaleForText, soften } from './prepare/scale.js';
import { DOUBTFUL_PAGE, LOOKS, POOR_PAGE, sureSize } from './second-look.js';
import { tidyWords } from './tidy.js';
import type { UnreadText } from './unread.js';
import { toPageWords, X_HEIGHT_PER_EM } from './words.js';

/** Who reads, and in which languages. */
export interface Reader {
  readonly engine: OcrEngine;
  /** An engine of another kind that is asked where the first one is in doubt. */
  readonly second?: OcrEngine;
  /** Tesseract codes that the engines have, most important first. */
  readonly languages: readonly string[];
}

/** Words in points of the upright page. */
export interface Reading {
  readonly words: readonly Word[];
  /** 0–100, of the words. */
  readonly confidence: number;
  readonly engines: readonly string[];
  readonly steps: readonly string[];
  /** What looks like text and could not be read. */
  readonly unread?: Unread;
}

/** Enlarging beyond this invents nothing. */
const MAX_FACTOR = 4;
/** The second engine's reading stands only if it found this share of the first one's characters, each counted as far as it is sure. */
const MIN_CHARACTERS = 0.6;
/** Share of a page's letters that segmentation passed over from which another engine is asked, which cuts the page otherwise. */
const MUCH_UNREAD = 0.1;

/** Milliseconds after which no further look is begun: on a slow machine a doubtful page is better than one out of time. */
const LOOKING_TIME = 30_000;

const ENGINE_FAULTS: readonly ErrorCode[] = ['engine_failed', 'page_timeout'];

/**
 * Reads a prepared page, looks again in other ways where the first reading is doubtful, and at what it passed
 * over. Confidences are chances of being right.
 */
export async function readPage(
  page: PreparedPage,
  reader: Reader,
  run: RunPixels,
  signal?: AbortSignal,
): Promise<Reading> {
  return finishReading(page, await firstReading(page, reader, signal), reader, run, signal);
}

/** The first look, with the engine's own figures: enough to tell the language by. */
export async function firstReading(
  page: PreparedPage,
  { engine, languages }: Reader,
  signal?: AbortSignal,
): Promise<Reading> {
  const factor = scaleForText(page.measure.textHeight, page.image);
  return look(page, engine, languages, { factor }, signal);
}

/** What `readPage` does after the first look. */
export async function finishReading(
  page: PreparedPage,
  first: Reading,
  reader: Reader,
  run: RunPixels,
  signal?: AbortSignal,
): Promise<Reading> {
  const { reading, gaps } = await bestReading(page, first, reader, run, signal);
  return calibrated(await withGapsFilled(page, reading, gaps, reader, signal));
}

/** The reading with chances of being right in place of the engine's own figures. */
export function calibrated(reading: Reading): Reading {
  const words = calibrate(reading.words, reading.engines[0]);
  return { ...reading, words, confidence: expectedShare(words, reading.unread?.letters) };
}

/** A reading with the engine's own figures, and what it passed over. */
interface Look {
  readonly reading: Reading;
  readonly gaps: UnreadText;
}

async function bestReading(
  page: PreparedPage,
  firstReading: Reading,
  reader: Reader,
  run: RunPixels,
  signal?: AbortSignal,
): Promise<Look> {
  const factor = scaleForText(page.measure.textHeight, page.image);
  const withGaps = async (reading: Reading): Promise<Look> => ({
    reading,
    gaps: await unreadOn(page, reading.words, run),
  });
  const first = await withGaps(firstReading);
  const { words, confidence } = first.reading;
  const isDoubtful = confidence < DOUBTFUL_PAGE;
  if (reader.second && (isDoubtful || shareUnread(first) >= MUCH_UNREAD)) {
    const other = await attempt(() => look(page, reader.second!, reader.languages, { factor }, signal));
    if (other && surely(other.words) >= MIN_CHARACTERS * surely(words)) return withGaps(other);
  }
  return isDoubtful ? withGaps(await lookAgain(page, first.reading, reader, signal)) : first;
}

const shareUnread = ({ reading, gaps }: Look): number => {
  const letters = gaps.marks.reduce((sum, mark) => sum + mark.letters, 0);
  return letters === 0 ? 0 : letters / (letters + characters(reading.words));
};

/** Adds what can be read of the gaps, by the engine that read the page. */
async function withGapsFilled(
  page: PreparedPage,
  reading: Reading,
  gaps: UnreadText,
  { engine, second, languages }: Reader,
  signal?: AbortSignal,
): Promise<Reading> {
  if (!gaps.sheet) return reading;
  const same = second?.name === reading.engines[0] ? second : engine;
  const factor = scaleForText(page.measure.textHeight, page.image);
  const filled = await attempt(() =>
    fillGaps(page, reading.words, gaps, { factor, languages }, async (image) => {
      const raster = toRaster(image, page.scale / factor);
      return (await readTwice(same, raster, { languages, segmentation: 'block' }, signal)).words;
    }),
  );
  if (!filled) return reading;
  const found = filled.words.length - reading.words.length;
  const steps = found > 0 ? [`${found} ${found === 1 ? 'word' : 'words'} found at a second look`] : [];
  return { ...reading, ...filled, steps: [...reading.steps, ...steps] };
}

/** The same engine with the letters in other sizes; the surest reading of each line is kept. */
async function lookAgain(
  page: PreparedPage,
  first: Reading,
  { engine, languages }: Reader,
  signal?: AbortSignal,
): Promise<Reading> {
  const xHeight = (sureSize(first.words) * X_HEIGHT_PER_EM) / page.scale;
  if (xHeight === 0) return first;
  const readings = [first];
  const start = performance.now();
  for (const { xHeight: target, soften: sigma } of LOOKS) {
    const factor = Math.min(MAX_FACTOR, target / xHeight);
    const reading = await attempt(() => look(page, engine, languages, { factor, sigma }, signal));
    if (reading) readings.push(reading);
    const best = Math.max(...readings.map((reading) => reading.confidence));
    if (best >= POOR_PAGE || performance.now() - start > LOOKING_TIME) break;
  }
  readings.sort((a, b) => b.confidence - a.confidence);
  const words = mergeReadings(readings.map((reading) => reading.words));
  return {
    words,
    confidence: meanConfidence(words),
    engines: first.engines,
    steps: [...first.steps, `read ${readings.length} times`],
  };
}

/** A further look that fails costs only itself: there is a reading already. */
async function attempt<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    const isEngineFault = error instanceof LegibleError && ENGINE_FAULTS.includes(error.code);
    if (!isEngineFault) throw error;
    return null;
  }
}

interface LookOptions {
  /** Of the page image's pixels. */
  readonly factor: number;
  readonly sigma?: number;
}

async function look(
  page: PreparedPage,
  engine: OcrEngine,
  languages: readonly string[],
  { factor, sigma = 0 }: LookOptions,
  signal?: AbortSignal,
): Promise<Reading> {
  signal?.throwIfAborted();
  const scaled = await resize(page.image, factor);
  const image = sigma > 0 ? await soften(scaled, sigma) : scaled;
  const scale = page.scale / factor;
  const result = await readTwice(engine, toRaster(image, scale), { languages, segmentation: 'page' }, signal);
  const frame = { columns: image.width, rows: image.height, width: page.width, height: page.height, scale };
  const words = toPageWords(tidyWords(result.words, languages), frame);
  return {
    words,
    confidence: meanConfidence(words),
    engines: [engine.name],
    steps: factor === 1 ? [] : [`scaled by ${factor.toFixed(2)}`],
  };
}

/** A worker that died gets a second chance with a fresh one: most deaths are not the page's fault. */
async function readTwice(
  engine: OcrEngine,
  image: Raster,
  options: RecognizeOptions,
  signal?: AbortSignal,
): Promise<OcrResult> {
  try {
    return await engine.recognize(image, options, signal);
  } catch (error) {
    if (!(error instanceof LegibleError) || error.code !== 'engine_failed') throw error;
    return engine.recognize(image, options, signal);
  }
}

/** Characters by their chance: noise that is read as hundreds of letters must not outweigh a few lines of text. */
const surely = (words: readonly Word[]): number => (characters(words) * meanConfidence(words)) / 100;

const characters = (words: readonly Word[]): number => words.reduce((sum, word) => sum + word.text.length, 0);
