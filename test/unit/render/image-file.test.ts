import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Raster } from '#legible/document/raster.js';
import { LegibleError } from '#legible/errors.js';
import type { DocumentFile } from '#legible/pipeline/api.js';
import { ImageFile } from '#legible/pipeline/render/image-file.js';
import { type BmpSpec, documentFile, writeBmp } from '../../support/image-files.js';

const LIMITS = { maxPixels: 1_000_000 };
const WIDTH = 90;
const HEIGHT = 60;
/** A black block in the upper left quarter of white paper: shows turning, mirroring and inversion. */
const dark = (x: number, y: number): boolean => x < 30 && y < 20;

const pixels = Buffer.alloc(WIDTH * HEIGHT * 3);
for (let y = 0; y < HEIGHT; y++) {
  for (let x = 0; x < WIDTH; x++)
    pixels.fill(dark(x, y) ? 0 : 255, (y * WIDTH + x) * 3, (y * WIDTH + x) * 3 + 3);
}
const sheet = () => sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
const gray = (raster: Raster, x: number, y: number): number =>
  raster.data[(y * raster.width + x) * raster.channels];

async function readGray(file: DocumentFile, page = 1): Promise<Raster> {
  const { raster } = await (await ImageFile.open(file, LIMITS)).read(page, 'gray');
  expect(raster.channels).toBe(1);
  expect(raster.data).toHaveLength(raster.width * raster.height);
  return raster;
}

function expectSheet(raster: Raster): void {
  expect([raster.width, raster.height]).toEqual([WIDTH, HEIGHT]);
  expect(gray(raster, 10, 10)).toBeLessThan(40);
  expect(gray(raster, 80, 10)).toBeGreaterThan(215);
  expect(gray(raster, 10, 50)).toBeGreaterThan(215);
}

async function refusal(work: Promise<unknown>): Promise<LegibleError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(LegibleError);
  return error as LegibleError;
}

