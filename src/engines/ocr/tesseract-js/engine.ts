import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import PQueue from 'p-queue';
import type { Raster } from '../../../document/raster.js';
import { LegibleError } from '../../../errors.js';
import { cancelled, engineFailed } from '../faults.js';
import { LanguageData, type LanguageDataOptions, type LanguageFile } from '../language-data.js';
import { encodePnm } from '../pnm.js';
import type { EngineStatus, OcrEngine, OcrResult, Orientation, RecognizeOptions } from '../port.js';
import { meanConfidence } from '../port.js';
import { tesseractVariables } from '../tesseract-variables.js';
import { WorkerHandle } from './handle.js';
import type { WorkerAnswer, WorkerCall, WorkerSetup } from './protocol.js';

/** Pages after which a thread is replaced: WebAssembly memory grows with the largest page and never shrinks. */
const RECYCLE_AFTER_CALLS = 200;
/** Smallest module that uses a SIMD instruction (from wasm-feature-detect, Apache-2.0). */
const SIMD_PROBE = Uint8Array.of(
  0,
  97,
  115,
  109,
  1,
  0,
  0,
  0,
  1,
  5,
  1,
  96,
  0,
  1,
  123,
  3,
  2,
  1,
  0,
  10,
  10,
  1,
  8,
  0,
  65,
  0,
  253,
  15,
  253,
  98,
  11,
);

export interface TesseractJsOptions extends LanguageDataOptions {
  /** Threads; default the number of cores. */
  readonly threads?: number;
  /** For one call, its wait in the queue not counted; default 120 s. */
  readonly timeoutMs?: number;
  /** Script of the threads; fault tests put their own in its place. */
  readonly workerScript?: URL;
}

/**
 * Tesseract 5 as WebAssembly (tesseract.js-core, the core of tesseract.js) in a pool of threads that are
 * started when they are first needed and kept warm. Offline by construction: data comes from files only.
 */
export class TesseractJs implements OcrEngine {
  readonly name = 'tesseract.js';
  readonly capacity: number;
  readonly #timeoutMs: number;
  readonly #data: LanguageData;
  readonly #workerScript: URL;
  readonly #queue: PQueue;
  readonly #handles: WorkerHandle[] = [];
  readonly #busy = new Set<WorkerHandle>();
  #setup: Promise<WorkerSetup> | null = null;
  #closed = false;

  constructor(options: TesseractJsOptions = {}) {
    this.capacity = options.threads || availableParallelism();
    this.#timeoutMs = options.timeoutMs ?? 120_000;
    this.#data = new LanguageData(options);
    this.#workerScript = options.workerScript ?? new URL('./worker.js', import.meta.url);
    this.#queue = new PQueue({ concurrency: this.capacity });
  }

  async status(): Promise<EngineStatus> {
    const manifest = createRequire(import.meta.url)('tesseract.js-core/package.json') as { version: string };
    const languages = this.#data.list().join(', ') || 'none';
    return { name: this.name, found: true, detail: `core ${manifest.version}, languages: ${languages}` };
  }

  async languages(): Promise<readonly string[]> {
    return this.#data.list();
  }

  async recognize(image: Raster, options: RecognizeOptions, signal?: AbortSignal): Promise<OcrResult> {
    const languages = options.languages.map((code) => this.#file(code));
    const answer = await this.#run(
      languages.map((language) => language.path).join('+'),
      () => ({
        kind: 'recognize',
        image: encodePnm(image),
        languages,
        variables: tesseractVariables(options, image.dpi),
      }),
      signal,
    );
    if (answer.kind !== 'words') throw engineFailed('unexpected answer');
    return { words: answer.words, confidence: meanConfidence(answer.words) };
  }

  async detectOrientation(image: Raster, signal?: AbortSignal): Promise<Orientation | null> {
    const osd = this.#file('osd');
    const answer = await this.#run('', () => ({ kind: 'orientation', image: encodePnm(image), osd }), signal);
    if (answer.kind !== 'orientation') throw engineFailed('unexpected answer');
    return answer.orientation;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#queue.clear();
    await Promise.all(this.#handles.splice(0).map((handle) => handle.close()));
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

  async #run(languages: string, call: () => WorkerCall, signal?: AbortSignal): Promise<WorkerAnswer> {
    const answer = this.#queue.add(
      async () => {
        if (this.#closed) throw engineFailed('it was closed');
        const handle = await this.#take(languages);
        try {
          return await handle.call(call(), this.#timeoutMs, signal);
        } finally {
          this.#busy.delete(handle);
          this.#release(handle);
        }
      },
      { signal },
    );
    try {
      return await answer;
    } catch (error) {
      if (signal?.aborted) throw cancelled(signal);
      throw error;
    }
  }

  /** A free thread, at best one that has the languages loaded; the queue keeps callers at `capacity`. */
  async #take(languages: string): Promise<WorkerHandle> {
    this.#setup ??= loadCore().catch((error) => {
      this.#setup = null;
      throw engineFailed('its core could not be loaded', error);
    });
    const setup = await this.#setup;
    const free = this.#handles.filter((handle) => handle.alive && !this.#busy.has(handle));
    let handle = free.find((candidate) => !languages || candidate.languages === languages);
    handle ??= free.find((candidate) => !candidate.languages);
    if (!handle && this.#handles.length >= this.capacity) handle = free[0];
    if (!handle) {
      handle = new WorkerHandle(this.#workerScript, setup);
      this.#handles.push(handle);
    }
    if (languages) handle.languages = languages;
    this.#busy.add(handle);
    return handle;
  }

  #release(handle: WorkerHandle): void {
    if (handle.alive && handle.calls >= RECYCLE_AFTER_CALLS) void handle.close();
    if (handle.alive) return;
    const index = this.#handles.indexOf(handle);
    if (index >= 0) this.#handles.splice(index, 1);
  }
}

/** Compiles the core once for all threads. The full core is taken: its LSTM is as fast, and it has the legacy engine that orientation detection needs. */
async function loadCore(): Promise<WorkerSetup> {
  const require = createRequire(import.meta.url);
  const folder = join(require.resolve('tesseract.js-core/package.json'), '..');
  const name = WebAssembly.validate(SIMD_PROBE) ? 'tesseract-core-simd' : 'tesseract-core';
  const core = await WebAssembly.compile(await readFile(join(folder, `${name}.wasm`)));
  return { corePath: join(folder, `${name}.js`), core };
}
