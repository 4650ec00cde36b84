import { deflateSync } from 'node:zlib';
import { buildPdf, PdfWriter, textAt } from './pdf-writer.js';

/** PDFs made to hang, crash or exhaust whoever reads them; all small. */
export const HOSTILE: Readonly<Record<string, () => Uint8Array>> = {
  'forms that double at each of 30 levels': () => nestedForms(30, 2),
  'a form that draws itself': () =>
    buildPdf({
      pages: [{ content: '/Fm0 Do' }],
      resources: (writer) => {
        const form = writer.reserve();
        writer.set(
          form,
          streamOf(
            `/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /Fm0 ${form} 0 R >> >>`,
            '/Fm0 Do /Fm0 Do 0 0 m 1 1 l S',
          ),
        );
        return `/XObject << /Fm0 ${form} 0 R >>`;
      },
    }),
  'a Type 3 glyph that shows itself': () =>
    buildPdf({
      pages: [{ content: 'BT /T3 12 Tf 72 700 Td (aaaa) Tj ET' }],
      fonts: (writer) => {
        const font = writer.reserve();
        const glyph = writer.stream('', '500 0 d0 BT /T3 12 Tf (aa) Tj ET');
        writer.set(
          font,
          `<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 /LastChar 97 /Widths [500] /Encoding << /Type /Encoding /Differences [97 /a] >> /CharProcs << /a ${glyph} 0 R >> /Resources << /Font << /T3 ${font} 0 R >> >> >>`,
        );
        return `/T3 ${font} 0 R`;
      },
    }),
  'content of 200 MB in 200 kB': () =>
    rawContent(deflateSync(Buffer.alloc(200_000_000, ' '), { level: 1 }), '/Filter /FlateDecode'),
  'content deflated twice': () =>
    rawContent(
      deflateSync(deflateSync(Buffer.alloc(300_000_000, '0 0 m '), { level: 1 })),
      '/Filter [/FlateDecode /FlateDecode]',
    ),
  'a page of a million inches': () => page(textAt(72, 700, 'huge'), '0 0 72000000 72000000'),
  'a page without size': () => page(textAt(0, 0, 'none'), '0 0 0 0'),
  'a page with its box turned over': () => page(textAt(72, 700, 'turned'), '612 792 0 0'),
  'a page whose box is no number': () => page(textAt(72, 700, 'words'), 'a b c d'),
  'an image of 60 000 × 60 000 pixels without data': () =>
    imagePage('/Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8', deflateSync('')),
  'an image of 20 000 × 20 000 white pixels': () =>
    imagePage(
      '/Width 20000 /Height 20000 /ColorSpace /DeviceGray /BitsPerComponent 8',
      deflateSync(Buffer.alloc(400_000_000, 255), { level: 1 }),
    ),
  'an image of negative size': () =>
    imagePage('/Width -5 /Height 7 /ColorSpace /DeviceGray /BitsPerComponent 8', deflateSync('x')),
  'a page tree that contains itself': () => {
    const writer = new PdfWriter();
    const tree = writer.reserve();
    writer.set(tree, `<< /Type /Pages /Count 3 /Kids [${tree} 0 R ${tree} 0 R] >>`);
    return writer.build(writer.add(`<< /Type /Catalog /Pages ${tree} 0 R >>`));
  },
  'a page tree that claims a thousand million pages': () => {
    const writer = new PdfWriter();
    const tree = writer.add('<< /Type /Pages /Count 1000000000 /Kids [] >>');
    return writer.build(writer.add(`<< /Type /Catalog /Pages ${tree} 0 R >>`));
  },
  'bookmarks in a circle': () =>
    buildPdf({
      pages: [{ content: textAt(72, 700, 'text') }],
      catalog: (writer) => {
        const a = writer.reserve();
        const b = writer.reserve();
        writer.set(a, `<< /Title (a) /Next ${b} 0 R /First ${b} 0 R >>`);
        writer.set(b, `<< /Title (b) /Next ${a} 0 R /First ${a} 0 R >>`);
        return `/Outlines ${writer.add(`<< /First ${a} 0 R /Last ${b} 0 R >>`)} 0 R`;
      },
    }),
  'a structure tree in a circle': () =>
    buildPdf({
      pages: [
        { content: `/P << /MCID 0 >> BDC ${textAt(72, 700, 'text')} EMC`, entries: '/StructParents 0' },
      ],
      catalog: (writer, [first]) => {
        const root = writer.reserve();
        const a = writer.reserve();
        const b = writer.reserve();
        writer.set(a, `<< /S /P /P ${b} 0 R /Pg ${first} 0 R /K [${b} 0 R 0] >>`);
        writer.set(b, `<< /S /P /P ${a} 0 R /Pg ${first} 0 R /K [${a} 0 R] >>`);
        const parents = writer.add(`<< /Nums [0 [${a} 0 R]] >>`);
        writer.set(root, `<< /Type /StructTreeRoot /K ${a} 0 R /ParentTree ${parents} 0 R >>`);
        return `/MarkInfo << /Marked true >> /StructTreeRoot ${root} 0 R`;
      },
    }),
  'arrays nested half a million deep': () =>
    page(`${'['.repeat(500_000)} ${textAt(72, 700, 'text')}`, '0 0 612 792'),
  'dictionaries nested deep in an object': () => {
    const writer = new PdfWriter();
    writer.add(`${'<< /A '.repeat(100_000)} 1 ${'>>'.repeat(100_000)}`);
    const tree = writer.reserve();
    const leaf = writer.add(`<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 612 792] /Deep 1 0 R >>`);
    writer.set(tree, `<< /Type /Pages /Count 1 /Kids [${leaf} 0 R] >>`);
    return writer.build(writer.add(`<< /Type /Catalog /Pages ${tree} 0 R /Deep 1 0 R >>`));
  },
  'a tiling pattern with tiles of a millionth of a point': () =>
    buildPdf({
      pages: [{ content: '/Pattern cs /P0 scn 0 0 612 792 re f' }],
      resources: (writer) =>
        `/Pattern << /P0 ${writer.stream('/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 0.001 0.001] /XStep 0.000001 /YStep 0.000001 /Resources << >>', '0 0 1 1 re f')} 0 R >>`,
    }),
  'dashes of a hundred-thousandth of a point': () =>
    page('[0.00001 0.00001] 0 d 5 w 0 0 m 612 792 l S 0 792 m 612 0 l S', '0 0 612 792'),
  'text of absurd sizes': () =>
    page(
      textAt(72, 700, 'giant', { size: 1e12 }) +
        textAt(72, 600, 'dust', { size: 1e-12 }) +
        textAt(1e30, 1e30, 'far'),
      '0 0 612 792',
    ),
  'fifty thousand overlapping words': () =>
    page(
      Array.from({ length: 50_000 }, (_, i) => `BT /F1 9 Tf ${i % 600} 400 Td (w) Tj ET`).join('\n'),
      '0 0 612 792',
    ),
  'a hundred thousand rectangles': () =>
    page(
      Array.from({ length: 100_000 }, (_, i) => `${i % 600} ${(i * 7) % 780} 2 3 re f`).join('\n'),
      '0 0 612 792',
    ),
  'JavaScript that runs at opening': () =>
    buildPdf({
      pages: [{ content: textAt(72, 700, 'script') }],
      catalog: () => '/OpenAction << /S /JavaScript /JS (while\\(true\\){}) >>',
    }),
  'fonts that do not exist': () =>
    buildPdf({
      pages: [{ content: `${textAt(72, 700, 'lost', { font: 'F99' })}${textAt(72, 650, 'found')}` }],
    }),
};

