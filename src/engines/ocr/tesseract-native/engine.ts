import { availableParallelism } from 'node:os';
import PQueue from 'p-queue';
import type { Raster } from '../../../document/raster.js';
import { LegibleError } from '../../../errors.js';
import { cancelled } from '../faults.js';
import { Found } from '../found.js';
import { wordsFromHocr } from '../hocr.js';
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
import { runTesseract } from './command.js';
import { findCommand } from './find-command.js';

/** Version 4 lacks thresholding methods and reads worse. */
const MIN_MAJOR_VERSION = 5;
/** `tesseract --version` answers in milliseconds; a shell wrapper that hangs must not hold up the start. */
const PROBE_TIMEOUT_MS = 10_000;
const NOT_FOUND = 'the command tesseract was not found';
const NO_ANSWER = 'the command tesseract did not answer';
const INSTALL_HINT =
  'Install Tesseract 5 so that `tesseract` is on the PATH (Debian/Ubuntu: apt install tesseract-ocr; macOS: brew install tesseract; Windows: winget install UB-Mannheim.TesseractOCR, then add its folder to the PATH).';

export interface TesseractNativeOptions {
  /** Folder of `*.traineddata`; default the command's own. */
  readonly tessdata?: string;
  /** Processes side by side; default the number of cores. */
  readonly threads?: number;
  /** For one call, its wait in the queue not counted; default 120 s. */
  readonly timeoutMs?: number;
}

interface Installation {
  /** Absolute path. */
  readonly command: string;
  readonly version: string;
  readonly languages: readonly string[];
}

/** The `tesseract` command, version 5 or later: about half the CPU time of its WebAssembly form, one process a page. */
export class TesseractNative implements OcrEngine {
  readonly name = 'tesseract-native';
  readonly capacity: number;
  readonly #options: TesseractNativeOptions;
  readonly #timeoutMs: number;
  readonly #queue: PQueue;
  readonly #closing = new AbortController();
  readonly #installation: Found<Promise<Installation | string>>;
  /** A command that hung is not asked again: each time would hold up a page. */
  #hangs = false;

  constructor(options: TesseractNativeOptions = {}) {
    this.#options = options;
    this.capacity = options.threads || availableParallelism();
    this.#timeoutMs = options.timeoutMs ?? 120_000;
    this.#queue = new PQueue({ concurrency: this.capacity });
    this.#installation = new Found(() => this.#look());
  }

  async status(): Promise<EngineStatus> {
    const installation = await this.#probe();
    if (typeof installation === 'string') {
      return { name: this.name, found: false, detail: installation, hint: INSTALL_HINT };
    }
    const languages = installation.languages.join(', ') || 'none';
    return { name: this.name, found: true, detail: `${installation.version}, languages: ${languages}` };
  }

  async languages(): Promise<readonly string[]> {
    const installation = await this.#probe();
    return typeof installation === 'string' ? [] : installation.languages.filter((code) => code !== 'osd');
  }

