import { deflateSync } from 'node:zlib';
import type { Encryption } from './encryption.js';

/** A reference to an indirect object, as it is written: `7 0 R`. */
export type Ref = string;

/** A PDF string literal; anything outside ASCII must already be in the font's encoding (latin1 bytes). */
export const pdfString = (latin1: string): string =>
  `(${latin1.replace(/[\\()]/g, '\\$&').replace(/\r/g, '\\r')})`;

/** Writes a PDF 1.7 file object by object: classic cross-reference table, no object streams. */
export class PdfFile {
  private readonly objects: { dictionary: string; data?: Buffer }[] = [];
  private readonly pages: Ref[] = [];
  private readonly pageTree: Ref;
  private readonly fields: Ref[] = [];
  private info: Ref | undefined;

  constructor(private readonly encryption?: Encryption) {
    this.pageTree = this.reserve();
  }

  private reserve(): Ref {
    this.objects.push({ dictionary: '' });
    return `${this.objects.length} 0 R`;
  }

  add(dictionary: string): Ref {
    this.objects.push({ dictionary });
    return `${this.objects.length} 0 R`;
  }

  /** `entries` without the angle brackets and without /Length. `filter` names how `data` is encoded already; absent: deflated here. */
  addStream(entries: string, data: Buffer | string, filter?: string): Ref {
    const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
    const encoded = filter ? bytes : deflateSync(bytes, { level: 9 });
    this.objects.push({ dictionary: `${entries} /Filter /${filter ?? 'FlateDecode'}`, data: encoded });
    return `${this.objects.length} 0 R`;
  }

  /** `entries`: MediaBox, Resources, Contents and what else the page has. */
  addPage(entries: string): void {
    this.pages.push(this.add(`<< /Type /Page /Parent ${this.pageTree} ${entries} >>`));
  }

  setInfo(title: string, author: string): void {
    this.info = this.add(
      `<< /Title ${this.string(title, this.objects.length + 1)} /Author ${this.string(author, this.objects.length + 1)} >>`,
    );
  }

  /** A link that opens `url`, as an object of its own. `rect` is in PDF coordinates. */
  addLink(rect: string, url: string): Ref {
    const target = this.string(url, this.objects.length + 1);
    return this.add(
      `<< /Type /Annot /Subtype /Link /Border [0 0 0] /Rect [${rect}] /A << /S /URI /URI ${target} >> >>`,
    );
  }

  /** A field of the document's form that is one widget; gives the widget. */
  addField(entries: string): Ref {
    const field = this.add(`<< /Type /Annot /Subtype /Widget /F 4 ${entries} >>`);
    this.fields.push(field);
    return field;
  }

  /** A group of radio buttons, of which the one named `value` is on; gives the widgets. */
  addRadioButtons(name: string, value: string, buttons: readonly string[]): Ref[] {
    const group = `${this.objects.length + buttons.length + 1} 0 R`;
    const kids = buttons.map((entries) =>
      this.add(`<< /Type /Annot /Subtype /Widget /F 4 /Parent ${group} ${entries} >>`),
    );
    this.fields.push(
      this.add(`<< /FT /Btn /Ff 49152 /T (${name}) /V /${value} /Kids [${kids.join(' ')}] >>`),
    );
    return kids;
  }

  /** A string inside the object of the given number: encrypted where the file is. */
  private string(text: string, object: number): string {
    const bytes = Buffer.from(text, 'latin1');
    return this.encryption ? `<${this.encryption.encrypt(bytes, object).toString('hex')}>` : pdfString(text);
  }

  build(): Buffer {
    this.objects[Number.parseInt(this.pageTree, 10) - 1].dictionary =
      `<< /Type /Pages /Count ${this.pages.length} /Kids [${this.pages.join(' ')}] >>`;
    const form = this.fields.length ? ` /AcroForm << /Fields [${this.fields.join(' ')}] >>` : '';
    const catalog = this.add(`<< /Type /Catalog /Pages ${this.pageTree}${form} >>`);
    const security = this.encryption ? this.add(this.encryption.dictionary()) : undefined;

    const parts: Buffer[] = [];
    let length = 0;
    const offsets: number[] = [];
    const write = (part: Buffer | string) => {
      const bytes = typeof part === 'string' ? Buffer.from(part, 'latin1') : part;
      parts.push(bytes);
      length += bytes.length;
    };
    write('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n');
    this.objects.forEach(({ dictionary, data }, index) => {
      offsets.push(length);
      write(`${index + 1} 0 obj\n`);
      if (data) {
        const stored = this.encryption ? this.encryption.encrypt(data, index + 1) : data;
        write(`<< ${dictionary} /Length ${stored.length} >>\nstream\n`);
        write(stored);
        write('\nendstream');
      } else write(dictionary);
      write('\nendobj\n');
    });
    const start = length;
    write(`xref\n0 ${this.objects.length + 1}\n0000000000 65535 f \n`);
    for (const offset of offsets) write(`${String(offset).padStart(10, '0')} 00000 n \n`);
    const id = this.encryption
      ? ` /ID [<${this.encryption.id.toString('hex')}> <${this.encryption.id.toString('hex')}>]`
      : '';
    write(
      `trailer\n<< /Size ${this.objects.length + 1} /Root ${catalog}${this.info ? ` /Info ${this.info}` : ''}` +
        `${security ? ` /Encrypt ${security}` : ''}${id} >>\nstartxref\n${start}\n%%EOF\n`,
    );
    return Buffer.concat(parts);
  }
}
