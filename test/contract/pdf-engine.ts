import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import type { NativeWord, PdfEngine, PdfPage } from '#legible/engines/pdf/port.js';
import { LegibleError } from '#legible/errors.js';
import { corpusFile, pdfFile } from '../support/pdf-file.js';
import { buildPdf, type PdfSpec, textAt } from '../support/pdf-writer.js';

export interface EngineLimits {
  readonly maxPixels?: number;
}

const onePage = (content: string, more: Partial<PdfSpec> & { entries?: string } = {}) =>
  pdfFile(buildPdf({ ...more, pages: [{ content, ...(more.entries ? { entries: more.entries } : {}) }] }));

const texts = (page: PdfPage): string[] => page.words.map((word) => word.text);

function wordOf(page: PdfPage, text: string): NativeWord {
  const word = page.words.find((candidate) => candidate.text === text);
  if (!word) throw new Error(`no word "${text}" among: ${texts(page).join(' ')}`);
  return word;
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
          hint: expect.stringContaining('call again with password'),
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

    describe('words', () => {
      it('stand where they are printed, with size, baseline and style', async () => {
        const page = await read(
          textAt(72, 700, 'Hello world') + textAt(72, 600, 'Bold', { font: 'F2', size: 20 }),
        );
        expect(page).toMatchObject({ number: 1, width: 612, height: 792, rotation: 0 });
        expect(texts(page)).toEqual(['Hello', 'world', 'Bold']);
        const hello = wordOf(page, 'Hello');
        expect(hello.box.x0).toBeCloseTo(72, 0);
        // Helvetica: H .722, e .556, l .222, l .222, o .556 em.
        expect(hello.box.x1).toBeCloseTo(72 + 12 * 2.278, 0);
        expect(hello.baseline).toBeCloseTo(92, 1);
        expect(hello.box.y0).toBeLessThan(92 - 12 * 0.6);
        expect(hello.box.y1).toBeGreaterThan(92 + 12 * 0.1);
        expect(hello).toMatchObject({ size: 12, confidence: 100 });
        expect(hello.style).toMatchObject({ bold: false, italic: false, mono: false });
        expect(wordOf(page, 'Bold').style.bold).toBe(true);
        expect(wordOf(page, 'Bold').size).toBeCloseTo(20, 1);
        expect(wordOf(page, 'world').style).toBe(hello.style);
      });

      it('know italic and fixed pitch', async () => {
        const page = await read(
          textAt(72, 700, 'leaning', { font: 'F3' }) + textAt(72, 600, 'typed', { font: 'F4' }),
        );
        expect(wordOf(page, 'leaning').style).toMatchObject({ italic: true, mono: false });
        expect(wordOf(page, 'typed').style).toMatchObject({ italic: false, mono: true });
      });

      it('end at a visible gap, not at kerning, and a space without room does not part them', async () => {
        const page = await read(
          'BT /F1 12 Tf 72 700 Td [(gap)-400(here)] TJ ET ' +
            'BT /F1 12 Tf 72 680 Td [(A)80(W)80(AY)-40(s)] TJ ET ' +
            // A space whose advance is taken back.
            'BT /F1 12 Tf 72 660 Td [(no)( )278(gap)] TJ ET',
        );
        expect(texts(page)).toEqual(['gap', 'here', 'AWAYs', 'nogap']);
      });

      it('keep letterspaced letters together', async () => {
        const page = await read('BT /F1 12 Tf 2.4 Tc 72 700 Td (SPACED OUT) Tj ET');
        expect(texts(page)).toEqual(['SPACED', 'OUT']);
      });

      it('are glued where only the look changes: bold parts, superscripts', async () => {
        const page = await read(
          'BT 72 700 Td /F1 12 Tf (half) Tj /F2 12 Tf (bold) Tj ET ' +
            'BT 72 650 Td /F1 12 Tf (note) Tj 4 Ts /F1 7 Tf (12) Tj 0 Ts /F1 12 Tf ( next) Tj ET',
        );
        expect(page.words.map(({ text, glued }) => [text, glued ?? false])).toEqual([
          ['half', false],
          ['bold', true],
          ['note', false],
          ['12', true],
          ['next', false],
        ]);
        expect(wordOf(page, '12').baseline).toBeCloseTo(wordOf(page, 'note').baseline - 4, 1);
      });

      it('are whole again when their halves are shown apart', async () => {
        // "whole" with "le" shown after another line; Helvetica: w .722, h .556, o .556 em.
        const page = await read(
          textAt(72, 700, 'who') + textAt(72, 600, 'other') + textAt(72 + 12 * 1.834, 700, 'le'),
        );
        expect(texts(page)).toEqual(['whole', 'other']);
      });

      it('appear once when they are printed twice for weight', async () => {
        const page = await read(textAt(72, 700, 'shadow') + textAt(72.4, 700, 'shadow'));
        expect(texts(page)).toEqual(['shadow']);
      });

      it('tell where they read downwards, upwards or on their head', async () => {
        const page = await read(
          'BT /F1 12 Tf 0 1 -1 0 300 300 Tm (up) Tj ET BT /F1 12 Tf 0 -1 1 0 320 300 Tm (down) Tj ET ' +
            'BT /F1 12 Tf -1 0 0 -1 400 300 Tm (head) Tj ET',
        );
        expect(wordOf(page, 'up').angle).toBe(270);
        expect(wordOf(page, 'down').angle).toBe(90);
        expect(wordOf(page, 'head').angle).toBe(180);
        const { box } = wordOf(page, 'up');
        expect(box.y1 - box.y0).toBeGreaterThan(box.x1 - box.x0 - 4);
        expect(box.y1).toBeCloseTo(792 - 300, 0);
      });

      // The text is set so that it reads upright once the page is turned.
      it.each([
        { rotate: 90, matrix: '0 1 -1 0 200 100', width: 792, height: 612, x0: 100, baseline: 200 },
        { rotate: 180, matrix: '-1 0 0 -1 500 600', width: 612, height: 792, x0: 112, baseline: 600 },
        { rotate: 270, matrix: '0 -1 1 0 200 600', width: 792, height: 612, x0: 192, baseline: 412 },
      ])('are upright on a page turned by $rotate°', async (turn) => {
        const page = await read(`BT /F1 12 Tf ${turn.matrix} Tm (upright) Tj ET`, {
          entries: `/Rotate ${turn.rotate}`,
        });
        expect(page).toMatchObject({ width: turn.width, height: turn.height, rotation: turn.rotate });
        const word = wordOf(page, 'upright');
        expect(word.angle).toBeUndefined();
        expect(word.box.x0).toBeCloseTo(turn.x0, 0);
        expect(word.baseline).toBeCloseTo(turn.baseline, 0);
      });

      it('count from the corner of the crop box', async () => {
        const page = await read(textAt(172, 700, 'cropped'), { entries: '/CropBox [100 200 500 750]' });
        expect(page).toMatchObject({ width: 400, height: 550 });
        expect(wordOf(page, 'cropped').box.x0).toBeCloseTo(72, 0);
        expect(wordOf(page, 'cropped').baseline).toBeCloseTo(50, 1);
      });

      it('say why a person cannot see them', async () => {
        const page = await read(
          `${textAt(72, 700, 'visible')}3 Tr ${textAt(72, 680, 'ghost')}0 Tr ` +
            `1 g ${textAt(72, 660, 'white')}0 g ${textAt(72, 640, 'crumb', { size: 0.5 })}` +
            `${textAt(-200, 620, 'outside')}${textAt(72, 600, 'covered')}0.9 g 60 590 200 25 re f ` +
            `0 g 60 540 200 30 re f 1 g ${textAt(72, 550, 'reversed')}`,
        );
        const reasons = Object.fromEntries(page.words.map((word) => [word.text, word.hidden]));
        expect(reasons).toEqual({
          visible: undefined,
          ghost: 'invisible',
          white: 'no_contrast',
          crumb: 'tiny',
          outside: 'off_page',
          covered: 'covered',
          reversed: undefined,
        });
      });

      it('carry the target of the link over them', async () => {
        const page = await read(`${textAt(72, 700, 'site')}${textAt(72, 600, 'plain')}`, {
          entries:
            '/Annots [<< /Type /Annot /Subtype /Link /Rect [70 695 120 715] /A << /S /URI /URI (https://example.org/a) >> >>]',
        });
        expect(wordOf(page, 'site').link).toBe('https://example.org/a');
        expect(wordOf(page, 'plain').link).toBeUndefined();
      });

      it('count characters without a reliable Unicode value', async () => {
        const page = await engine.readPage(await corpusFile('broken-font.pdf'), 1);
        const unmapped = page.words.filter((word) => (word.unmapped ?? 0) > 0);
        expect(unmapped.length).toBeGreaterThan(page.words.length / 2);
        const good = await engine.readPage(await corpusFile('report.pdf'), 1);
        expect(good.words.every((word) => word.unmapped === undefined)).toBe(true);
      });

      it('include what is filled into a form', async () => {
        const file = buildPdf({
          pages: [{ content: textAt(72, 700, 'Name:'), entries: '/Annots [FIELD]' }],
          catalog: (writer, [page]) => {
            const look = writer.stream(
              '/Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /Helv << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >> >>',
              '/Tx BMC BT /Helv 12 Tf 2 5 Td (Miller) Tj ET EMC',
            );
            const field = writer.add(
              `<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Miller) /P ${page} 0 R /Rect [120 695 220 715] /DA (/Helv 12 Tf 0 g) /F 4 /AP << /N ${look} 0 R >> >>`,
            );
            writer.replace(page, 'FIELD', `${field} 0 R`);
            return `/AcroForm << /Fields [${field} 0 R] /DA (/Helv 12 Tf 0 g) >>`;
          },
        });
        const page = await engine.readPage(pdfFile(file), 1);
        expect(texts(page)).toEqual(['Name:', 'Miller']);
        expect(wordOf(page, 'Miller').box.x0).toBeCloseTo(122, 0);
      });
    });

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
