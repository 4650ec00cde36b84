/** What a PDF says about a font. */
export interface FontFacts {
  /** BaseFont or embedded name, subset prefix included. */
  readonly name: string;
  /** /Flags of the font descriptor; 0 where there is none. */
  readonly flags: number;
  /** 100–900 where the descriptor gives one (or a StemV to guess it from); 0 or less where not. */
  readonly weight: number;
  /** Degrees, negative leans right; 0 where unknown. */
  readonly italicAngle: number;
}

export interface FontLook {
  readonly name: string;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly mono: boolean;
}

const FLAG_FIXED_PITCH = 1 << 0;
const FLAG_ITALIC = 1 << 6;
const FLAG_FORCE_BOLD = 1 << 18;

/** StemV of an ordinary text face gives 400–500; black faces with an unhelpful name lie above this. */
const BOLD_WEIGHT = 650;

const SUBSET_PREFIX = /^[A-Z]{6}\+/;
// The last group are TeX's short names: CMBX10, SFBX1200, CMSSBX10.
const BOLD_NAME =
  /bold|black|heavy|demi(?!-?light)|[-, ]bd(?![a-z])|[-, ]B$|[-, ]Medi(?:Ital)?$|^(?:CM|SF|EC|LM|cmr)\w*B[XS]\d*/i;
// The plain names of the standard fonts mean their regular weight, whatever stems the descriptor claims.
const REGULAR_NAME =
  /regular|roman|book|light|thin|normal|medium|[-, ]Rg$|^(?:Helvetica|Arial(?:MT)?|Times(?:NewRoman(?:PS)?(?:MT)?)?|Courier(?:New(?:PS)?(?:MT)?)?)$/i;
const ITALIC_NAME =
  /ital|obliq|slant|kursiv|[-, ](?:bd|b)?it?$|^CM(?:MI|TI|SL|BXTI)|^SF(?:TI|SL|RMI)|^LMRomanSlant/i;
const MONO_NAME =
  /mono|courier|consol|typewriter|menlo|inconsolata|terminal|fixed|^(?:CM|SF|EC)TT|lmmono|source ?code/i;

/** Name without subset prefix, weight, slant and pitch, from the name first and the descriptor second. */
export function fontLook({ name, flags, weight, italicAngle }: FontFacts): FontLook {
  const plain = name.replace(SUBSET_PREFIX, '');
  const bold =
    BOLD_NAME.test(plain) ||
    (flags & FLAG_FORCE_BOLD) !== 0 ||
    (weight >= BOLD_WEIGHT && !REGULAR_NAME.test(plain));
  const italic = ITALIC_NAME.test(plain) || (flags & FLAG_ITALIC) !== 0 || italicAngle < -1;
  const mono = MONO_NAME.test(plain) || (flags & FLAG_FIXED_PITCH) !== 0;
  return { name: plain, bold, italic, mono };
}

/** Shares of the em above and below the baseline, both positive. */
export interface FontHeight {
  readonly ascent: number;
  readonly descent: number;
}

/** Ascender and descender of an ordinary text face, for fonts that state none or nonsense. */
const USUAL_ASCENT = 0.8;
const USUAL_DESCENT = 0.22;
const ASCENT_RANGE = [0.45, 1.25] as const;
const DESCENT_RANGE = [0.05, 0.5] as const;

/** The font's height as far as it is believable. */
export function fontHeight(ascent: number, descent: number): FontHeight {
  return {
    ascent: within(ascent, ASCENT_RANGE) ? ascent : USUAL_ASCENT,
    descent: within(descent, DESCENT_RANGE) ? descent : USUAL_DESCENT,
  };
}

const within = (value: number, [low, high]: readonly [number, number]) => value >= low && value <= high;

/** Ink height of a letter and advance of a letter in ordinary text faces, in em. */
const USUAL_INK_HEIGHT = 0.6;
const USUAL_ADVANCE = 0.5;
/** A Type 3 font whose em comes out within this factor of its nominal size is taken at its word. */
const TRUSTED_FACTOR = 2;
/** Fewer letters than this say nothing about a font's size. */
const MIN_SAMPLES = 3;

/**
 * Factor from the nominal size of a Type 3 font to its em. Such a font has glyphs in any unit (the
 * pixels of a printer, in documents of old TeX systems), so its nominal size means nothing. Samples
 * are heights of ink, or advances, of letters in units of the nominal size.
 */
export function type3EmFactor(samples: readonly number[], kind: 'ink' | 'advance'): number {
  if (samples.length < MIN_SAMPLES) return 1;
  const sorted = [...samples].sort((a, b) => a - b);
  const usual = kind === 'ink' ? USUAL_INK_HEIGHT : USUAL_ADVANCE;
  const factor = sorted[sorted.length >> 1] / usual;
  return factor > TRUSTED_FACTOR || (factor > 0 && factor < 1 / TRUSTED_FACTOR) ? factor : 1;
}