const streamOf = (dictionary: string, data: string): string =>
  `<< ${dictionary} /Length ${data.length} >>\nstream\n${data}\nendstream`;

const page = (content: string, mediaBox: string): Uint8Array => {
  const writer = new PdfWriter();
  const tree = writer.reserve();
  const font = writer.add(
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  );
  const stream = writer.stream('', content);
  const leaf = writer.add(
    `<< /Type /Page /Parent ${tree} 0 R /MediaBox [${mediaBox}] /Resources << /Font << /F1 ${font} 0 R >> >> /Contents ${stream} 0 R >>`,
  );
  writer.set(tree, `<< /Type /Pages /Count 1 /Kids [${leaf} 0 R] >>`);
  return writer.build(writer.add(`<< /Type /Catalog /Pages ${tree} 0 R >>`));
};

function rawContent(data: Uint8Array, filter: string): Uint8Array {
  const writer = new PdfWriter();
  const tree = writer.reserve();
  const stream = writer.stream(filter, data);
  const leaf = writer.add(
    `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 612 792] /Resources << >> /Contents ${stream} 0 R >>`,
  );
  writer.set(tree, `<< /Type /Pages /Count 1 /Kids [${leaf} 0 R] >>`);
  return writer.build(writer.add(`<< /Type /Catalog /Pages ${tree} 0 R >>`));
}

const imagePage = (entries: string, data: Uint8Array): Uint8Array =>
  buildPdf({
    pages: [{ content: 'q 600 0 0 780 0 0 cm /Im0 Do Q' }],
    resources: (writer) =>
      `/XObject << /Im0 ${writer.stream(`/Type /XObject /Subtype /Image ${entries} /Filter /FlateDecode`, data)} 0 R >>`,
  });

/** Forms that draw the next one `fan` times: fan^levels operators from a few hundred bytes. */
function nestedForms(levels: number, fan: number): Uint8Array {
  return buildPdf({
    pages: [{ content: '/Fm0 Do' }],
    resources: (writer) => {
      let inner = writer.stream('/Type /XObject /Subtype /Form /BBox [0 0 612 792]', '0 0 m 9 9 l S');
      for (let level = 0; level < levels; level++) {
        inner = writer.stream(
          `/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /Fm0 ${inner} 0 R >> >>`,
          '/Fm0 Do '.repeat(fan),
        );
      }
      return `/XObject << /Fm0 ${inner} 0 R >>`;
    },
  });
}
