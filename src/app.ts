import { availableParallelism } from 'node:os';
import type { Logger } from 'pino';
import { type Config, maxFileBytes } from './config.js';
import type { OcrEngine } from './engines/ocr/port.js';
import type { PdfEngine, SearchablePdfWriter } from './engines/pdf/port.js';
import { createFunctionThreads } from './engines/workers/function-threads.js';
import type { JobService } from './jobs/api.js';
import { jobLimits, retentionLimits } from './jobs/limits.js';
import type { Meter } from './jobs/meter.js';
import { createInProcessQueue } from './jobs/queue/in-process.js';
import { createJobService } from './jobs/service.js';
import { openDataFolder } from './jobs/store/file/data-folder.js';
import { openFileStore } from './jobs/store/file/file-store.js';
import { withSharedReading } from './jobs/store/file/shared-reading.js';
import { createMemoryStore } from './jobs/store/memory.js';
import type { JobStore } from './jobs/store/port.js';
import { createUploads } from './jobs/uploads/create.js';
import type { UploadTickets } from './jobs/uploads/tickets.js';
import type { Pipeline } from './pipeline/api.js';
import {
  type AllowedFolders,
  createIntake,
  everywhere,
  foldersOnly,
  homeFolders,
} from './pipeline/intake/index.js';
import { layout } from './pipeline/layout/index.js';
import type { EngineChoice } from './pipeline/options.js';
import { inThreads, type PixelWork } from './pipeline/pixels/work.js';
import type { Recognizer } from './pipeline/recognize/recognizer.js';
import { createPipeline } from './pipeline/run.js';

/** Few pages need it, and each of its threads holds a JavaScript heap of its own. */
const SECOND_ENGINE_THREADS = 1;
/** Threads for measuring images a page worked on: a page is measured in a tenth of the time that reading it takes. */
const PIXEL_THREADS = 0.25;
/** Milliseconds that running pages get when the app is closed. */
const CLOSE_GRACE = 5_000;

export interface App {
  readonly jobs: JobService;
  readonly pipeline: Pipeline;
  readonly uploads: UploadTickets;
  /** One recogniser per engine choice, made when first asked for; for `doctor` as well. */
  recognizer(choice: EngineChoice): Promise<Recognizer>;
  close(graceMilliseconds?: number): Promise<void>;
}

export interface AppOptions {
  /** The person at the command line names the files: no folder is closed to them. */
  readonly everyFile?: boolean;
  /** Who pays for pages; nobody when absent. */
  readonly meter?: Meter;
  readonly log?: Pick<Logger, 'warn' | 'error'>;
}

/**
 * Puts the product together: the only file that names adapters. Engines, their models and workers are
 * loaded when the first document needs them, so this returns at once.
 */
export async function createApp(config: Config, options: AppOptions = {}): Promise<App> {
  const threads = config.threads || availableParallelism();
  const pixels = createFunctionThreads({
    name: 'image measuring',
    module: new URL('./pipeline/pixels/tasks.js', import.meta.url),
    threads: Math.ceil(threads * PIXEL_THREADS),
    heapMb: config.maxWorkerMb,
    timeout: config.pageTimeout * 1000,
  });
  const engines = createEngines(config, threads, inThreads(pixels));
  const pipeline = createPipeline({
    pdf: { first: engines.pdf, second: engines.secondPdf },
    searchable: engines.searchable,
    recognizer: (choice) => engines.recognizer(choice === 'auto' ? config.engine : choice),
    layout,
    pixels: inThreads(pixels),
    limits: { maxPages: config.maxPages, maxPixels: config.maxMegapixels * 1_000_000 },
    async close() {
      await engines.close();
      await pixels.close();
    },
  });
  const uploads = createUploads(config);
  const jobs = createJobService({
    pipeline,
    uploads,
    ...(options.meter && { meter: options.meter }),
    intake: createIntake({
      maxBytes: maxFileBytes(config),
      allowedFolders: allowedFolders(config, options),
      allowPrivateNetwork: config.allowPrivateNetwork,
      fetchTimeout: config.fetchTimeout * 1000,
    }),
    store: await createStore(config, options),
    // One page more than threads: its image is made ready while the recognisers are busy.
    queue: createInProcessQueue({ jobs: config.maxJobs, pages: threads + 1 }),
    limits: jobLimits(config),
    retention: retentionLimits(config),
    runningHeads: config.runningHeads,
    onError: (error, what) => options.log?.error({ err: error }, what),
  });
  return {
    jobs,
    pipeline,
    uploads,
    recognizer: engines.recognizer,
    async close(graceMilliseconds = CLOSE_GRACE) {
      await jobs.close(graceMilliseconds);
      await pipeline.close();
    },
  };
}

