import { describe, it } from 'vitest';
import { Paddle } from '#legible/engines/ocr/paddle/engine.js';
import { ocrEngineContract } from './ocr-engine.js';

const options = { threads: 1, enginesDir: process.env.LEGIBLE_ENGINES_DIR };
const { found, detail } = await new Paddle(options).status();
if (found) ocrEngineContract('paddle', () => new Paddle(options), { orientation: false });
describe.skipIf(found)('OcrEngine: paddle', () => {
  it.skipIf(!found)(`is not installed: ${detail}`, () => undefined);
});
