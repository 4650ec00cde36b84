/** Process that holds the two models of PP-OCR and reads one image at a time. It ends with the server. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { OcrWord } from '../port.js';
import type { PaddleInstallation } from './models.js';
import type { Gray } from './pixels.js';
import { type Models, readLines } from './reader.js';
import { type OnnxRuntime, SESSION_OPTIONS } from './runtime.js';
import { wordsOfLines } from './words.js';

export interface PaddleCall {
  readonly image: Gray;
}

export interface PaddleAnswer {
  readonly kind: 'words';
  readonly words: readonly OcrWord[];
}

const installation = JSON.parse(process.argv[2]) as PaddleInstallation;
const models = loadModels();
// A failure to load is the answer to the first call, not an uncaught rejection.
models.catch(() => {});

async function loadModels(): Promise<Models> {
  const require = createRequire(join(installation.runtime, 'package.json'));
  const runtime = require(installation.runtime) as OnnxRuntime;
  const dictionary = (await readFile(installation.characters, 'utf8')).replace(/\r?\n$/, '').split(/\r?\n/);
  return {
    runtime,
    detector: await runtime.InferenceSession.create(installation.detector, SESSION_OPTIONS),
    recognizer: await runtime.InferenceSession.create(installation.recognizer, SESSION_OPTIONS),
    characters: ['', ...dictionary, ' '],
  };
}

process.on('disconnect', () => process.exit());
process.on('message', ({ image }: PaddleCall) => {
  models
    .then((loaded) => readLines(image, loaded))
    .then(
      (lines) => process.send!({ kind: 'words', words: wordsOfLines(lines) }),
      (error) => process.send!({ kind: 'error', message: String(error?.message ?? error) }),
    );
});