describe('image files', () => {
  it.each([
    ['JPEG', 'image/jpeg', () => sheet().jpeg()],
    ['CMYK JPEG', 'image/jpeg', () => sheet().toColourspace('cmyk').jpeg()],
    ['PNG', 'image/png', () => sheet().png()],
    ['palette PNG', 'image/png', () => sheet().png({ palette: true })],
    ['16-bit PNG', 'image/png', () => sheet().toColourspace('rgb16').png()],
    ['16-bit gray PNG', 'image/png', () => sheet().toColourspace('grey16').png()],
    [
      'one-bit TIFF',
      'image/tiff',
      () => sheet().threshold().toColourspace('b-w').tiff({ bitdepth: 1, compression: 'ccittfax4' }),
    ],
    [
      'white-is-zero TIFF',
      'image/tiff',
      () => sheet().toColourspace('b-w').tiff({ bitdepth: 1, miniswhite: true }),
    ],
    ['LZW TIFF', 'image/tiff', () => sheet().tiff({ compression: 'lzw' })],
    ['CMYK TIFF', 'image/tiff', () => sheet().toColourspace('cmyk').tiff()],
    ['WebP', 'image/webp', () => sheet().webp()],
    ['GIF', 'image/gif', () => sheet().gif()],
    ['AVIF', 'image/avif', () => sheet().avif()],
  ] as const)('reads %s', async (_name, mediaType, encode) => {
    expectSheet(await readGray(documentFile(await encode().toBuffer(), mediaType)));
  });

  it.each<[string, BmpSpec]>([
    ['one bit', { bits: 1 }],
    ['one bit, white first in the palette', { bits: 1, inverted: true }],
    ['16 colours', { bits: 4 }],
    ['256 colours', { bits: 8 }],
    ['256 colours, light first in the palette', { bits: 8, inverted: true }],
    ['256 colours, run-length coded', { bits: 8, rle: true }],
    ['16 colours, run-length coded', { bits: 4, rle: true }],
    ['16 bits', { bits: 16 }],
    ['24 bits', { bits: 24 }],
    ['24 bits from top to bottom', { bits: 24, topDown: true }],
    ['32 bits', { bits: 32 }],
    ['24 bits, old header', { bits: 24, core: true }],
    ['256 colours, old header', { bits: 8, core: true }],
  ])('reads BMP: %s', async (_name, spec) => {
    expectSheet(await readGray(documentFile(writeBmp(WIDTH, HEIGHT, dark, spec), 'image/bmp')));
  });

  it('lays transparent images on white paper', async () => {
    const transparent = await sharp({
      create: { width: WIDTH, height: HEIGHT, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    expect(gray(await readGray(documentFile(transparent, 'image/png')), 5, 5)).toBe(255);
  });

  it('lays light print without a ground on black', async () => {
    const rgba = Buffer.alloc(WIDTH * HEIGHT * 4, 255);
    for (let at = 0; at < WIDTH * HEIGHT; at++)
      rgba[at * 4 + 3] = dark(at % WIDTH, Math.floor(at / WIDTH)) ? 255 : 0;
    const logo = sharp(rgba, { raw: { width: WIDTH, height: HEIGHT, channels: 4 } });
    const raster = await readGray(documentFile(await logo.png().toBuffer(), 'image/png'));
    expect(gray(raster, 10, 10)).toBeGreaterThan(215);
    expect(gray(raster, 80, 50)).toBeLessThan(40);
  });

  it('makes the pixels of a fax square', async () => {
    const fax = sheet().threshold().toColourspace('b-w');
    const coding = { bitdepth: 1, compression: 'ccittfax4', xres: 204 / 25.4, yres: 98 / 25.4 } as const;
    const file = documentFile(await fax.tiff(coding).toBuffer(), 'image/tiff');
    const { width, height } = await (await ImageFile.open(file, LIMITS)).info(1);
    expect([width, height]).toEqual([WIDTH, Math.round((HEIGHT * 204) / 98)]);
    const raster = await readGray(file);
    expect([raster.width, raster.height]).toEqual([width, height]);
    expect(gray(raster, 10, 38)).toBeLessThan(40);
    expect(gray(raster, 10, 46)).toBeGreaterThan(215);
  });

  it('turns photographs upright by EXIF and tells by how much', async () => {
    const photo = documentFile(
      await sheet().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
      'image/jpeg',
    );
    const image = await ImageFile.open(photo, LIMITS);
    expect(await image.info(1)).toMatchObject({ width: HEIGHT, height: WIDTH, rotation: 90 });
    const { raster } = await image.read(1, 'gray');
    expect([raster.width, raster.height]).toEqual([HEIGHT, WIDTH]);
    expect(gray(raster, HEIGHT - 10, 10)).toBeLessThan(40);
    expect(gray(raster, 10, 10)).toBeGreaterThan(215);
  });

  it('reads every page of a TIFF, each with its own size', async () => {
    const frame = (level: number) =>
      sharp({ create: { width: 40, height: 30, channels: 3, background: { r: level, g: level, b: level } } })
        .png()
        .toBuffer();
    const frames = await Promise.all([frame(10), frame(120), frame(240)]);
    const tiff = await sharp(frames, { join: { animated: true } })
      .tiff()
      .toBuffer();
    const image = await ImageFile.open(documentFile(tiff, 'image/tiff'), LIMITS);
    expect(image.pageCount).toBe(3);
    const levels = await Promise.all(
      [1, 2, 3].map(async (page) => gray((await image.read(page, 'gray')).raster, 20, 15)),
    );
    expect(levels).toEqual([10, 120, 240]);
  });

  it('reads the first frame of an animation and says so', async () => {
    const frame = (level: number) =>
      sharp({ create: { width: 40, height: 30, channels: 3, background: { r: level, g: 0, b: 0 } } })
        .png()
        .toBuffer();
    const gif = await sharp([await frame(0), await frame(255)], { join: { animated: true } })
      .gif()
      .toBuffer();
    const image = await ImageFile.open(documentFile(gif, 'image/gif'), LIMITS);
    expect(image.pageCount).toBe(1);
    expect(image.warnings.map(({ code }) => code)).toEqual(['animation']);
    const { raster } = await image.read(1, 'gray');
    expect([raster.width, raster.height, gray(raster, 20, 15)]).toEqual([40, 30, 0]);
  });

  it('reads what is left of a cut-off image and marks it', async () => {
    const noise = Buffer.from(Array.from({ length: 300 * 300 }, (_, i) => (i * 7919) % 251));
    const jpeg = await sharp(noise, { raw: { width: 300, height: 300, channels: 1 } })
      .jpeg()
      .toBuffer();
    const file = documentFile(jpeg.subarray(0, jpeg.length * 0.6), 'image/jpeg');
    const { raster, damaged } = await (await ImageFile.open(file, LIMITS)).read(1, 'gray');
    expect(damaged).toBe(true);
    expect([raster.width, raster.height]).toEqual([300, 300]);
  });

  it('refuses more pixels than allowed before decoding them, naming the limit', async () => {
    const big = await sharp({ create: { width: 2000, height: 600, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    const error = await refusal(ImageFile.open(documentFile(big, 'image/png'), LIMITS));
    expect(error.code).toBe('page_too_large');
    expect(error.message).toContain('2000 × 600');
    expect(error.hint).toContain('--max-megapixels');
  });

  it('refuses a BMP that lies about its size', async () => {
    const bmp = writeBmp(WIDTH, HEIGHT, dark, { bits: 24 });
    new DataView(bmp.buffer, bmp.byteOffset).setInt32(18, 60_000, true);
    expect((await refusal(ImageFile.open(documentFile(bmp, 'image/bmp'), LIMITS))).code).toBe(
      'page_too_large',
    );
    const short = writeBmp(WIDTH, HEIGHT, dark, { bits: 24 });
    new DataView(short.buffer, short.byteOffset).setInt32(18, 4000, true);
    const image = await ImageFile.open(documentFile(short, 'image/bmp'), LIMITS);
    expect((await refusal(image.read(1, 'gray'))).code).toBe('damaged_file');
  });

  it('refuses bytes that are no image at all', async () => {
    const error = await refusal(
      ImageFile.open(documentFile(Buffer.from('not an image'), 'image/png'), LIMITS),
    );
    expect(error.code).toBe('damaged_file');
  });

  it('cuts a region out at the resolution asked for', async () => {
    const png = documentFile(await sheet().withMetadata({ density: 30 }).png().toBuffer(), 'image/png');
    const image = await ImageFile.open(png, LIMITS);
    const { dpi } = await image.info(1);
    const points = (value: number) => (value * 72) / dpi;
    const part = await image.view(1, {
      dpi: dpi * 2,
      region: { x0: 0, y0: 0, x1: points(30), y1: points(20) },
    });
    expect([part.width, part.height, part.channels]).toEqual([60, 40, 3]);
    expect(gray(part, 30, 20)).toBeLessThan(40);
  });
});
