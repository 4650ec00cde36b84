import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, createApp } from '#legible/app.js';
import { loadConfig } from '#legible/config.js';
import { createPdfiumEngine } from '#legible/engines/pdf/pdfium/engine.js';
import { buildPdf, textAt } from '../support/pdf-writer.js';

const picture = sharp(readFileSync(new URL('../corpus/ocr/paragraphs.png', import.meta.url)))
  .flatten({ background: '#fff' })
  .toColourspace('b-w');
const { data, info } = await picture.clone().raw().toBuffer({ resolveWithObject: true });
const { width, height } = info;
const flate = deflateSync(data);
const jpeg = await picture.clone().jpeg().toBuffer();
const color = await picture.clone().toColourspace('srgb').jpeg().toBuffer();
const bilevel = deflateSync(Buffer.alloc(Math.ceil(width / 8) * height, 0x55));

interface Image {
  readonly width?: number;
  readonly height?: number;
  readonly bits?: number;
  readonly space?: string;
  readonly filter?: string;
  readonly bytes: Uint8Array;
}

/** A line of text above an image, 468 points wide, whose dictionary says what it is told to. */
function pdfWith(image: Image): Uint8Array {
  const { bits = 8, space = '/DeviceGray', filter = 'FlateDecode', bytes } = image;
  return buildPdf({
    pages: [
      { content: `${textAt(72, 700, 'Sound text above the picture.')}q 468 0 0 209 72 300 cm /Im0 Do Q` },
    ],
    resources: (writer) => {
      const dictionary =
        `/Type /XObject /Subtype /Image /Width ${image.width ?? width} /Height ${image.height ?? height} ` +
        `/BitsPerComponent ${bits} /ColorSpace ${space} /Filter /${filter}`;
      return `/XObject << /Im0 ${writer.stream(dictionary, bytes)} 0 R >>`;
    },
  });
}
/** Bytes that repeat after 1009 of them: none of the codings makes a picture of them. */
const noise = (length: number) => Uint8Array.from({ length }, (_, at) => (((at % 1009) + 1) ** 3 * 97) >> 5);
function garbled(bytes: Uint8Array): Uint8Array {
  const spoilt = new Uint8Array(bytes);
  spoilt.set(noise(3000), bytes.length >> 1);
  return spoilt;
}
const cut = (bytes: Uint8Array, share: number) => bytes.subarray(0, Math.floor(bytes.length * share));

