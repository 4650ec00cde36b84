import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { print, progress } from '../report.js';
import { type Contender, findContenders } from './contenders.js';
import { makeScannedDocument, type ScannedDocument } from './pages.js';
import { type Timing, time } from './time.js';
import { wordF1 } from './words.js';

interface Row {
  readonly contender: Contender;
  readonly document: ScannedDocument;
  readonly timing: Timing;
  /** F1 of the words against what was set. */
  readonly words: number;
}

/** At most `ratio` of the other's time on the clock, for documents of `pages` pages. */
const RATIOS = [
  { of: 'legible', to: 'tesseract', ratio: 0.5, pages: 10 },
  { of: 'legible', to: 'ocrmypdf', ratio: 0.5, pages: 10 },
  { of: 'legible-native', to: 'tesseract', ratio: 0.25, pages: 10 },
  { of: 'legible-native', to: 'liteparse', ratio: 1, pages: 10 },
] as const;
const MAX_MEGABYTES = 1_200;
const MANY_PAGES = 100;

function printRows(rows: readonly Row[]): void {
  print('\npages  program                      wall s  s/page  CPU s/page  peak MB   words');
  for (const { contender, document, timing, words } of rows) {
    const cells = [
      String(document.pages).padStart(5),
      contender.name.padEnd(26),
      timing.wall.toFixed(1).padStart(8),
      (timing.wall / document.pages).toFixed(2).padStart(6),
      (timing.cpu / document.pages).toFixed(2).padStart(10),
      timing.megabytes.toFixed(0).padStart(8),
      words.toFixed(4).padStart(7),
    ];
    print(cells.join('  '));
  }
}

function printVerdicts(rows: readonly Row[]): boolean {
  let allHold = true;
  const verdict = (holds: boolean, text: string) => {
    allHold &&= holds;
    print(`  ${holds ? 'pass' : 'FAIL'}  ${text}`);
  };
  const total = (role: string, pages: number) => {
    const own = rows.filter((row) => row.contender.role === role && row.document.pages === pages);
    return own.length > 0 ? own.reduce((sum, row) => sum + row.timing.wall, 0) / own.length : undefined;
  };
  print();
  for (const { of, to, ratio, pages } of RATIOS) {
    const [ours, theirs] = [total(of, pages), total(to, pages)];
    if (ours === undefined || theirs === undefined) print(`  skip  ${of} to ${to}: not measured`);
    else
      verdict(
        ours / theirs <= ratio,
        `${of} to ${to}, ${pages} pages: ${(ours / theirs).toFixed(2)} ≤ ${ratio}`,
      );
  }
  for (const row of rows)
    if (row.contender.role.startsWith('legible') && row.document.pages >= MANY_PAGES)
      verdict(
        row.timing.megabytes < MAX_MEGABYTES,
        `${row.contender.name}, ${row.document.pages} pages: ${row.timing.megabytes.toFixed(0)} MB < ${MAX_MEGABYTES}`,
      );
  return allHold;
}

/**
 * Times whole documents, from the start of the program to its end, every contender in turn on the same document
 * so that other load on the machine hits all of them. Returns the exit code.
 */
export async function speed(out: string, sizes: readonly number[], rounds: number): Promise<number> {
  const contenders = findContenders();
  print(`found: ${contenders.map((contender) => contender.name).join('; ')}`);
  const rows: Row[] = [];
  for (const size of sizes) {
    progress(`making ${size} pages`);
    const document = await makeScannedDocument(size, join(out, `${size}-pages`));
    for (let round = 0; round < rounds; round++)
      for (const contender of contenders) {
        progress(`${size} pages, round ${round + 1} of ${rounds}: ${contender.name}`);
        const answers = join(out, 'answers', `${contender.role}-${size}`);
        rmSync(answers, { recursive: true, force: true });
        mkdirSync(answers, { recursive: true });
        const timing = await time(contender.command(document, answers), contender.environment);
        const words = wordF1(document.truth, contender.read(answers));
        rows.push({ contender, document, timing, words });
      }
  }
  progress('');
  printRows(rows);
  return printVerdicts(rows) ? 0 : 1;
}