  async recognize(image: Raster, options: RecognizeOptions, signal?: AbortSignal): Promise<OcrResult> {
    const command = await this.#require(options.languages);
    const { tessedit_pageseg_mode: mode, ...rest } = tesseractVariables(options, image.dpi);
    const variables = Object.entries(rest).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const args = [
      'stdin',
      'stdout',
      '-l',
      options.languages.join('+'),
      // Not as a variable: the command takes 6 for "not set" there and cuts the image as a page.
      '--psm',
      mode,
      ...variables,
      ...this.#dataFolder(),
      // Not by the name of its configuration file: a folder of data need not have one.
      '-c',
      'tessedit_create_hocr=1',
    ];
    const words = wordsFromHocr(await this.#run(command, args, image, signal));
    return { words, confidence: meanConfidence(words) };
  }

  async detectOrientation(image: Raster, signal?: AbortSignal): Promise<Orientation | null> {
    const command = await this.#require(['osd']);
    const args = ['stdin', 'stdout', '-l', 'osd', '--psm', '0', ...this.#dataFolder()];
    let text: string;
    try {
      text = await this.#run(command, args, image, signal);
    } catch (error) {
      // "Too few characters": the command's way to say that it cannot tell.
      if (error instanceof LegibleError && error.code === 'engine_failed') return null;
      throw error;
    }
    const rotation = Number(/^Rotate: (\d+)/m.exec(text)?.[1] ?? Number.NaN);
    if (rotation !== 0 && rotation !== 90 && rotation !== 180 && rotation !== 270) return null;
    return {
      rotation,
      confidence: Number(/^Orientation confidence: ([\d.]+)/m.exec(text)?.[1] ?? 0),
      script: /^Script: (\S+)/m.exec(text)?.[1] ?? '',
      scriptConfidence: Number(/^Script confidence: ([\d.]+)/m.exec(text)?.[1] ?? 0),
    };
  }

  async close(): Promise<void> {
    this.#queue.clear();
    this.#closing.abort();
    await this.#queue.onIdle();
  }

  /** The installation, or why it cannot be used. */
  #probe(): Promise<Installation | string> {
    return this.#installation.get();
  }

  async #look(): Promise<Installation | string> {
    if (this.#hangs) return NO_ANSWER;
    const found = await probe(this.#dataFolder());
    this.#hangs = found === NO_ANSWER;
    return found;
  }

  #dataFolder(): string[] {
    return this.#options.tessdata ? ['--tessdata-dir', this.#options.tessdata] : [];
  }

  /** The command, when it can read these languages. */
  async #require(codes: readonly string[]): Promise<string> {
    const installation = await this.#probe();
    if (typeof installation === 'string') {
      throw new LegibleError('engine_failed', `tesseract cannot be used: ${installation}.`, INSTALL_HINT);
    }
    const missing = codes.find((code) => !installation.languages.includes(code));
    if (!missing) return installation.command;
    throw new LegibleError(
      'language_missing',
      `The tesseract command has no data for the language ${missing}.`,
      `Install its data (Debian/Ubuntu: apt install tesseract-ocr-${missing.replaceAll('_', '-')}), or use the engine tesseract.js.`,
    );
  }

  async #run(command: string, args: readonly string[], image: Raster, signal?: AbortSignal): Promise<string> {
    const either = signal ? AbortSignal.any([signal, this.#closing.signal]) : this.#closing.signal;
    try {
      return await this.#queue.add(
        () =>
          runTesseract(command, args, {
            input: encodePnm(image),
            timeoutMs: this.#timeoutMs,
            signal: either,
          }),
        { signal },
      );
    } catch (error) {
      if (signal?.aborted) throw cancelled(signal);
      throw error;
    }
  }
}

async function probe(dataFolder: readonly string[]): Promise<Installation | string> {
  const command = await findCommand('tesseract');
  if (!command) return NOT_FOUND;
  try {
    const text = await runTesseract(command, ['--version'], { timeoutMs: PROBE_TIMEOUT_MS });
    const version = /tesseract v?(\d+)(\.[\w.-]+)?/.exec(text);
    if (!version) return 'the command gave no version';
    if (Number(version[1]) < MIN_MAJOR_VERSION) return `version ${version[1]} is too old`;
    const list = await runTesseract(command, ['--list-langs', ...dataFolder], {
      timeoutMs: PROBE_TIMEOUT_MS,
    });
    const languages = list
      .split('\n')
      .slice(1)
      .map((line) => line.trim())
      .filter((line) => /^\w+$/.test(line));
    return { command, version: `${version[1]}${version[2] ?? ''}`, languages };
  } catch (error) {
    const hangs = error instanceof LegibleError && error.code === 'page_timeout';
    return hangs ? NO_ANSWER : NOT_FOUND;
  }
}
