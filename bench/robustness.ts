import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { JobService } from '#legible/jobs/api.js';
import type { EngineChoice } from '#legible/pipeline/options.js';
import { skew, turn } from '../test/corpus/make/degrade.js';
import { addJpeg } from '../test/corpus/make/images.js';
import { PdfFile } from '../test/corpus/make/pdf-file.js';
import { type GrayImage, pageCount, renderPage } from '../test/corpus/make/pdfium.js';
import { Sheet } from '../test/corpus/make/sheet.js';
import { type Corpus, type CorpusFile, documentsOf } from './corpus.js';
import { extractAll } from './extract.js';
import { print, progress } from './report.js';
import { score } from './scorer.js';

const SCAN_DPI = 200;
const GOOD_QUALITY = 80;

/** What is done to every page of the scans, and how much of the words it may cost. */
interface Variant {
  readonly name: string;
  readonly tolerance: number;
  readonly quality?: number;
  change(page: GrayImage): GrayImage | Promise<GrayImage>;
}

const UPRIGHT: Variant = { name: 'upright', tolerance: 0, change: (page) => page };
const VARIANTS: readonly Variant[] = [
  ...([90, 180, 270] as const).map((degrees) => ({
    name: `turned-${degrees}`,
    tolerance: 0.01,
    change: (page: GrayImage) => turn(page, degrees),
  })),
  ...[3, -3].map((degrees) => ({
    name: `skewed${degrees > 0 ? '+' : ''}${degrees}`,
    tolerance: 0.01,
    change: (page: GrayImage) => skew(page, degrees),
  })),
  { name: '150-dpi', tolerance: 0.03, change: (page) => shrink(page, 150 / SCAN_DPI) },
  { name: 'jpeg-q30', tolerance: 0.03, quality: 30, change: (page) => page },
];

async function shrink(page: GrayImage, factor: number): Promise<GrayImage> {
  const raw = { width: page.width, height: page.height, channels: 1 as const };
  const { data, info } = await sharp(Buffer.from(page.pixels), { raw })
    .resize(Math.round(page.width * factor))
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: new Uint8Array(data) };
}

/** Writes the variant as a corpus of its own; paper size stays that of the upright scan. */
async function makeVariant(
  variant: Variant,
  files: readonly CorpusFile[],
  folder: string,
): Promise<CorpusFile[]> {
  const set = join(folder, 'scans');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(set, { recursive: true });
  const made: CorpusFile[] = [];
  for (const file of files) {
    const source = readFileSync(file.path);
    const pdf = new PdfFile();
    for (let page = 0; page < pageCount(source); page++) {
      const upright = renderPage(source, page, SCAN_DPI);
      const changed = await variant.change(upright);
      const lying = changed.width > changed.height !== upright.width > upright.height;
      const [width, height] = [upright.width, upright.height].map((pixels) => (pixels * 72) / SCAN_DPI);
      const sheet = lying ? new Sheet(height, width) : new Sheet(width, height);
      sheet.image(
        await addJpeg(pdf, changed, variant.quality ?? GOOD_QUALITY),
        0,
        0,
        sheet.width,
        sheet.height,
      );
      sheet.addTo(pdf);
    }
    const path = join(set, `${file.name}.pdf`);
    writeFileSync(path, pdf.build());
    copyFileSync(file.path.replace(/\.pdf$/, '.md'), join(set, `${file.name}.md`));
    made.push({ name: file.name, path });
  }
  return made;
}

/** Scores the scans turned, skewed, small and badly compressed, against the same scans upright. Returns the exit code. */
export async function robustness(
  jobs: JobService,
  corpus: Corpus,
  out: string,
  options: { limit?: number; match?: string; engine: EngineChoice; each: boolean },
): Promise<number> {
  const files = documentsOf(corpus, 'scans', options);
  const measure = async (variant: Variant): Promise<{ words: number; nid: number }> => {
    progress(`${variant.name}: making ${files.length} documents`);
    const folder = join(out, variant.name);
    const made = await makeVariant(variant, files, folder);
    const answers = join(folder, 'answers');
    let done = 0;
    await extractAll(jobs, made, answers, { engine: options.engine, runningHeads: 'omit' }, () =>
      progress(`${variant.name} ${++done}/${made.length}`),
    );
    progress('');
    const { score: scored, lines } = score(corpus, folder, 'scans', answers, options.each);
    for (const line of lines) print(`    ${variant.name}  ${line}`);
    return { words: scored.metrics.words, nid: scored.metrics.nid };
  };
  const upright = await measure(UPRIGHT);
  print(
    `\nscans, ${files.length} documents, upright: words ${upright.words.toFixed(4)} nid ${upright.nid.toFixed(4)}`,
  );
  let failed = 0;
  for (const variant of VARIANTS) {
    const { words, nid } = await measure(variant);
    const loss = upright.words - words;
    const holds = loss <= variant.tolerance;
    if (!holds) failed++;
    print(
      `  ${holds ? 'pass' : 'FAIL'}  ${variant.name.padEnd(12)} words ${words.toFixed(4)} (${loss > 0 ? '−' : '+'}${Math.abs(loss).toFixed(4)}, ` +
        `may lose ${variant.tolerance}) nid ${nid.toFixed(4)}`,
    );
  }
  return failed > 0 ? 1 : 0;
}
