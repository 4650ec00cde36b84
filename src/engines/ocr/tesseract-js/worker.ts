/**
 * Thread that guards one tesseract.js worker and works on one image at a time. tesseract.js throws
 * some failures outside of any promise, where they would end the process they happen in: here they
 * end this thread, and the pool replaces it. Terminating it terminates the worker inside.
 */
import { fileURLToPath } from 'node:url';
import { parentPort, type Worker as Thread } from 'node:worker_threads';
import { createWorker, OEM, type Worker } from 'tesseract.js';
import { wordsFromHocr } from '../hocr.js';
import type { Orientation } from '../port.js';
import type { CoreMemory, LanguageSet, Variables, WorkerAnswer, WorkerCall } from './protocol.js';

const port = parentPort!;
const CORE_WORKER = fileURLToPath(new URL('./core-worker.js', import.meta.url));
/**
 * A core whose memory has grown beyond this is ended, and a fresh one is started for the next image: a dense page at
 * 300 dpi needs about 100 MB, and starting costs a third of a second.
 */
const MOST_CORE_BYTES = 160 * 1024 * 1024;

let reader: { readonly worker: Worker; readonly key: string } | undefined;
let orienter: Worker | undefined;

/** `createWorker` never settles when its language data is bad; the error handler is told, so both are waited for. */
function start({ codes, folder, gzip }: LanguageSet, engine: OEM): Promise<Worker> {
  const legacy = engine === OEM.TESSERACT_ONLY;
  return new Promise((resolve, reject) => {
    createWorker(codes.split('+'), engine, {
      workerPath: CORE_WORKER,
      langPath: folder,
      gzip,
      // `none`: no copy of the data is written into the working folder.
      cacheMethod: 'none',
      legacyCore: legacy,
      legacyLang: legacy,
      errorHandler: (error: unknown) => reject(new Error(String(error))),
    }).then((worker) => {
      endWhenLarge(worker);
      resolve(worker);
    }, reject);
  });
}

function endWhenLarge(worker: Worker): void {
  const { worker: thread } = worker as Worker & { readonly worker: Thread };
  thread.on('message', ({ coreBytes = 0 }: Partial<CoreMemory>) => {
    if (coreBytes > MOST_CORE_BYTES) turn = turn.then(() => end(worker));
  });
}

async function end(worker: Worker): Promise<void> {
  if (reader?.worker === worker) reader = undefined;
  else if (orienter === worker) orienter = undefined;
  else return;
  await worker.terminate();
}

async function readerFor(languages: LanguageSet): Promise<Worker> {
  const key = `${languages.folder}:${languages.codes}`;
  if (reader?.key === key) return reader.worker;
  await reader?.worker.terminate();
  reader = undefined;
  reader = { worker: await start(languages, OEM.LSTM_ONLY), key };
  return reader.worker;
}

async function recognize(
  image: Uint8Array,
  languages: LanguageSet,
  variables: Variables,
): Promise<WorkerAnswer> {
  const worker = await readerFor(languages);
  await worker.setParameters(variables);
  const { data } = await worker.recognize(asImage(image), {}, { text: false, hocr: true });
  return { kind: 'words', words: wordsFromHocr(data.hocr ?? '') };
}

/** Orientation and script detection needs the legacy engine, which only the `osd` data is loaded for. */
async function detectOrientation(image: Uint8Array, osd: LanguageSet): Promise<Orientation | null> {
  orienter ??= await start(osd, OEM.TESSERACT_ONLY);
  const { data } = await orienter.detect(asImage(image));
  if (data.orientation_degrees === null || data.script === null) return null;
  return {
    rotation: data.orientation_degrees as Orientation['rotation'],
    confidence: data.orientation_confidence ?? 0,
    script: data.script,
    ...(data.script_confidence !== null && { scriptConfidence: data.script_confidence }),
  };
}

const asImage = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

async function answer(call: WorkerCall): Promise<WorkerAnswer | undefined> {
  if (call.kind === 'load') {
    // What is wrong with the data is the answer to the first call that needs it.
    await readerFor(call.languages).catch(() => undefined);
    return undefined;
  }
  if (call.kind === 'recognize') return recognize(call.image, call.languages, call.variables);
  return { kind: 'orientation', orientation: await detectOrientation(call.image, call.languages) };
}

/** One call after the other: loading may still be under way when the first image comes. */
let turn: Promise<unknown> = Promise.resolve();

port.on('message', (call: WorkerCall) => {
  turn = turn
    .then(() => answer(call))
    .then(
      (result) => result && port.postMessage(result),
      (error) => port.postMessage({ kind: 'error', message: String(error?.message ?? error) }),
    );
});
