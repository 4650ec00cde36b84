import sharp from 'sharp';
import type { PdfFile, Ref } from './pdf-file.js';
import type { GrayImage } from './pdfium.js';

const asSharp = ({ width, height, pixels }: GrayImage) =>
  sharp(Buffer.from(pixels), { raw: { width, height, channels: 1 } }).toColourspace('b-w');

export const blur = async (image: GrayImage, sigma: number): Promise<GrayImage> => ({
  ...image,
  pixels: new Uint8Array(await asSharp(image).blur(sigma).raw().toBuffer()),
});

/** `dpi` is written into the file, as scanners do. */
export const toJpeg = (image: GrayImage, quality: number, dpi: number): Promise<Buffer> =>
  asSharp(image).withMetadata({ density: dpi }).jpeg({ quality }).toBuffer();

export const toPng = (image: GrayImage, dpi = 72): Promise<Buffer> =>
  asSharp(image).withMetadata({ density: dpi }).png({ compressionLevel: 9 }).toBuffer();

/** A fax: all pages in one TIFF, bilevel, CCITT group 4. All pages must have one size. */
export function toFaxTiff(pages: readonly GrayImage[], dpi: number): Promise<Buffer> {
  const { width, height } = pages[0];
  const pixels = Buffer.concat(pages.map((page) => page.pixels));
  return sharp(pixels, { raw: { width, height: height * pages.length, channels: 1, pageHeight: height } })
    .toColourspace('b-w')
    .tiff({
      compression: 'ccittfax4',
      bitdepth: 1,
      xres: dpi / 25.4,
      yres: dpi / 25.4,
      resolutionUnit: 'inch',
    })
    .toBuffer();
}

/** Windows bitmap, one bit a pixel, rows bottom to top and padded to four bytes. */
export function toBmp({ width, height, pixels }: GrayImage, dpi: number): Buffer {
  const stride = Math.ceil(width / 32) * 4;
  const palette = 8;
  const start = 14 + 40 + palette;
  const file = Buffer.alloc(start + stride * height);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(start, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(1, 28);
  file.writeUInt32LE(stride * height, 34);
  file.writeInt32LE(Math.round(dpi / 0.0254), 38);
  file.writeInt32LE(Math.round(dpi / 0.0254), 42);
  file.writeUInt32LE(2, 46);
  file.writeUInt32LE(0x00ffffff, 58);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (pixels[y * width + x] >= 128) file[start + (height - 1 - y) * stride + (x >> 3)] |= 0x80 >> (x & 7);
  return file;
}

/** Embeds a gray page image as JPEG. */
export async function addJpeg(file: PdfFile, image: GrayImage, quality: number): Promise<Ref> {
  return file.addStream(
    `/Type /XObject /Subtype /Image /Width ${image.width} /Height ${image.height} /ColorSpace /DeviceGray /BitsPerComponent 8`,
    await asSharp(image).jpeg({ quality }).toBuffer(),
    'DCTDecode',
  );
}

/** Embeds a bilevel page image losslessly, one bit a pixel. */
export function addBilevel(file: PdfFile, image: GrayImage): Ref {
  const stride = Math.ceil(image.width / 8);
  const bits = Buffer.alloc(stride * image.height);
  image.pixels.forEach((value, index) => {
    const x = index % image.width;
    if (value >= 128) bits[Math.floor(index / image.width) * stride + (x >> 3)] |= 0x80 >> (x & 7);
  });
  return file.addStream(
    `/Type /XObject /Subtype /Image /Width ${image.width} /Height ${image.height} /ColorSpace /DeviceGray /BitsPerComponent 1`,
    bits,
  );
}
