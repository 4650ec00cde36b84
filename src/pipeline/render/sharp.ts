import type { Sharp, SharpOptions } from 'sharp';
import type { Raster } from '../../document/raster.js';

type SharpFactory = (input: Uint8Array, options?: SharpOptions) => Sharp;

/** sharp is loaded with the first image, not with the server. */
export async function loadSharp(): Promise<SharpFactory> {
  const { default: sharp } = await import('sharp');
  return sharp;
}

/** Transparent paper is white. */
const PAPER = '#ffffff';

/** Decodes into plain 8-bit pixels: alpha laid on `paper`, CMYK and deep colours converted. */
export async function toRaster(
  image: Sharp,
  color: 'gray' | 'rgb',
  dpi: number,
  paper = PAPER,
): Promise<Raster> {
  const { data, info } = await image
    .flatten({ background: paper })
    // Raw output of one channel needs the colour space named, else it has three.
    .toColourspace(color === 'gray' ? 'b-w' : 'srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const channels = info.channels === 1 ? 1 : 3;
  return { data, width: info.width, height: info.height, channels, dpi };
}

/** Colours are looked at in a copy of at most this size. */
const GLANCE_SIDE = 400;
/** Of a drawing on nothing more than this is transparent; its ink is lighter than this gray level on average. */
const MOSTLY_NOTHING = 0.5;
const LIGHT_INK = 190;

/** Is it light print on a transparent ground, made to be laid on a dark one? On white it would not be seen. */
export async function isLightOnNothing(image: Sharp): Promise<boolean> {
  const { data } = await image
    .resize(GLANCE_SIDE, GLANCE_SIDE, { fit: 'inside', withoutEnlargement: true, kernel: 'nearest' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  let [ink, cover] = [0, 0];
  for (let at = 0; at < data.length; at += 4) {
    ink += ((data[at] + data[at + 1] + data[at + 2]) / 3) * data[at + 3];
    cover += data[at + 3];
  }
  return cover > 0 && cover < (1 - MOSTLY_NOTHING) * 255 * (data.length / 4) && ink / cover > LIGHT_INK;
}

/** A raster as sharp's input, to convert, resize or encode it. */
export async function fromRaster(raster: Raster): Promise<Sharp> {
  const sharp = await loadSharp();
  const { data, width, height, channels } = raster;
  const image = sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
  return channels === 1 ? image.toColourspace('b-w') : image;
}

/** The raster in gray; itself where it is gray already. */
export async function toGray(raster: Raster): Promise<Raster> {
  return raster.channels === 1 ? raster : toRaster(await fromRaster(raster), 'gray', raster.dpi);
}

/**
 * Encodes an image for a client: PNG where it is small enough, since letters keep their edges, else JPEG.
 * `maxBytes` decides between them.
 */
export async function encodeImage(
  raster: Raster,
  maxBytes: number,
): Promise<{ bytes: Uint8Array; mediaType: 'image/png' | 'image/jpeg' }> {
  const png = await (await fromRaster(raster)).png({ compressionLevel: 6 }).toBuffer();
  if (png.byteLength <= maxBytes) return { bytes: png, mediaType: 'image/png' };
  const jpeg = await (await fromRaster(raster)).jpeg({ quality: JPEG_QUALITY }).toBuffer();
  return { bytes: jpeg, mediaType: 'image/jpeg' };
}

/** Text stays free of visible blocking from about 80. */
const JPEG_QUALITY = 85;
