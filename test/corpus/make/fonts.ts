/** Fonts that every PDF reader has; nothing needs to be embedded. */
export const STANDARD_FONTS = [
  'Helvetica',
  'Helvetica-Bold',
  'Helvetica-Oblique',
  'Times-Roman',
  'Times-Bold',
  'Times-Italic',
  'Times-BoldItalic',
  'Courier',
  'Courier-Bold',
] as const;
export type StandardFont = (typeof STANDARD_FONTS)[number];

/** The four faces that running text uses. */
export interface FontFamily {
  readonly regular: StandardFont;
  readonly bold: StandardFont;
  readonly italic: StandardFont;
}
export const SERIF: FontFamily = { regular: 'Times-Roman', bold: 'Times-Bold', italic: 'Times-Italic' };
export const SANS: FontFamily = {
  regular: 'Helvetica',
  bold: 'Helvetica-Bold',
  italic: 'Helvetica-Oblique',
};

const WIN_ANSI: Record<string, number> = {
  '\u20ac': 0x80,
  '\u2026': 0x85,
  '\u2018': 0x91,
  '\u2019': 0x92,
  '\u201c': 0x93,
  '\u201d': 0x94,
  '\u2022': 0x95,
  '\u2013': 0x96,
  '\u2014': 0x97,
};

/** Text in WinAnsiEncoding, one char a byte. Throws for a character that the encoding lacks. */
export function toWinAnsi(text: string): string {
  return [...text]
    .map((character) => {
      const code = WIN_ANSI[character] ?? character.codePointAt(0)!;
      if (code > 255 || (code >= 0x80 && code < 0xa0 && !(character in WIN_ANSI)))
        throw new Error(`not in WinAnsiEncoding: ${character}`);
      return String.fromCharCode(code);
    })
    .join('');
}
