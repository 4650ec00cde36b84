/** How well a page was read. */
export interface PageScore {
  /** F1 of the words (of the characters where words are not set apart), order left out. */
  readonly words: number;
  /** Share of the characters in their order, white space left out: 1 − distance / length. */
  readonly order: number;
  /** White space between two characters of a script without spaces, as a share of the characters. */
  readonly spaces: number;
}

const UNSPACED = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}';
const INVENTED = new RegExp(`(?<=[${UNSPACED}])[^\\S\\n]+(?=[${UNSPACED}])`, 'gu');

/** NFKC, one kind of dash and quotation mark, no vowel points (print of today has none). */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\u0591-\u05C7\u064B-\u0652\u0640\u200B-\u200F\u202A-\u202E\u2066-\u2069]/g, '')
    .replace(/[‐-―]/g, '-')
    .replace(/["“”„«»]/g, '"')
    .replace(/[‘’‚]/g, "'");

const unmarked = (markdown: string): string =>
  markdown
    .replace(/^#+ /gm, '')
    .replace(/^(\s*)- /gm, '$1')
    .replace(/\\(?=[^\w\s])/g, '')
    .replace(/\*\*?|<[^>]*>/g, '');

export function scorePage(markdown: string, truth: string, isUnspaced: boolean): PageScore {
  const got = plain(unmarked(markdown));
  const want = plain(truth);
  const split = (text: string): string[] =>
    isUnspaced ? [...text.replace(/\s+/g, '')] : (text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []);
  const [a, b] = [got.replace(/\s+/g, ''), want.replace(/\s+/g, '')];
  return {
    words: f1(split(got), split(want)),
    order: Math.max(0, 1 - distance([...a], [...b]) / Math.max(1, [...b].length)),
    spaces: (got.match(INVENTED)?.length ?? 0) / Math.max(1, [...a].length),
  };
}

function f1(got: readonly string[], want: readonly string[]): number {
  const left = new Map<string, number>();
  for (const item of want) left.set(item, (left.get(item) ?? 0) + 1);
  let hits = 0;
  for (const item of got) {
    const count = left.get(item) ?? 0;
    if (count === 0) continue;
    hits++;
    left.set(item, count - 1);
  }
  return got.length + want.length === 0 ? 1 : (2 * hits) / (got.length + want.length);
}

/** Levenshtein distance. */
function distance(a: readonly string[], b: readonly string[]): number {
  let row = Uint32Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = new Uint32Array(b.length + 1);
    next[0] = i;
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
}
