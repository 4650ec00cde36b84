import { describe, it } from 'vitest';
import { TesseractNative } from '#legible/engines/ocr/tesseract-native/engine.js';
import { ocrEngineContract } from './ocr-engine.js';

const { found, detail } = await new TesseractNative().status();
if (found) ocrEngineContract('tesseract-native', () => new TesseractNative({ threads: 1 }));
describe.skipIf(found)('OcrEngine: tesseract-native', () => {
  it.skipIf(!found)(`is not installed: ${detail}`, () => undefined);
});
