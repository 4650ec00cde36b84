import type { Raster } from '../../document/raster.js';
import type { EngineStatus, OcrEngine } from '../../engines/ocr/port.js';
import { LegibleError } from '../../errors.js';
import type { EngineChoice } from '../options.js';
import { languageMissing, parseLanguages, requireLanguages } from './languages.js';
import { recognizeImage } from './recognize-image.js';
import type { RecognizedImage, RecognizeImageOptions, Recognizer } from './recognizer.js';

/** Used for `auto` until the page says otherwise. */
const DEFAULT_LANGUAGE = 'eng';

export interface RecognizerOptions {
  /** All engines the product knows, fastest first; those that are not on this machine are passed over. */
  readonly engines: readonly OcrEngine[];
  readonly choice: EngineChoice;
}

/** Joins engines, languages and preparation into what the pipeline calls. */
export function createRecognizer({ engines, choice }: RecognizerOptions): Recognizer {
  let chosen: Promise<OcrEngine> | null = null;
  const engine = (): Promise<OcrEngine> => {
    chosen ??= chooseEngine(engines, choice);
    return chosen;
  };
  const resolve = async (argument: string): Promise<string[]> => {
    const installed = await (await engine()).languages();
    const languages = parseLanguages(argument);
    if (languages) {
      requireLanguages(languages, installed);
      return languages;
    }
    if (installed.includes(DEFAULT_LANGUAGE)) return [DEFAULT_LANGUAGE];
    if (installed.length === 0) throw languageMissing([DEFAULT_LANGUAGE], installed);
    return [installed[0]];
  };
  return {
    capacity: Math.max(...engines.map((candidate) => candidate.capacity)),
    async recognizeImage(
      image: Raster,
      options: RecognizeImageOptions,
      signal?: AbortSignal,
    ): Promise<RecognizedImage> {
      const languages = await resolve(options.language);
      return recognizeImage(image, { ...options, engine: await engine(), languages }, signal);
    },
    async checkLanguage(argument: string): Promise<void> {
      await resolve(argument);
    },
    languages: async () => (await engine()).languages(),
    status: (): Promise<EngineStatus[]> => Promise.all(engines.map((candidate) => candidate.status())),
    async close(): Promise<void> {
      await Promise.all(engines.map((candidate) => candidate.close()));
    },
  };
}

async function chooseEngine(engines: readonly OcrEngine[], choice: EngineChoice): Promise<OcrEngine> {
  for (const candidate of engines) {
    if (choice !== 'auto' && candidate.name !== choice) continue;
    const status = await candidate.status();
    if (status.found) return candidate;
    if (choice !== 'auto') {
      throw new LegibleError(
        'engine_failed',
        `The engine ${choice} cannot be used: ${status.detail}.`,
        status.hint ?? 'Choose --engine auto.',
      );
    }
  }
  throw new LegibleError('engine_failed', 'No recogniser was found.', 'Run `legible doctor`.');
}
