import { crc32, deflateSync } from 'node:zlib';
import { buildPdf, PdfWriter, textAt } from './pdf-writer.js';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** A PNG that says it is as large as asked, with a body that is highly compressed zeros. */
export function pngOf(width: number, height: number, bodyBytes = Math.ceil(width / 8 + 1) * height): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([latin1(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  return Buffer.concat([
    latin1('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(Math.min(bodyBytes, 200_000_000)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A little-endian TIFF of one-pixel directories; `next` gives the offset behind each, so that they can form a ring. */
export function tiffOf(directories: number, next: (index: number) => number): Buffer {
  const entry = (tag: number, type: number, value: number) => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16LE(tag, 0);
    bytes.writeUInt16LE(type, 2);
    bytes.writeUInt32LE(1, 4);
    bytes.writeUInt32LE(value, 8);
    return bytes;
  };
  const directory = (index: number) => {
    const head = Buffer.from([8, 0]);
    const tail = Buffer.alloc(4);
    tail.writeUInt32LE(next(index));
    const entries = [
      entry(256, 3, 1),
      entry(257, 3, 1),
      entry(258, 3, 8),
      entry(259, 3, 1),
      entry(262, 3, 1),
      entry(273, 4, 8),
      entry(278, 3, 1),
      entry(279, 4, 1),
    ];
    return Buffer.concat([head, ...entries, tail]);
  };
  const start = Buffer.alloc(10);
  start.write('II*\0', 'latin1');
  start.writeUInt32LE(10, 4);
  return Buffer.concat([start, ...Array.from({ length: directories }, (_, index) => directory(index))]);
}

const TIFF_DIRECTORY = 2 + 8 * 12 + 4;
export const tiffOffset = (index: number): number => 10 + index * TIFF_DIRECTORY;

const oneStream = (dictionary: string, data: Uint8Array): Uint8Array => {
  const writer = new PdfWriter();
  const root = writer.reserve();
  const tree = writer.reserve();
  const font = writer.add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>');
  const content = writer.stream(dictionary, data);
  const page = writer.add(
    `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 ${font} 0 R >> >> /Contents ${content} 0 R >>`,
  );
  writer.set(tree, `<< /Type /Pages /Count 1 /Kids [${page} 0 R] >>`);
  writer.set(root, `<< /Type /Catalog /Pages ${tree} 0 R >>`);
  return writer.build(root);
};

/** Drawing operators without end in sight. */
export const operatorBomb = (operators: number): Uint8Array =>
  oneStream('/Filter /FlateDecode', deflateSync(Buffer.from('0 0 m 600 700 l S\n'.repeat(operators))));

export const pageTreeCycle = (): Uint8Array => {
  const writer = new PdfWriter();
  const root = writer.reserve();
  const tree = writer.reserve();
  writer.set(tree, `<< /Type /Pages /Count 3 /Kids [${tree} 0 R ${tree} 0 R] >>`);
  writer.set(root, `<< /Type /Catalog /Pages ${tree} 0 R >>`);
  return writer.build(root);
};

/** A form that draws itself. */
export const formCycle = (): Uint8Array =>
  buildPdf({
    pages: [{ content: `${textAt(60, 700, 'Before the form stands this line.')} /X0 Do` }],
    resources: (writer) => {
      const form = writer.reserve();
      writer.set(
        form,
        `<< /Type /XObject /Subtype /Form /BBox [0 0 600 700] /Resources << /XObject << /X0 ${form} 0 R >> >> /Length 6 >>\nstream\n/X0 Do\nendstream`,
      );
      return `/XObject << /X0 ${form} 0 R >>`;
    },
  });

export const manyPages = (count: number): Uint8Array =>
  buildPdf({
    pages: Array.from({ length: count }, (_, index) => ({ content: textAt(60, 700, `Page ${index + 1}`) })),
  });

export const pageOfSize = (mediaBox: readonly [number, number, number, number]): Uint8Array =>
  buildPdf({ pages: [{ content: textAt(60, 700, 'A line on a page of odd size.'), mediaBox }] });

/** A page that says it has a million siblings. */
export const lyingCount = (): Uint8Array =>
  Buffer.from(Buffer.from(manyPages(1)).toString('latin1').replace('/Count 1', '/Count 1000000'), 'latin1');
/** An image XObject of 60 000 × 60 000 pixels in a few bytes. */
export const lyingImage = (): Uint8Array =>
  buildPdf({
    pages: [{ content: 'q 612 0 0 792 0 0 cm /Im0 Do Q' }],
    resources: (writer) => {
      const image = writer.stream(
        '/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode',
        deflateSync(Buffer.alloc(100)),
      );
      return `/XObject << /Im0 ${image} 0 R >>`;
    },
  });
/** A script, an attachment and a link, none of which may be followed. */
export const activeContent = (): Uint8Array =>
  buildPdf({
    pages: [{ content: textAt(60, 700, 'This page wants to run a script.') }],
    catalog: (writer) => {
      const script = writer.add(
        '<< /S /JavaScript /JS (app.launchURL\\("http://127.0.0.1:9/"\\); while\\(true\\){}) >>',
      );
      const file = writer.stream('/Type /EmbeddedFile', '%PDF-1.4 attached');
      const spec = writer.add(`<< /Type /Filespec /F (a.pdf) /EF << /F ${file} 0 R >> >>`);
      return `/OpenAction ${script} 0 R /Names << /EmbeddedFiles << /Names [(a.pdf) ${spec} 0 R] >> >>`;
    },
  });
