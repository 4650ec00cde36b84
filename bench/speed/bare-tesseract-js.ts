// What a program gets that calls tesseract.js itself, done well: one worker a core, npm's data, page segmentation
// mode 3, text only.
//
//   node bare-tesseract-js.js LIST OUT      LIST: one image path a line
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { createScheduler, createWorker, PSM } from 'tesseract.js';

const [list, out] = process.argv.slice(2);
const images = readFileSync(list, 'utf8').split('\n').filter(Boolean);
const data = dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json'));
const scheduler = createScheduler();
const workers = Math.min(availableParallelism(), images.length);
await Promise.all(
  Array.from({ length: workers }, async () => {
    const worker = await createWorker('eng', 1, {
      langPath: join(data, '4.0.0_best_int'),
      gzip: true,
      cacheMethod: 'none',
    });
    await worker.setParameters({ tessedit_pageseg_mode: PSM.AUTO });
    scheduler.addWorker(worker);
  }),
);
const pages = await Promise.all(images.map((image) => scheduler.addJob('recognize', image)));
writeFileSync(out, pages.map((page) => page.data.text).join('\n'));
await scheduler.terminate();
