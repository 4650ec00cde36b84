import type { DraftPage, DraftText } from './draft.js';
import { lineText } from './lines.js';
import { type Look, lookOf } from './look.js';
import { readMarker } from './markers.js';

/** Longer than this is text, however it is set. */
const MAX_CHARS = 220;
const MAX_LINES = 4;
/** Size above the body's from which type is a heading's by size alone. */
const LARGER = { native: 1.12, ocr: 1.22 };
/** A heading numbered like `3`, `3.1`, `A.2`, `IV.`, `Chapter 5`. */
const NUMBERED =
  /^(?:(?:chapter|section|part|appendix|annex|article|kapitel|chapitre)\s+[\dA-Z]|\d{1,2}(?:\.\d{1,2})*\.?\s+\p{L}|[A-Z](?:\.\d{1,2})+\.?\s+\p{L}|[IVX]{1,5}\.\s+\p{L})/iu;
/** `Figure 3`, `Table A.1`, `Abb. 2`: the label that starts a caption. */
const CAPTION =
  /^(?:figure|fig\.|table|tab\.|abb\.|abbildung|tabelle|tableau|tabla|figura|chart|exhibit|plate|scheme|listing|algorithm|FIGURE|FIG\.|TABLE|CHART|EXHIBIT|PLATE|Figure|Fig\.|Table|Tab\.|Abb\.|Abbildung|Tabelle|Tableau|Tabla|Figura|Chart|Exhibit|Plate|Scheme|Listing|Algorithm)\s*(?:\d|[A-Z]\.?\d|[IVX]+\b|[A-Z]\b)/u;

export interface HeadingEvidence {
  readonly look: Look;
  readonly text: string;
  /** Depth of the printed number: 1 for `3`, 2 for `3.1`; 0 without. */
  readonly depth: number;
}

export const isCaption = (text: string): boolean => CAPTION.test(text);

/** Depth of a heading's number; 0 where there is none. */
export function numberDepth(text: string): number {
  const m = /^(?:\d{1,2}|[A-Z])((?:\.\d{1,2})*)\.?\s+\p{L}/u.exec(text);
  if (!m || (!/^\d/.test(text) && m[1] === '')) return 0;
  return 1 + (m[1].match(/\./g)?.length ?? 0);
}

/** Decides whether a block of lines is a heading, from its look against the document's body text. */
export function headingEvidence(
  draft: DraftText,
  page: DraftPage,
  bodySize: number,
): HeadingEvidence | undefined {
  if (draft.lines.length > MAX_LINES || draft.angle !== undefined) return undefined;
  const text = draft.lines.map(lineText).join(' ');
  if (text.length > MAX_CHARS || !/\p{L}|\p{N}/u.test(text) || isCaption(text)) return undefined;
  const look = lookOf(draft.lines);
  if (look.mono) return undefined;
  const marker = readMarker(draft.lines[0].words[0].text);
  if (marker?.kind === 'bullet' || marker?.kind === 'check') return undefined;
  const ratio = look.size / bodySize;
  const evidence = { look, text, depth: numberDepth(text) };
  const numbered = NUMBERED.test(text);
  const sentence = /[.,;:]$/u.test(text) && !(numbered && text.length < 60);
  const larger = ratio >= (page.facts.ocr ? LARGER.ocr : LARGER.native);
  const letters = /\p{L}{2}/u.test(text);
  if (larger && (letters || look.bold) && !(sentence && text.length > 120)) return evidence;
  if (ratio < 0.95 && !look.bold) return undefined;
  const boldApart = look.bold && !page.facts.bodyBold && ratio >= 0.9;
  if (boldApart && letters && draft.lines.length <= 3 && !(sentence && text.length > 60)) return evidence;
  return undefined;
}
