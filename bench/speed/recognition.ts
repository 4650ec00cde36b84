// The recognition of one page alone: its engine warm, its image ready. Prints the seconds.
//
//   node recognition.js ENGINE IMAGE
import sharp from 'sharp';
import { TesseractJs } from '#legible/engines/ocr/tesseract-js/engine.js';
import { TesseractNative } from '#legible/engines/ocr/tesseract-native/engine.js';

/** Resolution of the pages that are timed. */
const DPI = 200;

const [name, path] = process.argv.slice(2);
const tessdata = process.env.LEGIBLE_TESSDATA;
const options = { threads: 1, ...(tessdata ? { tessdata } : {}) };
const engine = name === 'tesseract-native' ? new TesseractNative(options) : new TesseractJs(options);
const { data, info } = await sharp(path).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
const recognize = () =>
  engine.recognize(
    { data: new Uint8Array(data), width: info.width, height: info.height, channels: 1, dpi: DPI },
    { languages: ['eng'], segmentation: 'page' },
  );
await recognize();
const start = performance.now();
await recognize();
process.stdout.write(`${((performance.now() - start) / 1000).toFixed(3)}\n`);
await engine.close();
