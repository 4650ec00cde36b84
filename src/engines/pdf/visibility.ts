import { type Box, boxArea, centerX, centerY, containsPoint } from '../../document/geometry.js';
import { dropOverprints } from './overprint.js';
import { type Painted, shareInside } from './paint.js';
import type { HiddenReason, NativeWord } from './port.js';
import { joinStandingColumns } from './standing-columns.js';
import type { BuiltWord } from './words.js';

/*
 * Words that a person cannot see. They are marked, not dropped: an invisible layer over a scan is
 * an OCR layer to be judged, white text on white is how documents address a machine behind its
 * user's back.
 */

/** Type below this size, in points, cannot be read on paper: the smallest print in use (microprint aside) has 3. */
const TINY_SIZE = 1.5;
/** A word is covered when this share of it lies under later opaque paint. */
const COVERED_SHARE = 0.75;
/** Ratio of luminances (WCAG 2 contrast) below which text cannot be told from its background. */
const MIN_CONTRAST = 1.12;

export interface PageLink {
  readonly box: Box;
  /** An absolute URI, or `#page=N`. */
  readonly target: string;
}

/** Marks hidden words, adds link targets and drops second printings. `painted` is everything but text, in painting order. */
export function finishWords(
  built: readonly BuiltWord[],
  page: { readonly width: number; readonly height: number },
  painted: readonly Painted[],
  links: readonly PageLink[],
): NativeWord[] {
  // Paint smaller than the smallest word can neither cover a word nor be what lies behind it.
  const smallest = built.reduce((least, { word }) => Math.min(least, boxArea(word.box)), Infinity);
  const relevant = painted.filter(({ box }) => boxArea(box) >= smallest * COVERED_SHARE);
  const words = built.map((one) => {
    const { word } = one;
    const hidden = one.invisible ? 'invisible' : hiddenReason(one, page, relevant);
    const link = links.find(({ box }) => containsPoint(box, centerX(word.box), centerY(word.box)));
    if (!hidden && !link) return word;
    return { ...word, ...(hidden ? { hidden } : {}), ...(link ? { link: link.target } : {}) };
  });
  return joinStandingColumns(dropOverprints(words));
}

function hiddenReason(
  { word: { box, size, style }, order, cut }: BuiltWord,
  page: { readonly width: number; readonly height: number },
  painted: readonly Painted[],
): HiddenReason | undefined {
  if (size < TINY_SIZE) return 'tiny';
  const x = centerX(box);
  const y = centerY(box);
  if (x < 0 || y < 0 || x > page.width || y > page.height) return 'off_page';
  if (cut) return 'covered';
  let background: string | undefined = '#ffffff';
  for (const paint of painted) {
    if (paint.order > order) {
      if (paint.opaque && shareInside(box, paint.box) >= COVERED_SHARE) return 'covered';
    } else if (containsPoint(paint.box, x, y)) {
      background = paint.opaque ? paint.fill : undefined;
    }
  }
  if (background === undefined || style.color === undefined) return undefined;
  return contrast(style.color, background) < MIN_CONTRAST ? 'no_contrast' : undefined;
}

/** WCAG 2 contrast ratio of two `#rrggbb` colours, 1–21. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const value = Number.parseInt(color.slice(1), 16);
  const channel = (shift: number) => {
    const share = ((value >> shift) & 255) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0);
}
