import { TesseractJs } from '#legible/engines/ocr/tesseract-js/engine.js';
import { ocrEngineContract } from './ocr-engine.js';

ocrEngineContract('tesseract.js', () => new TesseractJs({ threads: 1 }));
