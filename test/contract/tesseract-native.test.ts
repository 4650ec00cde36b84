import { describe, it } from 'vitest';
import { TesseractNative } from '#legible/engines/ocr/tesseract-native/engine.js';
import { ocrEngineContract } from './ocr-engine.js';

const { found, detail } = await new TesseractNative().status();
if (found) ocrEngineContract('tesseract-native', () => new TesseractNative({ threads: 1 }));
else describe.skip('OcrEngine: tesseract-native', () => it.skip(detail));
