/** What stands at the start of a list item. */
export interface Marker {
  /** As printed, without the space after it. */
  readonly text: string;
  readonly kind: 'bullet' | 'decimal' | 'alpha' | 'roman' | 'check';
  /** The counter's value: 3 for `3.`, `(c)` or `iii.`; 0 for bullets. */
  readonly value: number;
  /** What encloses the counter, e.g. `().` forms: `1.`, `1)`, `(1)`. */
  readonly form: string;
  readonly checked?: boolean;
}

const BULLET = /^([•‣⁃◦▪▫■□●○◆◇►▶▸▹➢➤➔→✓✔✗✘❖❑❒❏☐☑☒\uf0b7\uf0a7\uf0d8\uf076\uf0fc\ufffd·∙*+–—‐-]|o|§)$/u;
const CHECK = /^[☐☑☒❑❒❏□✓✔✗✘]$|^\[[ xX]?\]$/u;
const CHECKED = /^[☑☒✓✔✗✘]$|^\[[xX]\]$/u;
/** Boxes to be ticked, as printed; ticks without a box are not among them. */
const CHECK_BOX = /^[☐☑☒]$/u;
const COUNTER = /^(\(?)(\d{1,3}|[a-zA-Z]|[ivxIVX]{2,5})([.)])$/;

/** The word is a check box. */
export const isCheckBox = ({ text }: { readonly text: string }): boolean => CHECK_BOX.test(text);

const ROMAN: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 };
function romanValue(text: string): number {
  let total = 0;
  const digits = [...text.toLowerCase()].map((c) => ROMAN[c] ?? 0);
  digits.forEach((d, i) => {
    total += d < (digits[i + 1] ?? 0) ? -d : d;
  });
  return total;
}

/**
 * What the counter may stand for: `i`, `v` and `x` are letters and Roman figures, and only their neighbours
 * tell which.
 */
export function markerValues({ kind, value, text }: Marker): readonly number[] {
  if (kind !== 'alpha') return [value];
  const roman = romanValue(text.replace(/[^a-z]/giu, ''));
  return roman > 0 ? [value, roman] : [value];
}

/**
 * Reads the first word of a line as a list marker. Single letters that are Roman digits come back as
 * `alpha`; the list decides by its neighbours.
 */
export function readMarker(word: string): Marker | undefined {
  if (CHECK.test(word))
    return { text: word, kind: 'check', value: 0, form: 'check', checked: CHECKED.test(word) };
  if (BULLET.test(word)) return { text: word, kind: 'bullet', value: 0, form: word };
  const m = COUNTER.exec(word);
  if (!m || (m[1] === '(' && m[3] !== ')')) return undefined;
  const [, open, counter, close] = m;
  const form = `${open}${close}`;
  if (/^\d/.test(counter)) return { text: word, kind: 'decimal', value: Number(counter), form };
  const upper = counter === counter.toUpperCase() ? 'A' : 'a';
  if (counter.length > 1) {
    const value = romanValue(counter);
    return value > 0 ? { text: word, kind: 'roman', value, form: form + upper } : undefined;
  }
  return { text: word, kind: 'alpha', value: counter.toLowerCase().charCodeAt(0) - 96, form: form + upper };
}
