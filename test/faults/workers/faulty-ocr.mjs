// The product's own OCR thread, which fails in a chosen way on images of a chosen width.
import { parentPort } from 'node:worker_threads';
// Imported first and in the same tick: no message is delivered before both listeners are there.
import '#legible/engines/ocr/tesseract-js/worker.js';

const widthOf = (pnm) => Number(Buffer.from(pnm.subarray(0, 20)).toString('latin1').split(/\s/)[1]);

parentPort.on('message', ({ image }) => {
  const width = widthOf(image);
  if (width === 101) process.exit(1);
  if (width === 102) throw new Error('forced');
  if (width === 103) for (;;);
});
