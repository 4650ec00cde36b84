import { availableParallelism } from 'node:os';
import type { Raster } from '../../../document/raster.js';
import { LegibleError } from '../../../errors.js';
import { startProcess } from '../carrier.js';
import { Found } from '../found.js';
import {
  type EngineStatus,
  meanConfidence,
  type OcrEngine,
  type OcrResult,
  type Orientation,
  type RecognizeOptions,
} from '../port.js';
import { WorkerPool } from '../worker-pool.js';
import { findPaddle, INSTALL_COMMAND, type PaddleInstallation } from './models.js';
import type { Gray } from './pixels.js';
import type { PaddleAnswer, PaddleCall } from './worker.js';

/** A session keeps the memory of its largest page; its weights load in a quarter of a second. */
const RECYCLE_AFTER = 100;
/** Alphabets of the PP-OCRv4 model: its 6 623 characters have no accented letters and no kana. */
const LANGUAGES = ['eng', 'chi_sim'] as const;

export interface PaddleOptions {
  readonly enginesDir?: string;
  /** Processes; default the number of cores. */
  readonly threads?: number;
  /** For one call, its wait in the queue not counted; default 120 s. */
  readonly timeoutMs?: number;
}

/**
 * PP-OCRv4's mobile models on onnxruntime-node, both optional npm packages that are looked for at run
 * time, in processes of their own: the runtime takes its process down when its thread is ended. Reads photographs and receipts far better than Tesseract, English and Chinese only, at two to
 * three times the cost.
 */
export class Paddle implements OcrEngine {
  readonly name = 'paddle';
  readonly capacity: number;
  readonly #pool: WorkerPool<PaddleCall, PaddleAnswer>;
  readonly #installation: Found<PaddleInstallation | string>;

  constructor(options: PaddleOptions = {}) {
    this.#installation = new Found(() => findPaddle(options.enginesDir));
    this.capacity = options.threads || availableParallelism();
    this.#pool = new WorkerPool({
      start: startProcess,
      script: new URL('./worker.js', import.meta.url),
      setup: async () => this.#require(),
      capacity: this.capacity,
      timeoutMs: options.timeoutMs ?? 120_000,
      recycleAfter: RECYCLE_AFTER,
    });
  }

  async status(): Promise<EngineStatus> {
    const found = this.#find();
    return typeof found === 'string'
      ? { name: this.name, found: false, detail: found, hint: `Run: ${INSTALL_COMMAND}` }
      : {
          name: this.name,
          found: true,
          detail: `PP-OCRv4, onnxruntime ${found.version}, languages: ${LANGUAGES.join(', ')}`,
        };
  }

  async languages(): Promise<readonly string[]> {
    return typeof this.#find() === 'string' ? [] : LANGUAGES;
  }

  async recognize(image: Raster, options: RecognizeOptions, signal?: AbortSignal): Promise<OcrResult> {
    this.#require();
    const missing = options.languages.find((code) => !(LANGUAGES as readonly string[]).includes(code));
    if (missing) {
      throw new LegibleError(
        'language_missing',
        `The engine paddle reads English and Chinese, not ${missing}.`,
        'Use the engine auto or tesseract.js.',
      );
    }
    const { words } = await this.#pool.run('', () => ({ call: { image: gray(image) }, moved: [] }), signal);
    return { words, confidence: meanConfidence(words) };
  }

  /** The models have no notion of a page's orientation. */
  async detectOrientation(_image: Raster, signal?: AbortSignal): Promise<Orientation | null> {
    signal?.throwIfAborted();
    return null;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  #find(): PaddleInstallation | string {
    return this.#installation.get();
  }

  #require(): PaddleInstallation {
    const found = this.#find();
    if (typeof found !== 'string') return found;
    throw new LegibleError(
      'engine_failed',
      `The engine paddle cannot be used: ${found}.`,
      `Run: ${INSTALL_COMMAND}`,
    );
  }
}

function gray({ data, width, height, channels }: Raster): Gray {
  if (channels === 1) return { data, width, height };
  const levels = new Uint8Array(width * height);
  for (let i = 0, j = 0; i < levels.length; i++, j += 3) {
    levels[i] = (77 * data[j] + 150 * data[j + 1] + 29 * data[j + 2]) >> 8;
  }
  return { data: levels, width, height };
}
