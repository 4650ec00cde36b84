import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import type { Raster } from '../../../document/raster.js';
import { LegibleError } from '../../../errors.js';
import { startThread } from '../carrier.js';
import { engineFailed } from '../faults.js';
import { LanguageData, type LanguageDataOptions, type LanguageFile } from '../language-data.js';
import { encodePnm } from '../pnm.js';
import {
  type EngineStatus,
  meanConfidence,
  type OcrEngine,
  type OcrResult,
  type Orientation,
  type RecognizeOptions,
} from '../port.js';
import { tesseractVariables } from '../tesseract-variables.js';
import { WorkerPool } from '../worker-pool.js';
import { LanguageFolder } from './language-folder.js';
import type { LanguageSet, WorkerAnswer, WorkerCall } from './protocol.js';

/** WebAssembly memory grows with the largest page and never shrinks. */
const RECYCLE_AFTER = 200;
export interface TesseractJsOptions extends LanguageDataOptions {
  /** Threads; default the number of cores. */
  readonly threads?: number;
  /** For one call, its wait in the queue not counted; default 120 s. */
  readonly timeoutMs?: number;
  /** Script of the threads; fault tests put their own in its place. */
  readonly workerScript?: URL;
}

/**
 * Tesseract 5 as WebAssembly: tesseract.js, each worker in a thread of its own that may fail.
 * Offline by construction: language data comes from files only.
 */
export class TesseractJs implements OcrEngine {
  readonly name = 'tesseract.js';
  readonly capacity: number;
  readonly #data: LanguageData;
  readonly #folder = new LanguageFolder();
  readonly #pool: WorkerPool<WorkerCall, WorkerAnswer>;

  constructor(options: TesseractJsOptions = {}) {
    this.capacity = options.threads || availableParallelism();
    this.#data = new LanguageData(options);
    this.#pool = new WorkerPool({
      start: startThread,
      script: options.workerScript ?? new URL('./worker.js', import.meta.url),
      setup: async () => undefined,
      capacity: this.capacity,
      timeoutMs: options.timeoutMs ?? 120_000,
      recycleAfter: RECYCLE_AFTER,
    });
  }

  async status(): Promise<EngineStatus> {
    const manifest = createRequire(import.meta.url)('tesseract.js/package.json') as { version: string };
    const languages = this.#data.list().join(', ') || 'none';
    return { name: this.name, found: true, detail: `${manifest.version}, languages: ${languages}` };
  }

  async languages(): Promise<readonly string[]> {
    return this.#data.list();
  }

  warmUp(codes: readonly string[]): void {
    const files = codes.map((code) => this.#data.find(code));
    if (!files.every((file) => file !== null)) return;
    void this.#folder.together(files).then(
      (languages) => this.#pool.warmUp(affinityOf(languages), { kind: 'load', languages }),
      () => undefined,
    );
  }

  async recognize(image: Raster, options: RecognizeOptions, signal?: AbortSignal): Promise<OcrResult> {
    const languages = await this.#folder.together(options.languages.map((code) => this.#file(code)));
    const variables = tesseractVariables(options, image.dpi);
    const answer = await this.#pool.run(
      affinityOf(languages),
      () => withImage(image, (file) => ({ kind: 'recognize', image: file, languages, variables })),
      signal,
    );
    if (answer.kind !== 'words') throw engineFailed('unexpected answer');
    return { words: answer.words, confidence: meanConfidence(answer.words) };
  }

  async detectOrientation(image: Raster, signal?: AbortSignal): Promise<Orientation | null> {
    const languages = await this.#folder.together([this.#file('osd')]);
    const answer = await this.#pool.run(
      '',
      () => withImage(image, (file) => ({ kind: 'orientation', image: file, languages })),
      signal,
    );
    if (answer.kind !== 'orientation') throw engineFailed('unexpected answer');
    return answer.orientation;
  }

  async close(): Promise<void> {
    await this.#pool.close();
    this.#folder.close();
  }

  #file(code: string): LanguageFile {
    const file = this.#data.find(code);
    if (file) return file;
    throw new LegibleError(
      'language_missing',
      `There is no data for the language ${code}.`,
      `Run: npm install @tesseract.js-data/${code}`,
    );
  }
}

const affinityOf = ({ folder, codes }: LanguageSet): string => `${folder}:${codes}`;

function withImage(
  image: Raster,
  call: (file: Uint8Array) => WorkerCall,
): { call: WorkerCall; moved: ArrayBuffer[] } {
  const file = encodePnm(image);
  return { call: call(file), moved: [file.buffer as ArrayBuffer] };
}
