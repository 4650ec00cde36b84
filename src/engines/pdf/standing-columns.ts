import { boxHeight, centerX, centerY, unionBoxes } from '../../document/geometry.js';
import type { NativeWord } from './port.js';

/** Signs of East Asian writing, which stands upright one below the other. */
const STANDING =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\u30fb\u30fc\uff01-\uff60]+$/u;
/** The middles of the signs of a column lie within so many ems of each other; small kana and points stand aside. */
const ASIDE = 0.6;
/** Distance of one sign from the next in ems; more is a new column or paragraph. */
const STEP = { min: 0.4, max: 1.9 };
/** Fewer signs below each other may be the cells of a table. */
const MIN_SIGNS = 3;
/** Of a page's signs this share stands in columns where it is written vertically. */
const MIN_SHARE = 0.6;

/**
 * Vertical writing that a program placed sign by sign (Chromium does), joined into its columns: words that read
 * downwards, as those of fonts for vertical writing do. `words` in the order of the source. All others stay.
 */
export function joinStandingColumns(words: readonly NativeWord[]): NativeWord[] {
  const signs = words.reduce((sum, { text }) => sum + (STANDING.test(text) ? text.length : 0), 0);
  if (signs < MIN_SIGNS) return [...words];
  const runs: NativeWord[][] = [];
  for (const word of words) {
    const run = runs.at(-1);
    if (run && follows(run[run.length - 1], word)) run.push(word);
    else runs.push([word]);
  }
  const columns = runs.filter((run) => run.length >= MIN_SIGNS);
  const standing = columns.reduce((sum, run) => sum + run.length, 0);
  if (standing < signs * MIN_SHARE) return [...words];
  return runs.flatMap((run) => (run.length > 1 ? column(run) : run));
}

const isSign = ({ text, angle }: NativeWord): boolean =>
  angle === undefined && text.length === 1 && STANDING.test(text);

function follows(above: NativeWord, below: NativeWord): boolean {
  if (!isSign(above) || !isSign(below) || above.hidden !== below.hidden) return false;
  const em = Math.max(above.size, below.size);
  const step = centerY(below.box) - centerY(above.box);
  return (
    Math.abs(centerX(below.box) - centerX(above.box)) <= em * ASIDE &&
    step >= em * STEP.min &&
    step <= em * STEP.max
  );
}

/** The signs of a column as one word that reads downwards. */
function column(run: readonly NativeWord[]): NativeWord {
  const [{ glued: _, ...first }] = run;
  const box = unionBoxes(run.map((word) => word.box));
  return {
    ...first,
    text: run.map(({ text }) => text).join(''),
    box,
    baseline: box.y0 + boxHeight(box) / 2,
    size: Math.max(...run.map(({ size }) => size)),
    angle: 90,
  };
}
