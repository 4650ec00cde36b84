// Prints the table of src/pipeline/inspect/letter-pairs.ts. Text: names of languages, regions, currencies,
// units, months and weekdays in 37 Latin-script languages, from the CLDR data that Node carries (Unicode licence).
import { foldLatin } from '#legible/pipeline/inspect/fold-latin.js';

const LOCALES =
  'en fr de es it pt nl sv da nb fi pl cs sk hu ro tr hr sl et lv lt ca gl eu id ms sw is ga cy af sq vi fil az'.split(
    ' ',
  );
const ENGLISH_WEIGHT = 3;
const FLOOR = 2e-5;
const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const twoLetters = letters.flatMap((a) => letters.map((b) => a + b));

function names(locale: string): string {
  const out: string[] = [];
  for (const type of ['language', 'region', 'currency'] as const) {
    const display = new Intl.DisplayNames([locale], { type, fallback: 'none' });
    const codes =
      type === 'currency'
        ? Intl.supportedValuesOf('currency')
        : type === 'region'
          ? twoLetters.map((code) => code.toUpperCase())
          : twoLetters;
    for (const code of codes) {
      try {
        out.push(display.of(code) ?? '');
      } catch {
        // Not a code of this type.
      }
    }
  }
  for (const unit of Intl.supportedValuesOf('unit')) {
    out.push(new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(12));
  }
  for (let month = 0; month < 12; month++) {
    out.push(
      new Intl.DateTimeFormat(locale, { month: 'long', weekday: 'long' }).format(
        new Date(2024, month, month + 1),
      ),
    );
  }
  return out.join(' ');
}

const index = (character: string): number => character.charCodeAt(0) - 96;
const shares = Array.from({ length: 27 }, () => new Float64Array(27));
for (const locale of LOCALES) {
  const counts = Array.from({ length: 27 }, () => new Float64Array(27));
  let total = 0;
  for (const word of foldLatin(names(locale)).match(/[a-z]+/g) ?? []) {
    let previous = 0;
    for (const next of [...[...word].map(index), 0]) {
      counts[previous][next]++;
      previous = next;
      total++;
    }
  }
  const weight = (locale === 'en' ? ENGLISH_WEIGHT : 1) / (LOCALES.length + ENGLISH_WEIGHT - 1);
  for (let a = 0; a < 27; a++) for (let b = 0; b < 27; b++) shares[a][b] += (counts[a][b] / total) * weight;
}
for (const row of shares) {
  const digits = [...row].map((share) => {
    const digit = Math.round((Math.log2(share + FLOOR) + 15.6) * 3);
    return Math.max(0, Math.min(35, digit)).toString(36);
  });
  process.stdout.write(`  '${digits.join('')}',`.concat('\n'));
}
