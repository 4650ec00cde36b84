/**
 * Thread that holds one instance of Tesseract's WebAssembly core and works on one image at a time.
 * Nothing is written to stdout or to disk; language data is read from the paths it is given.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import type { LanguageFile } from '../language-data.js';
import type { Orientation } from '../port.js';
import type { CoreFactory, TesseractApi, TesseractModule } from './core.js';
import type { Variables, WorkerAnswer, WorkerCall, WorkerSetup } from './protocol.js';
import { type JsonPage, wordsFromJson } from './words.js';

const LEGACY = 0;
const LSTM = 1;

const setup = workerData as WorkerSetup;
const port = parentPort!;
const quiet = () => {};
const loading: Promise<TesseractModule> = (createRequire(import.meta.url)(setup.corePath) as CoreFactory)({
  print: quiet,
  printErr: quiet,
  instantiateWasm: (imports, receive) => {
    void WebAssembly.instantiate(setup.core, imports).then((instance) => receive(instance, setup.core));
    return {};
  },
});

let recognizer: { api: TesseractApi; key: string } | null = null;
let orienter: TesseractApi | null = null;

async function loadLanguage(core: TesseractModule, file: LanguageFile): Promise<void> {
  const bytes = await readFile(file.path);
  core.FS.writeFile(`./${file.code}.traineddata`, file.gzip ? gunzipSync(bytes) : bytes);
}

/** The files are dropped from the in-memory file system once the model has read them. */
async function createApi(
  core: TesseractModule,
  languages: readonly LanguageFile[],
  mode: 0 | 1,
): Promise<TesseractApi> {
  for (const language of languages) await loadLanguage(core, language);
  const api = new core.TessBaseAPI();
  const codes = languages.map((language) => language.code).join('+');
  const failed = api.Init(null, codes, mode) !== 0;
  for (const language of languages) core.FS.unlink(`./${language.code}.traineddata`);
  if (failed) throw new Error(`language data ${codes} could not be used`);
  return api;
}

async function recognizerFor(languages: readonly LanguageFile[]): Promise<TesseractApi> {
  const key = languages.map((language) => language.path).join('+');
  if (recognizer?.key === key) return recognizer.api;
  const core = await loading;
  if (recognizer) {
    recognizer.api.End();
    core.destroy(recognizer.api);
    recognizer = null;
  }
  recognizer = { api: await createApi(core, languages, LSTM), key };
  return recognizer.api;
}

async function setImage(api: TesseractApi, image: Uint8Array): Promise<void> {
  const core = await loading;
  core.FS.writeFile('/input', image);
  const failed = api.SetImageFile(1, 0) !== 0;
  core.FS.unlink('/input');
  if (failed) throw new Error('the image could not be read');
}

async function recognize(
  image: Uint8Array,
  languages: readonly LanguageFile[],
  variables: Variables,
): Promise<WorkerAnswer> {
  const api = await recognizerFor(languages);
  for (const [name, value] of Object.entries(variables)) api.SetVariable(name, value);
  await setImage(api, image);
  if (api.Recognize(null) !== 0) throw new Error('recognition failed');
  const words = wordsFromJson(JSON.parse(api.GetJSONText()) as JsonPage);
  api.Clear();
  return { kind: 'words', words };
}

/** Orientation and script detection; needs the legacy engine, which only the `osd` data is loaded for. */
async function detectOrientation(image: Uint8Array, osd: LanguageFile): Promise<Orientation | null> {
  const core = await loading;
  orienter ??= await createApi(core, [osd], LEGACY);
  await setImage(orienter, image);
  const results = new core.OSResults();
  try {
    if (!orienter.DetectOS(results)) return null;
    const best = results.best_result;
    return {
      rotation: ([0, 270, 180, 90] as const)[best.orientation_id] ?? 0,
      confidence: best.oconfidence,
      script: results.unicharset.get_script_from_script_id(best.script_id),
    };
  } finally {
    core.destroy(results);
    orienter.Clear();
  }
}

async function answer(call: WorkerCall): Promise<WorkerAnswer> {
  if (call.kind === 'recognize') return recognize(call.image, call.languages, call.variables);
  return { kind: 'orientation', orientation: await detectOrientation(call.image, call.osd) };
}

port.on('message', (call: WorkerCall) => {
  answer(call).then(
    (result) => port.postMessage(result),
    (error) => port.postMessage({ kind: 'error', message: String(error?.message ?? error) }),
  );
});