/** Jobs on disk, so that they survive the process; in memory where they end with the command or were asked to. */
async function createStore(config: Config, { everyFile, log }: AppOptions): Promise<JobStore> {
  if (config.ephemeral || everyFile) return createMemoryStore();
  const folder = await openDataFolder(config.dataDir);
  if (folder.beside) {
    log?.warn('another server owns the data folder; this one keeps its jobs in a subfolder of its own');
  }
  const store = withSharedReading(await openFileStore(folder.path), config.dataDir, folder.path);
  return {
    ...store,
    async close() {
      await store.close();
      await folder.release();
    },
  };
}

function allowedFolders(config: Config, { everyFile }: AppOptions): AllowedFolders {
  if (everyFile) return everywhere;
  if (config.allowDir) return foldersOnly(config.allowDir);
  return foldersOnly(config.http ? [] : homeFolders());
}

/** The engines of one app, each made at its first use. */
function createEngines(config: Config, threads: number, pixels: PixelWork) {
  const timeoutMs = config.pageTimeout * 1000;
  const maxPixels = config.maxMegapixels * 1_000_000;
  let first: Promise<PdfEngine & SearchablePdfWriter> | undefined;
  let second: Promise<PdfEngine> | undefined;
  let ocr: Promise<OcrEngine[]> | undefined;
  const recognizers = new Map<EngineChoice, Promise<Recognizer>>();

  const pdfium = () => {
    first ??= import('./engines/pdf/pdfium/engine.js').then(({ createPdfiumEngine }) =>
      createPdfiumEngine({ threads, timeout: timeoutMs, maxPixels, memoryMb: config.maxWorkerMb }),
    );
    return first;
  };
  const pdfjs = () => {
    second ??= import('./engines/pdf/pdfjs/engine.js').then(({ createPdfjsEngine }) =>
      createPdfjsEngine({
        threads: SECOND_ENGINE_THREADS,
        timeout: timeoutMs,
        maxPixels,
        memoryMb: config.maxWorkerMb,
      }),
    );
    return second;
  };
  const ocrEngines = () => {
    ocr ??= Promise.all([
      import('./engines/ocr/tesseract-native/engine.js'),
      import('./engines/ocr/tesseract-js/engine.js'),
      import('./engines/ocr/paddle/engine.js'),
    ]).then(([{ TesseractNative }, { TesseractJs }, { Paddle }]) => {
      const { tessdata, enginesDir } = config;
      return [
        new TesseractNative({ threads, timeoutMs, tessdata }),
        new TesseractJs({ threads, timeoutMs, tessdata, enginesDir }),
        new Paddle({ threads, timeoutMs, enginesDir }),
      ];
    });
    return ocr;
  };
  return {
    pdf: lazyPdfEngine('pdfium', pdfium),
    secondPdf: pdfjs,
    searchable: pdfium,
    recognizer(choice: EngineChoice): Promise<Recognizer> {
      let recognizer = recognizers.get(choice);
      if (!recognizer) {
        recognizer = Promise.all([ocrEngines(), import('./pipeline/recognize/create-recognizer.js')]).then(
          ([candidates, { createRecognizer }]) => createRecognizer({ engines: candidates, choice, pixels }),
        );
        recognizers.set(choice, recognizer);
      }
      return recognizer;
    },
    async close() {
      await Promise.all([
        first?.then((engine) => engine.close()),
        second?.then((engine) => engine.close()),
        ocr?.then((all) => Promise.all(all.map((engine) => engine.close()))),
      ]);
    },
  };
}

/** An engine whose code is imported with its first call. */
function lazyPdfEngine(name: string, load: () => Promise<PdfEngine>): PdfEngine {
  return {
    name,
    open: async (file, signal) => (await load()).open(file, signal),
    readPage: async (file, page, signal) => (await load()).readPage(file, page, signal),
    render: async (file, page, options, signal) => (await load()).render(file, page, options, signal),
    extractImage: async (file, page, index, signal) => (await load()).extractImage(file, page, index, signal),
    close: async () => (await load()).close(),
  };
}
