import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PageRecord } from '#legible/document/page.js';
import type { EngineChoice } from '#legible/pipeline/options.js';
import { openProduct } from '../product.js';
import { print, progress } from '../report.js';
import { installData, readDeclaration } from './data.js';
import { onePage, openPrinter, printPage } from './print.js';
import { type PageScore, scorePage } from './score.js';
import { TONGUES, type Tongue } from './tongues.js';

const OWNER = 'local';
const A_DAY = 86_400_000;
const NO_LIMIT = 10_000_000;
/** About one page. */
const CHARACTERS = 1_800;
/** A page read with the wrong data must not look surer than this. */
const SURE = 70;
const MISSING = 'language_data_missing';

export interface LanguagesOptions {
  readonly out: string;
  readonly engine: EngineChoice;
  readonly threads: number;
  /** Only these Tesseract codes. */
  readonly only?: readonly string[];
}

interface PrintedPage {
  readonly tongue: Tongue;
  readonly path: string;
  readonly truth: string;
}

interface Read {
  readonly score: PageScore;
  readonly record: PageRecord;
  readonly seconds: number;
}

/**
 * Prints one page of running text in each language and reads it three times: with the language named, with
 * `auto` and the data of all languages, with `auto` and no other data than the installation's.
 */
export async function languages({ out, engine, threads, only }: LanguagesOptions): Promise<number> {
  const data = join(tmpdir(), 'legible-bench-languages');
  const wanted = only ? TONGUES.filter(({ code }) => only.includes(code)) : TONGUES;
  const tongues = installData(data, wanted);
  for (const { code } of wanted.filter((tongue) => !tongues.includes(tongue)))
    print(`no npm package for ${code}; put ${code}.traineddata into ${join(data, 'tessdata')} to measure it`);
  const pages = await printAll(tongues, data, out);
  const none = join(out, 'no-languages');
  mkdirSync(none, { recursive: true });
  const named = await readAll(pages, (code) => code, { engine, threads, enginesDir: data, out });
  const auto = await readAll(pages, () => 'auto', { engine, threads, enginesDir: data, out });
  const bare = await readAll(pages, () => 'auto', { engine, threads, enginesDir: none, out });
  printTable(pages, named, auto, bare);
  const silent = pages.filter((_, index) => isSilent(bare[index]));
  for (const { tongue } of silent)
    print(`FAIL  ${tongue.code} read with the wrong data and without a word about it`);
  return silent.length > 0 ? 1 : 0;
}

async function printAll(tongues: readonly Tongue[], data: string, out: string): Promise<PrintedPage[]> {
  mkdirSync(out, { recursive: true });
  const printer = await openPrinter();
  try {
    const pages: PrintedPage[] = [];
    for (const tongue of tongues) {
      const whole = readDeclaration(data, tongue, tongue.characters ?? CHARACTERS);
      const text = await onePage(printer, whole, { font: tongue.font });
      const path = join(out, `${tongue.code}.png`);
      writeFileSync(path, await printPage(printer, text, { font: tongue.font }));
      const truth = text.paragraphs.map((paragraph) => paragraph.text).join('\n');
      writeFileSync(join(out, `${tongue.code}.txt`), truth);
      pages.push({ tongue, path, truth });
    }
    return pages;
  } finally {
    await printer.close();
  }
}

async function readAll(
  pages: readonly PrintedPage[],
  languageOf: (code: string) => string,
  { engine, threads, enginesDir, out }: Omit<LanguagesOptions, 'only'> & { enginesDir: string },
): Promise<Read[]> {
  const { jobs, close } = await openProduct({ allowDir: out, threads, engine, enginesDir });
  try {
    const reads: Read[] = [];
    for (const { tongue, path, truth } of pages) {
      progress(`${tongue.code} as ${languageOf(tongue.code)}`);
      const started = performance.now();
      const options = { language: languageOf(tongue.code), ocr: 'auto' as const, engine };
      const { id } = await jobs.submit({ source: { reference: path }, options, owner: OWNER });
      const job = await jobs.waitUntilFinal(id, OWNER, A_DAY);
      if (job.status !== 'done') throw new Error(`${tongue.code}: ${job.error?.message ?? job.status}`);
      const seconds = (performance.now() - started) / 1_000;
      const [record] = await jobs.pageRecords(id, OWNER);
      const { content } = await jobs.read(id, OWNER, { format: 'markdown', maxChars: NO_LIMIT });
      writeFileSync(`${path}.${languageOf(tongue.code)}.md`, content);
      reads.push({ score: scorePage(content, truth, tongue.unspaced === true), record, seconds });
    }
    return reads;
  } finally {
    await close();
  }
}

/** Most of it wrong, and neither a warning nor a low confidence. */
const isSilent = ({ score, record }: Read): boolean =>
  score.words < 0.7 &&
  (!record.warnings.some(({ code }) => code === MISSING) || (record.confidence ?? 0) >= SURE);

function printTable(
  pages: readonly PrintedPage[],
  named: readonly Read[],
  auto: readonly Read[],
  bare: readonly Read[],
): void {
  const cells = (values: readonly string[]): string =>
    values
      .map((value, index) => (index % 6 === 0 && index > 0 ? `  |${value.padStart(8)}` : value.padStart(8)))
      .join('');
  print(
    `${''.padEnd(9)}named                                          |  auto, all data installed  |  auto, only what the installation has`,
  );
  print(
    `${'language'.padEnd(9)}${cells(['words', 'order', 'spaces', 'conf', 's', ''])}${['words', 'order', 'conf', 's', 'as'].map((t) => t.padStart(8)).join('')}      |${['words', 'conf', 'warned'].map((t) => t.padStart(8)).join('')}`,
  );
  pages.forEach(({ tongue }, index) => {
    const [n, a, b] = [named[index], auto[index], bare[index]];
    const share = (value: number): string => value.toFixed(3).padStart(8);
    const whole = (value: number | null): string => (value === null ? '-' : value.toFixed(0)).padStart(8);
    print(
      tongue.code.padEnd(9) +
        share(n.score.words) +
        share(n.score.order) +
        share(n.score.spaces) +
        whole(n.record.confidence) +
        n.seconds.toFixed(1).padStart(8) +
        '  | ' +
        share(a.score.words) +
        share(a.score.order) +
        whole(a.record.confidence) +
        a.seconds.toFixed(1).padStart(8) +
        a.record.language.padStart(14) +
        '  | ' +
        share(b.score.words) +
        whole(b.record.confidence) +
        (b.record.warnings.some(({ code }) => code === MISSING) ? 'yes' : '-').padStart(8) +
        b.record.language.padStart(9),
    );
  });
}
