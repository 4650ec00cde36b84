import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import type { PdfEngine } from '#legible/engines/pdf/port.js';
import { LegibleError } from '#legible/errors.js';
import { corpusFile, pdfFile } from '../support/pdf-file.js';
import { buildPdf, type PdfSpec, textAt } from '../support/pdf-writer.js';
import { onePage, texts, wordOf } from './pdf-page.js';
import { describeWords } from './pdf-words.js';

export interface EngineLimits {
  readonly maxPixels?: number;
}

/** A 4 × 2 RGB image: red, green, blue, white over black, gray, red, green. */
const PIXELS = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 128, 128, 128, 255, 0, 0, 0, 255, 0];
const RGB_IMAGE = `/Type /XObject /Subtype /Image /Width 4 /Height 2 /ColorSpace /DeviceRGB /BitsPerComponent 8`;
const withImage = (dictionary: string, data: Uint8Array): Pick<PdfSpec, 'resources'> => ({
  resources: (writer) => `/XObject << /Im0 ${writer.stream(dictionary, data)} 0 R >>`,
});

/** What every PDF library behind the port must do. */
export function pdfEngineContract(name: string, create: (limits: EngineLimits) => PdfEngine): void {
  describe(`PdfEngine: ${name}`, () => {
    const engine = create({});
    afterAll(() => engine.close());
    const read = (content: string, more?: Parameters<typeof onePage>[1]) =>
      engine.readPage(onePage(content, more), 1);

    describe('forms', () => {
      it('tells check boxes and radio buttons with their state', async () => {
        const { buttons = [] } = await engine.readPage(await corpusFile('form.pdf'), 2);
        const places = buttons.map(({ box, checked }) => [Math.round(box.x0), Math.round(box.y0), checked]);
        expect(places).toEqual([
          [72, 199, true],
          [72, 217, false],
          [72, 235, false],
          [142, 267, false],
          [222, 267, true],
        ]);
      });

      it('gives none that a person cannot see', async () => {
        const file = buildPdf({
          pages: [{ content: textAt(72, 700, 'Name:'), entries: '/Annots [FIELD]' }],
          catalog: (writer, [page]) => {
            const field = writer.add(
              `<< /Type /Annot /Subtype /Widget /FT /Btn /T (a) /V /Yes /AS /Yes /P ${page} 0 R /Rect [120 695 130 705] /F 2 >>`,
            );
            writer.replace(page, 'FIELD', `${field} 0 R`);
            return `/AcroForm << /Fields [${field} 0 R] >>`;
          },
        });
        expect((await engine.readPage(pdfFile(file), 1)).buttons ?? []).toEqual([]);
      });
    });

    describe('documents', () => {
      it('tells pages, title, author and bookmarks', async () => {
        const file = buildPdf({
          pages: [{ content: '' }, { content: '' }],
          catalog: (writer, pages) => {
            const first = writer.reserve();
            const outline = writer.reserve();
            const child = writer.reserve();
            writer.set(
              first,
              `<< /Title (First) /Parent ${outline} 0 R /Dest [${pages[0]} 0 R /Fit] /First ${child} 0 R /Last ${child} 0 R /Count 1 >>`,
            );
            writer.set(child, `<< /Title (Part) /Parent ${first} 0 R /Dest [${pages[1]} 0 R /Fit] >>`);
            writer.set(outline, `<< /First ${first} 0 R /Last ${first} 0 R /Count 2 >>`);
            return `/Outlines ${outline} 0 R`;
          },
          info: '/Title (A title) /Author (A. Author)',
        });
        const info = await engine.open(pdfFile(file));
        expect(info).toMatchObject({ pageCount: 2, title: 'A title', author: 'A. Author', tagged: false });
        expect(info.outline).toEqual([
          { title: 'First', depth: 0, page: 1 },
          { title: 'Part', depth: 1, page: 2 },
        ]);
      });

      it('asks for a password, refuses a wrong one and takes the right one', async () => {
        await expect(engine.open(await corpusFile('encrypted-aes.pdf'))).rejects.toMatchObject({
          code: 'encrypted_pdf',
          hint: expect.stringContaining('Call again with its password'),
        });
        await expect(engine.open(await corpusFile('encrypted-aes.pdf', 'no'))).rejects.toMatchObject({
          code: 'wrong_password',
        });
        const info = await engine.open(await corpusFile('encrypted-aes.pdf', 'open sesame'));
        expect(info.pageCount).toBeGreaterThan(0);
      });

      it('says that a file is damaged', async () => {
        const garbage = new TextEncoder().encode(`%PDF-1.7\n${'not a pdf at all '.repeat(40)}`);
        await expect(engine.open(pdfFile(garbage))).rejects.toMatchObject({ code: 'damaged_file' });
      });

      it('refuses a page that is not there', async () => {
        const file = onePage(textAt(72, 700, 'only page'));
        await expect(engine.readPage(file, 2)).rejects.toMatchObject({ code: 'page_out_of_range' });
        await expect(engine.render(file, 0, { dpi: 72, color: 'gray' })).rejects.toMatchObject({
          code: 'page_out_of_range',
        });
      });
    });

    describeWords(engine, read);

    describe('vector content', () => {
      it('gives lines, thin rectangles and dashes as rules, boxes as shapes', async () => {
        const dashes = Array.from(
          { length: 12 },
          (_, i) => `${100 + i * 6} 300 m ${103 + i * 6} 300 l S`,
        ).join(' ');
        const page = await read(
          `1 w 100 700 m 300 700 l S 100 600 1.5 80 re f [3 2] 0 d 100 500 m 300 500 l S [] 0 d ${dashes} ` +
            '0.8 0.9 1 rg 100 100 200 50 re f 0 g 400 400 m 450 420 460 440 470 480 c S',
        );
        const rules = page.rules.map(({ orientation, box }) => [
          orientation,
          ...[box.x0, box.y0, box.x1, box.y1].map(Math.round),
        ]);
        expect(rules).toContainEqual(['horizontal', 100, 92, 300, 93]);
        expect(rules).toContainEqual(['vertical', 100, 112, 102, 192]);
        expect(rules).toContainEqual(['horizontal', 100, 292, 300, 293]);
        expect(rules).toContainEqual(['horizontal', 100, 492, 169, 493]);
        expect(rules).toHaveLength(4);
        expect(page.shapes).toHaveLength(1);
        expect(page.shapes[0].fill?.toLowerCase()).toBe('#cce6ff');
        expect(page.curves).toBeGreaterThan(0);
      });

      it('gives the sides of a stroked box as rules', async () => {
        const page = await read('1 w 100 600 200 100 re S');
        expect(page.rules.filter((rule) => rule.orientation === 'horizontal')).toHaveLength(2);
        expect(page.rules.filter((rule) => rule.orientation === 'vertical')).toHaveLength(2);
        expect(page.shapes).toHaveLength(1);
        expect(page.shapes[0].fill).toBeUndefined();
      });

      it('follows forms and their matrices', async () => {
        const page = await read('q 2 0 0 2 100 100 cm /Fm0 Do Q', {
          resources: (writer) =>
            `/XObject << /Fm0 ${writer.stream('/Type /XObject /Subtype /Form /BBox [0 0 200 200] /Matrix [1 0 0 1 10 10]', '1 w 0 50 m 100 50 l S')} 0 R >>`,
        });
        expect(page.rules).toHaveLength(1);
        const { box } = page.rules[0];
        expect([box.x0, box.x1].map(Math.round)).toEqual([120, 320]);
        expect((box.y0 + box.y1) / 2).toBeCloseTo(792 - 220, 0);
      });
    });

    describe('structure', () => {
      it('links words with the elements of the structure tree', async () => {
        const file = buildPdf({
          pages: [
            {
              content: `/H1 << /MCID 0 >> BDC ${textAt(72, 700, 'Heading')} EMC /Para << /MCID 1 >> BDC ${textAt(72, 650, 'Body')} EMC /Artifact BMC ${textAt(72, 50, 'Footer')} EMC`,
              entries: '/StructParents 0',
            },
          ],
          catalog: (writer, pages) => {
            const root = writer.reserve();
            const parent = writer.reserve();
            const heading = writer.add(`<< /S /H1 /P ${parent} 0 R /Pg ${pages[0]} 0 R /K 0 >>`);
            const body = writer.add(`<< /S /Para /P ${parent} 0 R /Pg ${pages[0]} 0 R /K 1 >>`);
            writer.set(parent, `<< /S /Document /P ${root} 0 R /K [${heading} 0 R ${body} 0 R] >>`);
            const numbers = writer.add(`<< /Nums [0 [${heading} 0 R ${body} 0 R]] >>`);
            writer.set(
              root,
              `<< /Type /StructTreeRoot /K ${parent} 0 R /ParentTree ${numbers} 0 R /RoleMap << /Para /P >> >>`,
            );
            return `/MarkInfo << /Marked true >> /StructTreeRoot ${root} 0 R`;
          },
        });
        const info = await engine.open(pdfFile(file));
        expect(info.tagged).toBe(true);
        const page = await engine.readPage(pdfFile(file), 1);
        const typeOf = (text: string) => page.tags[wordOf(page, text).tag ?? -1]?.type;
        expect(typeOf('Heading')).toBe('H1');
        expect(typeOf('Body')).toBe('P');
        expect(typeOf('Footer')).toBe('Artifact');
        const heading = page.tags[wordOf(page, 'Heading').tag ?? -1];
        expect(page.tags[heading.parent].type).toBe('Document');
      });
    });

    describe('images', () => {
      it('gives place, pixels and uprightness', async () => {
        const page = await read('q 200 0 0 100 50 400 cm /Im0 Do Q q 100 0 0 -50 300 300 cm /Im0 Do Q', {
          ...withImage(RGB_IMAGE, Uint8Array.from(PIXELS)),
        });
        expect(page.images).toHaveLength(2);
        const [upright, flipped] = page.images;
        expect(upright).toMatchObject({ index: 0, width: 4, height: 2, upright: true, masked: false });
        expect([upright.box.x0, upright.box.y0, upright.box.x1, upright.box.y1].map(Math.round)).toEqual([
          50, 292, 250, 392,
        ]);
        expect(flipped).toMatchObject({ index: 1, upright: false });
      });

      it('hands out the pixels as they are stored', async () => {
        const file = onePage(
          'q 144 0 0 72 50 400 cm /Im0 Do Q',
          withImage(RGB_IMAGE, Uint8Array.from(PIXELS)),
        );
        const image = await engine.extractImage(file, 1, 0);
        if (image.kind !== 'raster') throw new Error('expected pixels');
        expect(image.raster).toMatchObject({ width: 4, height: 2, channels: 3, dpi: 2 });
        expect([...image.raster.data]).toEqual(PIXELS);
        await expect(engine.extractImage(file, 1, 7)).rejects.toBeInstanceOf(LegibleError);
      });

      it('hands out a bilevel image with black as 0', async () => {
        const dictionary =
          '/Type /XObject /Subtype /Image /Width 8 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 1';
        const file = onePage(
          'q 72 0 0 72 50 400 cm /Im0 Do Q',
          withImage(dictionary, Uint8Array.of(0x0f, 0xf0)),
        );
        const image = await engine.extractImage(file, 1, 0);
        if (image.kind !== 'raster') throw new Error('expected pixels');
        expect(image.raster.channels).toBe(1);
        expect([...image.raster.data].map((value) => value > 127)).toEqual(
          [...'0000111111110000'].map((bit) => bit === '1'),
        );
      });

      it('hands out a JPEG that looks like the original', async () => {
        const gradient = Uint8Array.from({ length: 64 * 64 }, (_, i) => (i % 64) * 4);
        const jpeg = await sharp(gradient, { raw: { width: 64, height: 64, channels: 1 } })
          .toColourspace('b-w')
          .jpeg({ quality: 95 })
          .toBuffer();
        const dictionary =
          '/Type /XObject /Subtype /Image /Width 64 /Height 64 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode';
        const file = onePage('q 72 0 0 72 50 400 cm /Im0 Do Q', withImage(dictionary, jpeg));
        const image = await engine.extractImage(file, 1, 0);
        const { data } = await (image.kind === 'encoded'
          ? sharp(image.bytes)
          : sharp(image.raster.data, {
              raw: { width: 64, height: 64, channels: image.raster.channels },
            })
        )
          .toColourspace('b-w')
          .raw()
          .toBuffer({ resolveWithObject: true });
        expect(data).toHaveLength(64 * 64);
        const worst = Math.max(...gradient.map((value, i) => Math.abs(value - data[i])));
        expect(worst).toBeLessThan(12);
      });

      it('sees that a mask takes part', async () => {
        const page = await read('q 200 0 0 100 50 400 cm /Im0 Do Q', {
          resources: (writer) => {
            const mask = writer.stream(
              '/Type /XObject /Subtype /Image /Width 4 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8',
              Uint8Array.of(0, 0, 0, 0, 255, 255, 255, 255),
            );
            return `/XObject << /Im0 ${writer.stream(`${RGB_IMAGE} /SMask ${mask} 0 R`, Uint8Array.from(PIXELS))} 0 R >>`;
          },
        });
        expect(page.images[0].masked).toBe(true);
      });
    });

    describe('rendering', () => {
      const file = onePage('0 0 1 rg 0 0 306 792 re f 0 g /F1 200 Tf BT 330 400 Td (M) Tj ET');

      it('draws gray and colour at the asked resolution', async () => {
        const gray = await engine.render(file, 1, { dpi: 36, color: 'gray' });
        expect(gray).toMatchObject({ width: 306, height: 396, channels: 1, dpi: 36 });
        expect(gray.data).toHaveLength(306 * 396);
        expect(gray.data[20 * 306 + 20]).toBeLessThan(60);
        expect(gray.data[20 * 306 + 300]).toBe(255);
        const color = await engine.render(file, 1, { dpi: 36, color: 'rgb' });
        expect([...color.data.subarray((20 * 306 + 20) * 3, (20 * 306 + 20) * 3 + 3)]).toEqual([0, 0, 255]);
      });

      it('draws a region', async () => {
        const region = { x0: 306, y0: 0, x1: 612, y1: 100 };
        const part = await engine.render(file, 1, { dpi: 72, color: 'gray', region });
        expect(part).toMatchObject({ width: 306, height: 100 });
        expect(part.data.every((value) => value > 200)).toBe(true);
      });

      it('leaves the text out when asked', async () => {
        const dark = ({ data, width }: { data: Uint8Array; width: number }) =>
          data.filter((value, i) => value < 60 && i % width > width * 0.52).length;
        const all = await engine.render(file, 1, { dpi: 36, color: 'gray' });
        const bare = await engine.render(file, 1, { dpi: 36, color: 'gray', withoutText: true });
        expect(dark(all)).toBeGreaterThan(100);
        expect(dark(bare)).toBe(0);
        expect(bare.data[20 * 306 + 20]).toBeLessThan(60);
      });

      it('refuses a page image beyond the limit', async () => {
        const small = create({ maxPixels: 10_000 });
        await expect(small.render(file, 1, { dpi: 72, color: 'gray' })).rejects.toMatchObject({
          code: 'page_too_large',
        });
        const corner = { x0: 0, y0: 0, x1: 50, y1: 50 };
        await expect(
          small.render(file, 1, { dpi: 72, color: 'gray', region: corner }),
        ).resolves.toMatchObject({ width: 50 });
        await small.close();
      });
    });

    describe('cancelling', () => {
      it('does not begin when the signal has fired', async () => {
        await expect(
          engine.readPage(onePage(textAt(72, 700, 'late')), 1, AbortSignal.abort()),
        ).rejects.toMatchObject({ code: 'cancelled' });
      });

      it('stops, and the calls of others go on', async () => {
        const controller = new AbortController();
        const file = onePage(textAt(72, 700, 'page'));
        const stopped = Array.from({ length: 8 }, () =>
          engine.render(file, 1, { dpi: 300, color: 'rgb' }, controller.signal),
        );
        const others = Array.from({ length: 8 }, () => engine.readPage(file, 1));
        setTimeout(() => controller.abort(), 30);
        const results = await Promise.allSettled(stopped);
        for (const result of results) {
          if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'cancelled' });
        }
        expect(results.some((result) => result.status === 'rejected')).toBe(true);
        for (const page of await Promise.all(others)) expect(texts(page)).toEqual(['page']);
      });
    });
  });
}
