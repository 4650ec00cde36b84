import type { PDFPageProxy } from 'pdfjs-dist/types/src/display/api.js';
import { type FontHeight, type FontLook, fontHeight, fontLook } from '../font-style.js';

/** One glyph as pdf.js shows it; numbers between them move the pen. */
export interface PdfjsGlyph {
  readonly unicode?: string;
  /** Thousandths of the em, or glyph space units of a Type 3 font. */
  readonly width: number;
  readonly isSpace: boolean;
  /** Vertical writing: advance, and origin of the glyph. */
  readonly vmetric?: readonly [number, number, number];
}

/** What pdf.js tells of a font. */
interface FontObject {
  readonly name?: string;
  readonly ascent?: number;
  readonly descent?: number;
  readonly bold?: boolean;
  readonly black?: boolean;
  readonly italic?: boolean;
  readonly vertical?: boolean;
  readonly isMonospace?: boolean;
  readonly isType3Font?: boolean;
  readonly fontMatrix?: readonly number[];
  /** `{ firstChar, lastChar }` where the character codes stand in for the missing map. */
  readonly toUnicode?: { readonly firstChar?: number };
}

export interface PdfjsFont extends FontLook, FontHeight {
  readonly vertical: boolean;
  readonly type3: boolean;
  /** Ems per unit of glyph width. */
  readonly widthScale: number;
  /** No Unicode map: what pdf.js gives are character codes. */
  readonly unmapped: boolean;
}

const FIXED_PITCH_FLAG = 1;
const ITALIC_FLAG = 64;
const FORCE_BOLD_FLAG = 1 << 18;

export function readFont(page: PDFPageProxy, id: string): PdfjsFont {
  const known = page.commonObjs.has(id) ? (page.commonObjs.get(id) as FontObject | null) : null;
  const font: FontObject = known ?? {};
  const look = fontLook({
    // pdf.js calls all fonts of that kind `Type3`.
    name: font.isType3Font ? '' : (font.name ?? ''),
    flags:
      (font.isMonospace && !font.isType3Font ? FIXED_PITCH_FLAG : 0) |
      (font.italic ? ITALIC_FLAG : 0) |
      (font.bold || font.black ? FORCE_BOLD_FLAG : 0),
    weight: 0,
    italicAngle: 0,
  });
  return {
    ...look,
    ...fontHeight(font.ascent ?? 0, -(font.descent ?? 0)),
    vertical: font.vertical ?? false,
    type3: font.isType3Font ?? false,
    widthScale: Math.abs(font.fontMatrix?.[0] ?? 0.001),
    unmapped: font.toUnicode?.firstChar !== undefined,
  };
}
