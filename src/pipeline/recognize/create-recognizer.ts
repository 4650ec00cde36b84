import type { Raster } from '../../document/raster.js';
import type { EngineStatus, OcrEngine } from '../../engines/ocr/port.js';
import { LegibleError } from '../../errors.js';
import type { EngineChoice } from '../options.js';
import { type PixelWork, pixelsHere } from '../pixels/work.js';
import type { LanguageMemory } from './language-memory.js';
import { DEFAULT_LANGUAGE, languageMissing, parseLanguages, requireLanguages } from './languages.js';
import type { AutoLanguage } from './read-in-language.js';
import type { Reader } from './read-page.js';
import { recognizeImage } from './recognize-image.js';
import type { RecognizedImage, RecognizeImageOptions, Recognizer } from './recognizer.js';

export interface RecognizerOptions {
  /** All engines the product knows, fastest first; those that are not on this machine are passed over. */
  readonly engines: readonly OcrEngine[];
  readonly choice: EngineChoice;
  /** The caller's own thread when absent. */
  readonly pixels?: PixelWork;
}

/** Joins engines, languages and preparation into what the pipeline calls. */
export function createRecognizer({ engines, choice, pixels = pixelsHere }: RecognizerOptions): Recognizer {
  /** Found engines that `choice` allows, in order of preference; engines remember what they found. */
  const candidates = (): Promise<readonly OcrEngine[]> => findEngines(engines, choice);
  const installed = async (): Promise<readonly string[]> => {
    const lists = await Promise.all((await candidates()).map((engine) => engine.languages()));
    return [...new Set(lists.flat())].sort();
  };
  const readersFor = async (languages: readonly string[]): Promise<Reader[]> =>
    readersWith(await candidates(), languages);
  const readerFor = async (languages: readonly string[]): Promise<Reader> => (await readersFor(languages))[0];
  const resolve = async (
    argument: string,
    memory?: LanguageMemory,
  ): Promise<{ languages: readonly string[]; auto?: AutoLanguage }> => {
    const available = await installed();
    const languages = parseLanguages(argument);
    if (languages) {
      requireLanguages(languages, available);
      return { languages };
    }
    if (available.length === 0) throw languageMissing([DEFAULT_LANGUAGE], available);
    const assumed = available.includes(DEFAULT_LANGUAGE) ? DEFAULT_LANGUAGE : available[0];
    return { languages: memory?.languages ?? [assumed], auto: { installed: available, readerFor, memory } };
  };
  return {
    capacity: Math.max(...engines.map((engine) => engine.capacity)),
    async recognizeImage(
      image: Raster,
      options: RecognizeImageOptions,
      signal?: AbortSignal,
    ): Promise<RecognizedImage> {
      const { languages, auto } = await resolve(options.language, options.memory);
      const readers = await readersFor(languages);
      return firstThatWorks(readers, (reader) =>
        recognizeImage(image, { ...options, ...reader, auto, pixels }, signal),
      );
    },
    warmUp(argument: string): void {
      const begin = async () => {
        const { languages } = await resolve(argument);
        (await readerFor(languages)).engine.warmUp?.(languages);
      };
      // What is missing is told where it is needed.
      begin().catch(() => undefined);
    },
    async checkLanguage(argument: string): Promise<void> {
      await resolve(argument);
    },
    languages: installed,
    async identity(): Promise<string> {
      // Without a usable engine nothing reads; who needs one is told why.
      const found = await candidates().catch(() => []);
      const lines = found.map(async (engine) => {
        const [{ name, detail }, languages] = await Promise.all([engine.status(), engine.languages()]);
        return `${name} ${detail} (${[...languages].sort().join('+')})`;
      });
      return (await Promise.all(lines)).join('; ');
    },
    status: (): Promise<EngineStatus[]> => Promise.all(engines.map((engine) => engine.status())),
    async close(): Promise<void> {
      await Promise.all(engines.map((engine) => engine.close()));
    },
  };
}

async function findEngines(
  engines: readonly OcrEngine[],
  choice: EngineChoice,
): Promise<readonly OcrEngine[]> {
  const allowed = engines.filter((engine) => choice === 'auto' || engine.name === choice);
  const statuses = await Promise.all(allowed.map((engine) => engine.status()));
  const found = allowed.filter((_, index) => statuses[index].found);
  if (found.length > 0) return found;
  const status = statuses[0];
  throw new LegibleError(
    'engine_failed',
    status ? `The engine ${status.name} cannot be used: ${status.detail}.` : 'No recogniser was found.',
    status?.hint ?? 'Run `legible doctor`.',
  );
}

/**
 * Who may read first, in order of preference, each with an engine of another kind for pages on which it is
 * in doubt. Only engines that have all the languages are asked: none reads with another one's data. Not empty.
 */
async function readersWith(engines: readonly OcrEngine[], languages: readonly string[]): Promise<Reader[]> {
  const able: OcrEngine[] = [];
  for (const engine of engines) {
    const available = await engine.languages();
    if (languages.every((code) => available.includes(code))) able.push(engine);
  }
  if (able.length === 0) throw languageMissing(languages, await engines[0].languages());
  return able.map((engine) => ({
    engine,
    second: able.find((other) => kindOf(other) !== kindOf(engine)),
    languages,
  }));
}

/** Passes over readers whose engine fails; the last one's failure is the caller's. */
async function firstThatWorks<T>(
  readers: readonly Reader[],
  read: (reader: Reader) => Promise<T>,
): Promise<T> {
  for (const reader of readers.slice(0, -1)) {
    try {
      return await read(reader);
    } catch (error) {
      if (!(error instanceof LegibleError) || error.code !== 'engine_failed') throw error;
    }
  }
  return read(readers[readers.length - 1]);
}

/** Both forms of Tesseract make the same mistakes: asking the other one is no second opinion. */
const kindOf = (engine: OcrEngine): string =>
  engine.name.startsWith('tesseract') ? 'tesseract' : engine.name;
