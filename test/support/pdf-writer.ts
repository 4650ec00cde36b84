/**
 * A tiny PDF writer for tests: numbered objects, streams, a cross-reference table. Everything is
 * Latin-1, so a character of a string is a byte of the file.
 */
export class PdfWriter {
  readonly #objects: Uint8Array[] = [];

  /** Reserves an object number, to be filled by `set`. */
  reserve(): number {
    return this.#objects.push(new Uint8Array());
  }

  set(number: number, body: string): number {
    this.#objects[number - 1] = latin1(body);
    return number;
  }

  /** Replaces text of an object that is no stream. */
  replace(number: number, text: string, by: string): void {
    const body = Buffer.from(this.#objects[number - 1]).toString('latin1');
    this.set(number, body.replace(text, by));
  }

  add(body: string): number {
    return this.set(this.reserve(), body);
  }

  stream(dictionary: string, data: string | Uint8Array): number {
    const bytes = typeof data === 'string' ? latin1(data) : data;
    const head = latin1(`<< ${dictionary} /Length ${bytes.length} >>\nstream\n`);
    const number = this.reserve();
    this.#objects[number - 1] = concat([head, bytes, latin1('\nendstream')]);
    return number;
  }

  /** The file; `root` is the catalog's number, `trailer` further trailer entries. */
  build(root: number, trailer = ''): Uint8Array {
    const parts: Uint8Array[] = [latin1('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')];
    const offsets: number[] = [];
    let position = parts[0].length;
    const push = (part: Uint8Array) => {
      parts.push(part);
      position += part.length;
    };
    this.#objects.forEach((object, index) => {
      offsets.push(position);
      push(latin1(`${index + 1} 0 obj\n`));
      push(object);
      push(latin1('\nendobj\n'));
    });
    const start = position;
    const size = this.#objects.length + 1;
    const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
    push(latin1(`xref\n0 ${size}\n0000000000 65535 f \n${rows}`));
    push(latin1(`trailer\n<< /Size ${size} /Root ${root} 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`));
    return concat(parts);
  }
}

export interface PdfPageSpec {
  /** Content stream operators. */
  readonly content: string;
  /** `[x0 y0 x1 y1]`; a Letter page when absent. */
  readonly mediaBox?: readonly [number, number, number, number];
  /** Further entries of the page dictionary: `/Rotate 90`. */
  readonly entries?: string;
}

export interface PdfSpec {
  readonly pages: readonly PdfPageSpec[];
  /** Entries of the resources beside the fonts: `/XObject << /Im0 7 0 R >>`. */
  readonly resources?: (writer: PdfWriter) => string;
  /** Further fonts of the resources: `/T3 7 0 R`. */
  readonly fonts?: (writer: PdfWriter) => string;
  /** Entries of the catalog; may add objects to the writer. */
  readonly catalog?: (writer: PdfWriter, pages: readonly number[]) => string;
  /** Entries of the information dictionary: `/Title (…)`. */
  readonly info?: string;
}

/** Fonts every page of `buildPdf` can use: /F1 Helvetica, /F2 Helvetica-Bold, /F3 Times-Italic, /F4 Courier. */
const FONTS = ['Helvetica', 'Helvetica-Bold', 'Times-Italic', 'Courier'];

/** A PDF of the given pages with the standard fonts, WinAnsi encoded. */
export function buildPdf(spec: PdfSpec): Uint8Array {
  const writer = new PdfWriter();
  const root = writer.reserve();
  const tree = writer.reserve();
  const fonts = FONTS.map((name, index) => {
    const font = writer.add(
      `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`,
    );
    return `/F${index + 1} ${font} 0 R`;
  });
  const resources = writer.add(
    `<< /Font << ${fonts.join(' ')} ${spec.fonts?.(writer) ?? ''} >> ${spec.resources?.(writer) ?? ''} >>`,
  );
  const pages = spec.pages.map((page) => {
    const content = writer.stream('', page.content);
    const box = (page.mediaBox ?? [0, 0, 612, 792]).join(' ');
    return writer.add(
      `<< /Type /Page /Parent ${tree} 0 R /MediaBox [${box}] /Resources ${resources} 0 R /Contents ${content} 0 R ${page.entries ?? ''} >>`,
    );
  });
  writer.set(
    tree,
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((page) => `${page} 0 R`).join(' ')}] >>`,
  );
  writer.set(root, `<< /Type /Catalog /Pages ${tree} 0 R ${spec.catalog?.(writer, pages) ?? ''} >>`);
  return writer.build(root, spec.info ? `/Info ${writer.add(`<< ${spec.info} >>`)} 0 R` : '');
}

/** One line of text at a place on the page (PDF coordinates), size in points. */
export function textAt(x: number, y: number, text: string, { font = 'F1', size = 12 } = {}): string {
  return `BT /${font} ${size} Tf ${x} ${y} Td (${escapeText(text)}) Tj ET\n`;
}

export const escapeText = (text: string): string => text.replace(/[\\()]/g, '\\$&');

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    bytes.set(part, position);
    position += part.length;
  }
  return bytes;
}
