import type { Inline, Line } from '../../document/block.js';
import { endsUnspaced, startsUnspaced } from '../../document/spacing.js';
import type { Word } from '../../document/word.js';
import { dominantSize, SCRIPT_SIZE } from './lines.js';

/**
 * Decides about a hyphen at the end of a line: true when the hyphen belongs to the line break only
 * (`infor-` + `mation`), false when it is printed in the word (`well-` + `known`).
 */
export type HyphenPolicy = (left: string, right: string) => boolean;

export interface InlineOptions {
  readonly hyphens: HyphenPolicy;
  /** Lines were ended by hand: a line feed between them instead of a space. */
  readonly breaks?: boolean;
  /** Look that the block's role says already: a heading's bold is not repeated in its text. */
  readonly plain?: { readonly bold?: boolean; readonly italic?: boolean; readonly code?: boolean };
}

/** A script stands off its line's baseline by at least this share of the line's em. */
const SCRIPT_OFFSET = 0.12;
const HYPHEN_END = /[\p{L}\p{N}]\u00ad*[-\u2010\u00ad]$/u;
/** Signs of mathematics: their fonts slant them or not, it means nothing. */
const OPERATORS = /^[+−×÷·∗⋆±∓=<>≤≥≠≈≡∼∈∉⊂⊆∪∩⊕⊗∧∨→←∑∏∫∞|()[\]{},;:.]+$/u;
const SOFT = /\u00ad/g;

type Look = Omit<Inline, 'text'>;
const LOOKS = ['bold', 'italic', 'code', 'superscript', 'subscript', 'link'] as const;
const sameLook = (a: Look, b: Look): boolean => LOOKS.every((key) => a[key] === b[key]);
const isPlain = (look: Look): boolean => LOOKS.every((key) => look[key] === undefined);

/**
 * The text of consecutive lines as stretches of one look. Lines are joined by a space, or by nothing
 * after a hyphen that `hyphens` resolves and in scripts without spaces; concatenating the texts gives the block's text.
 */
export function makeInlines(lines: readonly Line[], options: InlineOptions): Inline[] {
  const out: { text: string; look: Look }[] = [];
  const push = (text: string, look: Look): void => {
    const last = out[out.length - 1];
    if (last && sameLook(last.look, look)) last.text += text;
    else out.push({ text, look });
  };
  lines.forEach((line, index) => {
    const size = dominantSize(line.words);
    line.words.forEach((word, position) => {
      const look = lookOf(word, line, size, options);
      const last = out[out.length - 1];
      if (last && position === 0) {
        const broken = brokenWord(lines[index - 1], word);
        if (!broken && options.breaks) last.text += '\n';
        else if (!broken) {
          if (!endsUnspaced(last.text) || !startsUnspaced(word.text)) addSpace(out, last, look);
        } else if (broken.soft || options.hyphens(broken.left, broken.right))
          last.text = last.text.replace(/[-\u2010]$/, '');
      } else if (last && !word.glued) addSpace(out, last, look);
      push(plainText(word.text), look);
    });
  });
  return out.filter((o) => o.text !== '').map((o) => ({ text: o.text, ...o.look }));
}

/** The text as a person types it: soft hyphens gone, double quotes made of two single ones as one character. */
const plainText = (text: string): string =>
  text
    .replace(SOFT, '')
    .replace(/‘‘|(?<![\p{L}\p{N}])``(?!.*``)(?=.)/gu, '“')
    .replace(/’’/g, '”');

/** The space between two looks belongs to the plain side, so that emphasis never starts or ends with one. */
function addSpace(out: { text: string; look: Look }[], last: { text: string; look: Look }, next: Look): void {
  if (sameLook(last.look, next) || isPlain(last.look)) last.text += ' ';
  else out.push({ text: ' ', look: sharedLook(last.look, next) });
}

/** What two looks have in common; scripts and code do not stretch over a space. */
function sharedLook(a: Look, b: Look): Look {
  return {
    ...(a.bold && b.bold && { bold: true as const }),
    ...(a.italic && b.italic && { italic: true as const }),
    ...(a.link !== undefined && a.link === b.link && { link: a.link }),
  };
}

function lookOf(word: Word, line: Line, size: number, { plain }: InlineOptions): Look {
  const script = word.size <= size * SCRIPT_SIZE ? (line.baseline - word.baseline) / Math.max(size, 1) : 0;
  return {
    ...(word.style.bold && !plain?.bold && { bold: true as const }),
    ...(word.style.italic && !plain?.italic && !OPERATORS.test(word.text) && { italic: true as const }),
    ...(word.style.mono && !plain?.code && { code: true as const }),
    ...(script > SCRIPT_OFFSET && { superscript: true as const }),
    ...(script < -SCRIPT_OFFSET && { subscript: true as const }),
    ...(word.link !== undefined && { link: word.link }),
  };
}

/** A hyphen before one of these stands for what both words end with: `Ein- und Ausfuhr`. */
const CONJUNCTION = /^(?:und|oder|bzw|sowie|and|or|et|ou|och|og|en|of)[.,]?$/u;

/** The two halves of a word broken at a line's end, or false; `soft` when the hyphen says so itself. */
export function brokenWord(before: Line, next: Word): { left: string; right: string; soft: boolean } | false {
  const last = before.words[before.words.length - 1];
  if (!last || !/[-\u2010\u00ad]$/u.test(last.text) || !/^[\p{L}\p{N}]/u.test(next.text)) return false;
  if (CONJUNCTION.test(next.text)) return false;
  // Glued pieces are parts of the same word: the half starts where the printed word starts.
  let left = last.text;
  for (let i = before.words.length - 1; i > 0 && before.words[i].glued; i--)
    left = before.words[i - 1].text + left;
  if (!HYPHEN_END.test(left)) return false;
  return { left: left.slice(0, -1), right: next.text, soft: /\u00ad[-\u2010]?$/u.test(left) };
}