describe('an image in a PDF', () => {
  const engine = createPdfiumEngine({ threads: 1 });
  afterAll(() => engine.close());
  const read = async (image: Image) => {
    const bytes = pdfWith(image);
    return engine.readPage({ id: `${Math.random()}`, bytes }, 1);
  };

  it.each<[string, Image]>([
    ['deflated', { bytes: flate }],
    ['a JPEG', { bytes: jpeg, filter: 'DCTDecode' }],
    ['a JPEG in colour', { bytes: color, filter: 'DCTDecode', space: '/DeviceRGB' }],
    ['bilevel', { bytes: bilevel, bits: 1 }],
    ['of four bits a pixel', { bytes: deflateSync(Buffer.alloc((width / 2) * height)), bits: 4 }],
    ['of sixteen bits a pixel', { bytes: deflateSync(Buffer.alloc(width * 2 * height)), bits: 16 }],
    ['with a palette', { bytes: flate, space: '[/Indexed /DeviceRGB 1 <000000FFFFFF>]' }],
    ['one row short', { bytes: deflateSync(data.subarray(width)) }],
  ])('is sound: %s', async (_, image) => {
    const page = await read(image);
    expect(page.images).toHaveLength(1);
    expect(page.images[0].fault).toBeUndefined();
    expect(page.lostImages).toBeUndefined();
  });

  it.each<[string, Image]>([
    ['states twice its width', { width: width * 2, bytes: flate }],
    ['states three times its height', { height: height * 3, bytes: flate }],
    ['states half its height', { height: height >> 1, bytes: flate }],
    ['states a depth of 16', { bits: 16, bytes: flate }],
    ['states a depth of 1', { bits: 1, bytes: flate }],
    ['is cut off', { bytes: cut(flate, 0.5) }],
    ['is a JPEG cut off', { bytes: cut(jpeg, 0.5), filter: 'DCTDecode' }],
    ['is a JPEG with garbage in its middle', { bytes: garbled(jpeg), filter: 'DCTDecode' }],
    [
      'is a JPEG that states half its size',
      { width: width >> 1, height: height >> 1, bytes: jpeg, filter: 'DCTDecode' },
    ],
  ])('is incomplete: it %s', async (_, image) => {
    expect((await read(image)).images[0].fault).toBe('incomplete');
  });

  it.each<[string, Image]>([
    ['states a depth of 3', { bits: 3, bytes: flate }],
    ['has no data', { bytes: new Uint8Array() }],
    ['is no JPEG', { bytes: Buffer.from('nonsense'), filter: 'DCTDecode' }],
    ['is no JBIG2', { bytes: Buffer.from('nonsense'.repeat(50)), filter: 'JBIG2Decode', bits: 1 }],
    ['is coded in an unknown way', { bytes: flate, filter: 'NoSuchDecode' }],
  ])('is undecodable: it %s', async (_, image) => {
    expect((await read(image)).images[0].fault).toBe('undecodable');
  });

  it('that states no size or an impossible one leaves its place', async () => {
    for (const image of [
      { width: 0, bytes: flate },
      { width: 2_000_000, height: 9, bytes: flate },
    ]) {
      const { lostImages } = await read(image);
      expect(lostImages).toHaveLength(1);
      expect(lostImages![0].y0).toBeCloseTo(792 - 300 - 209, 0);
    }
  });
});

describe('a page with such an image', () => {
  let app: App;
  beforeAll(async () => {
    app = await createApp(loadConfig(['--ephemeral']).config);
  });
  afterAll(() => app.close(0));
  const extract = async (bytes: Uint8Array) => {
    const options = { language: 'auto', ocr: 'auto', engine: 'auto' } as const;
    const { id } = await app.jobs.submit({
      source: { upload: { bytes, name: 'page.pdf' } },
      owner: 'ann',
      options,
    });
    await app.jobs.waitUntilFinal(id, 'ann', 50_000);
    const [record] = await app.jobs.pageRecords(id, 'ann');
    const { content } = await app.jobs.read(id, 'ann', { format: 'text', maxChars: 10_000 });
    return { record, content };
  };

  it('keeps its other text and names the place of what is missing', async () => {
    const { record, content } = await extract(pdfWith({ bits: 3, bytes: flate }));
    expect(content).toContain('Sound text above the picture.');
    expect(record.warnings).toContainEqual({
      code: 'image_not_decoded',
      message: expect.stringMatching(/page 1 cannot be decoded.*72, 283, 540, 492/),
    });
  });

  it('names the place of an image whose data makes an empty picture of much', async () => {
    const parameters = `/DecodeParms << /K -1 /Columns ${width} /Rows ${height} >>`;
    const bytes = buildPdf({
      pages: [{ content: 'q 612 0 0 792 0 0 cm /Im0 Do Q' }],
      resources: (writer) => {
        const size = `/Width ${width} /Height ${height} /BitsPerComponent 1 /ColorSpace /DeviceGray`;
        const coding = `/Type /XObject /Subtype /Image ${size} /Filter /CCITTFaxDecode ${parameters}`;
        return `/XObject << /Im0 ${writer.stream(coding, noise(20_000))} 0 R >>`;
      },
    });
    const { record } = await extract(bytes);
    expect(record).toMatchObject({ source: 'blank', warnings: [{ code: 'image_not_decoded' }] });
  });

  it('gives what can be read of an image that is cut off, and says so', async () => {
    const { record, content } = await extract(pdfWith({ bytes: cut(flate, 0.6) }));
    expect(content).toContain('The harbour was quiet');
    expect(record.warnings.map(({ code }) => code)).toContain('image_incomplete');
  });
});
