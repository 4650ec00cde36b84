/*
 * A font for text that is not seen: one empty glyph, half an em wide, for every character, so that
 * text of any script can be searched and copied. The method is that
 * of Tesseract's PDF output and of Chromium's searchable scans; the font is made here.
 */

/** Advance of every glyph in em. */
export const GLYPHLESS_ADVANCE = 0.5;
const UNITS_PER_EM = 1000;
const CODE_UNITS = 0x10000;
const GLYPH = 1;

/** The TrueType file: glyph 0 (.notdef) and glyph 1, both without outline. */
export function glyphlessTrueType(): Uint8Array {
  const advance = UNITS_PER_EM * GLYPHLESS_ADVANCE;
  const tables: readonly (readonly [string, Uint8Array])[] = [
    // A cmap without subtables: PDF viewers go by CIDToGIDMap.
    ['cmap', shorts(0, 0)],
    ['glyf', shorts(0, 0)],
    [
      'head',
      // Version, revision, checksum, magic, flags, units, created, modified, box, style, size, direction, loca format.
      shorts(
        1,
        0,
        1,
        0,
        0,
        0,
        0x5f0f,
        0x3cf5,
        0,
        UNITS_PER_EM,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        advance,
        UNITS_PER_EM,
        0,
        8,
        2,
        0,
        0,
      ),
    ],
    ['hhea', shorts(1, 0, 800, -200, 0, advance, 0, 0, advance, 1, 0, 0, 0, 0, 0, 0, 0, 2)],
    ['hmtx', shorts(advance, 0, advance, 0)],
    ['loca', shorts(0, 0, 0)],
    ['maxp', shorts(1, 0, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)],
    ['post', shorts(3, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)],
  ];
  return trueTypeFile(tables);
}

/** CIDToGIDMap: every code shows the empty glyph. */
export function glyphlessMap(): Uint8Array {
  const map = new Uint8Array(CODE_UNITS * 2);
  for (let i = 1; i < map.length; i += 2) map[i] = GLYPH;
  return map;
}

/** Codes that stand for no character of their own: they are given to characters beyond U+FFFF. */
const FIRST_SURROGATE = 0xd800;
const LAST_SURROGATE = 0xdfff;
/** Entries of one section of a CMap. */
const SECTION = 100;

/** Character codes of a document's text: UTF-16 code units, and spare codes for characters beyond U+FFFF. */
export class GlyphlessCodes {
  readonly #spare = new Map<string, number>();

  constructor(texts: Iterable<string>) {
    for (const text of texts) {
      for (const character of text) {
        if (character.length < 2 || this.#spare.has(character)) continue;
        const code = FIRST_SURROGATE + this.#spare.size;
        if (code <= LAST_SURROGATE) this.#spare.set(character, code);
      }
    }
  }

  /** One code a character. */
  encode(text: string): number[] {
    return Array.from(text, (character) =>
      character.length === 1 ? character.charCodeAt(0) : (this.#spare.get(character) ?? 0xfffd),
    );
  }

  /**
   * The CMap from codes to Unicode. A range may not cross a change of the code's high byte, nor a
   * section hold more than 100 entries.
   */
  toUnicode(): string {
    const ranges: string[] = [];
    for (let first = 0; first <= 0xffff; first += 0x100) {
      if (first < FIRST_SURROGATE || first > LAST_SURROGATE) {
        ranges.push(`<${hex(first)}> <${hex(first | 0xff)}> <${hex(first)}>`);
      }
    }
    const spare = [...this.#spare].map(
      ([character, code]) =>
        `<${hex(code)}> <${hex(character.charCodeAt(0))}${hex(character.charCodeAt(1))}>`,
    );
    const entries = [...sections('bfrange', ranges), ...sections('bfchar', spare)].join('\n');
    return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${entries}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
`;
  }
}

const hex = (value: number): string => value.toString(16).padStart(4, '0');

function sections(kind: string, entries: readonly string[]): string[] {
  const found: string[] = [];
  for (let i = 0; i < entries.length; i += SECTION) {
    const part = entries.slice(i, i + SECTION);
    found.push(`${part.length} begin${kind}\n${part.join('\n')}\nend${kind}`);
  }
  return found;
}

function trueTypeFile(tables: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const count = tables.length;
  const power = 2 ** Math.floor(Math.log2(count));
  const header = shorts(1, 0, count, power * 16, Math.log2(power), (count - power) * 16);
  let offset = header.length + count * 16;
  const directory: Buffer[] = [];
  const bodies: Buffer[] = [];
  for (const [tag, data] of tables) {
    const entry = Buffer.alloc(16);
    entry.write(tag, 'latin1');
    entry.writeUInt32BE(checksum(data), 4);
    entry.writeUInt32BE(offset, 8);
    entry.writeUInt32BE(data.length, 12);
    directory.push(entry);
    const body = Buffer.alloc((data.length + 3) & ~3);
    body.set(data);
    bodies.push(body);
    offset += body.length;
  }
  return Buffer.concat([header, ...directory, ...bodies]);
}

function checksum(data: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum = (sum + data[i] * 2 ** (24 - 8 * (i % 4))) >>> 0;
  return sum;
}

/** Big-endian 16-bit numbers. */
function shorts(...values: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [i, value] of values.entries()) bytes.writeUInt16BE(value & 0xffff, i * 2);
  return bytes;
}
