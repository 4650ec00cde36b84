import type { Line } from '../../../document/block.js';
import type { Word } from '../../../document/word.js';
import type { DraftPage } from '../draft.js';
import { brokenWord, type HyphenPolicy } from '../inlines.js';

/** What one page says about its words. JSON-able. */
export interface PageVocabulary {
  /** Words broken by a hyphen at a line's end, lower case, as `left-right`. */
  readonly broken: readonly string[];
  /** Lower-case words printed inside lines, those with a hyphen included. */
  readonly words: readonly string[];
}

/** What the whole document says: broken words (`left-right`, lower case) whose hyphen belongs to the word. */
export type HyphenatedWords = readonly string[];

/** Shorter words say nothing about a broken one, except as its parts. */
const MIN_WORD = 3;
/**
 * Halves that stand before a hyphen of their own in English compounds; a line that ends with one ends with
 * a printed hyphen. Documents prove all others by their own words.
 */
const COMPOUND_STARTS = new Set(
  'self well non ill all long short high low full half mid multi cross post pre ex semi quasi two three four five six seven eight nine ten one first second third open close real free large small old new good best better hard soft hot cold black white year day left right top bottom single double state problem decision user client world English African Anglo Afro so anti co north south east west'
    .toLowerCase()
    .split(' '),
);
const TENS = /^(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)$/;
const ONES =
  /^(?:one|two|three|four|five|six|seven|eight|nine|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)$/;
/** Endings that English joins by a hyphen. */
const COMPOUND_ENDS = new Set(
  'based related like wide free specific term level scale time year old date of the art up down in out off to made known being called driven oriented led owned style class rate quality making sharing third thirds fold'.split(
    ' ',
  ),
);
/** Beginnings and ends of words, which may stand as words too, but at a line's end are parts of one. */
const AFFIX =
  /^(?:in|un|re|de|dis|con|com|ex|en|em|im|per|pro|sub|trans|inter|intro|over|under|for|per|ad|ac|ap|as|at|be|al)$/;

/** Endings that are no words behind a hyphen. */
const SUFFIX =
  /^(?:ity|ities|ing|ings|ed|er|ers|est|ly|ness|ment|ments|tion|tions|sion|sions|able|ible|ably|ibly|al|ally|ism|ist|ists|ous|ful|fully|less|ance|ence|ive|ively|ize|ized|ise|ised|ary|ory|ant|ent|age|ure|ish)$/;

/** Pronouns and particles that French joins to a word by a hyphen: `faut-il`, `celui-ci`. */
const FRENCH_ENDS = /^(?:il|ils|elle|elles|on|je|tu|nous|vous|moi|toi|lui|leur|ci|là|même|mêmes)$/;
/** Words that only a French text prints all of. */
const FRENCH_WORDS = ['les', 'une', 'est'];

/** Between the two halves of a paragraph stand at most so many notes and sidebars. */
const REACH = 4;

export function pageVocabulary(page: DraftPage): PageVocabulary {
  const broken = new Set<string>();
  const words = new Set<string>();
  const parted = new Set<Word>();
  for (const [left, right, found] of columnBreaks(page)) {
    broken.add(`${letters(found.left)}-${letters(found.right)}`);
    parted.add(left).add(right);
  }
  for (const lines of textsOf(page)) {
    const halves = new Set<number>();
    for (let i = 1; i < lines.length; i++) {
      const found = brokenWord(lines[i - 1], lines[i].words[0]);
      if (!found) continue;
      broken.add(`${letters(found.left)}-${letters(found.right)}`);
      halves.add(i);
    }
    lines.forEach((line, i) => {
      line.words.forEach((w, k) => {
        const first = k === 0 && halves.has(i);
        const last = k === line.words.length - 1 && halves.has(i + 1);
        if (first || last || parted.has(w)) return;
        for (const word of w.text.toLowerCase().match(/\p{L}+(?:[-\u2010]\p{L}+)*/gu) ?? []) {
          if (word.length >= MIN_WORD) words.add(word.replace(/\u2010/g, '-'));
        }
      });
    });
  }
  return { broken: [...broken], words: [...words] };
}

/** Words that the end of a column may have broken: the text goes on in one of the next blocks. */
function* columnBreaks({
  drafts,
}: DraftPage): Generator<readonly [left: Word, right: Word, halves: { left: string; right: string }]> {
  const texts = drafts.filter((d) => d.kind === 'text');
  for (const [i, { lines, column }] of texts.entries()) {
    for (const next of texts.slice(i + 1, i + 1 + REACH)) {
      const [last, first] = [lines[lines.length - 1], next.lines[0].words[0]];
      const found = next.column !== column && brokenWord(last, first);
      if (found) yield [last.words[last.words.length - 1], first, found];
    }
  }
}

function* textsOf(page: DraftPage): Generator<readonly Line[]> {
  for (const draft of page.drafts) {
    if (draft.kind === 'text') yield draft.lines;
    else if (draft.kind === 'table') for (const cell of draft.table.cells) yield cell.lines;
  }
}

const letters = (text: string): string =>
  /\p{L}+(?:-\p{L}+)*/gu.exec(text.toLowerCase())?.[0] ?? text.toLowerCase();

/**
 * Decides every broken word of the document. Its own words come first: printed with the hyphen it stays,
 * printed without it goes. Otherwise both halves must be words of their own for the hyphen to stay.
 */
export function hyphenatedWords(pages: readonly PageVocabulary[]): HyphenatedWords {
  const words = new Set(pages.flatMap((p) => p.words));
  const broken = new Set(pages.flatMap((p) => p.broken));
  const french = FRENCH_WORDS.every((word) => words.has(word));
  return [...broken].filter((entry) => {
    const joined = entry.replace('-', '');
    if (words.has(joined)) return false;
    if (words.has(entry)) return true;
    const [left, right] = halves(entry);
    if (COMPOUND_STARTS.has(left) && (words.has(right) || right.length > 4) && !SUFFIX.test(right))
      return true;
    if (french && FRENCH_ENDS.test(right)) return true;
    if (TENS.test(left) && ONES.test(right)) return true;
    if (COMPOUND_ENDS.has(right) && words.has(left)) return true;
    // A printed hyphen further left: `state-of-the-` + `art` is the same compound.
    if (left.includes('-')) return true;
    return (
      words.has(left) &&
      words.has(right) &&
      left.length >= MIN_WORD &&
      !AFFIX.test(left) &&
      !SUFFIX.test(right)
    );
  });
}

function halves(entry: string): [string, string] {
  const at = entry.lastIndexOf('-');
  return [entry.slice(0, at), entry.slice(at + 1)];
}

export function hyphenPolicy(hyphenated: HyphenatedWords): HyphenPolicy {
  const kept = new Set(hyphenated);
  return (left, right) => {
    // A capital or a figure behind the break is the second part of a name: `Anglo-` + `Saxon`.
    if (/^\p{Lu}/u.test(right) && !/^\p{Lu}+$/u.test(left)) return false;
    if (/\p{N}$/u.test(left) || /^\p{N}/u.test(right)) return false;
    return !kept.has(`${letters(left)}-${letters(right)}`);
  };
}
