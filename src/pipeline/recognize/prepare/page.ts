import { compose, type Projection, quarterTurn, stretch, turnAbout } from '../../../document/projection.js';
import type { Raster } from '../../../document/raster.js';
import type { RunPixels } from '../../pixels/work.js';
import type { GrayImage } from './gray.js';
import type { TextMeasure } from './measure.js';
import { lean, resize } from './scale.js';
import type { QuarterTurn } from './turn.js';

/** Leaning by less does not hurt recognition, and resampling does; degrees. */
const MIN_SKEW = 0.3;
/** Larger images are measured in a smaller copy: letters are found in it as well, at a part of the cost. */
const MAX_MEASURED_PIXELS = 8_000_000;
/** Horizontal and vertical resolution that differ by more (fax) are made equal. */
const SAME_RESOLUTION = 0.05;

/** A page image ready to be read: upright, straight, dark on light; its own pixels as far as possible. */
export interface PreparedPage {
  readonly image: GrayImage;
  /** Points a pixel of `image`, the same both ways. */
  readonly scale: number;
  /** Size of the upright page in points; its centre is the centre of `image`. */
  readonly width: number;
  readonly height: number;
  readonly measure: TextMeasure;
  readonly rotation: QuarterTurn;
  /** Degrees clockwise by which the upright page leaned. */
  readonly skew: number;
  readonly steps: readonly string[];
  /** Set where the page was seen from aside, with the size in points that it has of its own. */
  readonly own?: OwnFrame;
}

/** How points of the upright, straightened page lie on the page as it is, turned upright. */
export interface OwnFrame {
  readonly projection: Projection;
  readonly width: number;
  readonly height: number;
}

export interface PrepareOptions {
  readonly findOrientation: OrientationFinder;
  readonly run: RunPixels;
  /** The image may be the picture of a sheet under a lamp rather than the sheet itself. */
  readonly maybePhoto?: boolean;
  /** The image is one page of an opened book: its edges are not those of a sheet. */
  readonly isHalf?: boolean;
}

/** Decides which way up an image is whose letters suggest that it is not; may read parts of it. */
export type OrientationFinder = (
  image: GrayImage,
  candidates: readonly QuarterTurn[],
) => Promise<QuarterTurn>;

/**
 * Brings a page image into the position for reading. Every step is taken only when the measurement of the
 * letters asks for it. `width` and `height` of the image as it is, in points.
 */
export async function preparePage(
  gray: GrayImage,
  size: { readonly width: number; readonly height: number },
  { findOrientation, run, maybePhoto = false, isHalf = false }: PrepareOptions,
): Promise<PreparedPage> {
  const steps: string[] = [];
  const square = await withSquarePixels(gray, size, steps);
  const pointsPerPixel = size.width / square.width;
  const sheet = maybePhoto ? await sheetOf(square, isHalf, run, steps) : { image: square, toPicture: null };
  let { image } = sheet;
  let measure = await measureReduced(image, run);
  if (measure.inverted) {
    image = await run('invert', image);
    steps.push('inverted');
  }
  if (measure.speckled) {
    image = await run('despeckle', image, measure.textHeight);
    steps.push('specks removed');
    measure = await measureReduced(image, run);
  }
  let rotation: QuarterTurn = 0;
  if (measure.direction?.sideways) rotation = await findOrientation(image, [90, 270]);
  else if (measure.direction?.maybeUpsideDown) rotation = await findOrientation(image, [0, 180]);
  if (rotation !== 0) {
    image = await run('turn', image, rotation);
    steps.push(`turned by ${rotation}°`);
    // Letters seen from the side have their widths for heights: measured anew.
    measure = await measureReduced(image, run);
  }
  const isTurned = rotation === 90 || rotation === 270;
  const flat = sheet.toPicture
    ? { width: sheet.image.width * pointsPerPixel, height: sheet.image.height * pointsPerPixel }
    : size;
  const upright = isTurned ? { width: flat.height, height: flat.width } : flat;
  const scale = upright.width / image.width;
  const skew = measure.direction && !measure.direction.sideways ? measure.direction.skew : 0;
  const isLeaning = Math.abs(skew) >= MIN_SKEW;
  if (isLeaning) {
    image = await lean(image, -skew);
    steps.push(`deskewed by ${Math.abs(skew).toFixed(1)}°`);
  }
  const prepared = { image, scale, ...upright, measure, rotation, skew: isLeaning ? skew : 0, steps };
  if (!sheet.toPicture) return prepared;
  const inPoints = compose(stretch(pointsPerPixel), compose(sheet.toPicture, stretch(1 / pointsPerPixel)));
  return { ...prepared, own: turnedFrame({ ...size, projection: inPoints }, prepared, rotation) };
}

/** A page's own frame after the page, and it, were turned by `more` degrees and straightened. */
function turnedFrame(
  own: OwnFrame,
  { width, height, skew }: Pick<PreparedPage, 'width' | 'height' | 'skew'>,
  more: QuarterTurn,
): OwnFrame {
  const back = compose(
    quarterTurn((360 - more) % 360, width, height),
    turnAbout(skew, [width / 2, height / 2]),
  );
  const isTurned = more === 90 || more === 270;
  return {
    projection: compose(quarterTurn(more, own.width, own.height), compose(own.projection, back)),
    width: isTurned ? own.height : own.width,
    height: isTurned ? own.width : own.height,
  };
}

/** The sheet itself, under even light. */
async function sheetOf(
  picture: GrayImage,
  isHalf: boolean,
  run: RunPixels,
  steps: string[],
): Promise<{ image: GrayImage; toPicture: Projection | null }> {
  const cut = isHalf ? null : await run('cutSheet', picture);
  if (cut) steps.push(cut.toPicture ? 'perspective removed' : 'surroundings covered');
  const alone = isHalf || cut ? null : await run('coverNeighbour', picture);
  if (alone) steps.push('neighbouring page covered');
  const sheet = cut ?? { image: alone ?? picture, toPicture: null };
  return { ...sheet, image: await inEvenLight(sheet.image, cut !== null, run, steps) };
}

/** A fall of light is evened as such; what it does not explain, hard shadows and dark panels, part by part. */
async function inEvenLight(
  sheet: GrayImage,
  isPhoto: boolean,
  run: RunPixels,
  steps: string[],
): Promise<GrayImage> {
  const asItIs = await run('evenGrounds', sheet);
  const even = asItIs?.panels ? null : await run('evenLight', sheet, isPhoto);
  if (even) steps.push('light evened');
  const grounds = even ? await run('evenGrounds', even) : asItIs;
  if (grounds) steps.push('dark parts lightened');
  return grounds?.image ?? even ?? sheet;
}

/** The page turned once more, after reading it as it was prepared failed. */
export async function turnPage(page: PreparedPage, more: QuarterTurn, run: RunPixels): Promise<PreparedPage> {
  const isTurned = more === 90 || more === 270;
  const size = {
    width: page.image.width * page.scale,
    height: page.image.height * page.scale,
  };
  const turned = await preparePage(
    await run('turn', page.image, more),
    isTurned ? { width: size.height, height: size.width } : size,
    { findOrientation: () => Promise.resolve(0), run },
  );
  return {
    ...turned,
    ...(page.own && { own: turnedFrame(page.own, { ...uprightSize(page, more), skew: turned.skew }, more) }),
    ...uprightSize(page, more),
    rotation: ((page.rotation + more) % 360) as QuarterTurn,
    skew: page.skew + turned.skew,
    steps: [...page.steps, `turned by ${more}°`, ...turned.steps],
  };
}

const uprightSize = ({ width, height }: PreparedPage, more: QuarterTurn) =>
  more === 90 || more === 270 ? { width: height, height: width } : { width, height };

/** Factor by which an image is made smaller to be measured. */
export const measuredFactor = ({ width, height }: GrayImage): number =>
  Math.min(1, Math.sqrt(MAX_MEASURED_PIXELS / (width * height)));

async function measureReduced(image: GrayImage, run: RunPixels): Promise<TextMeasure> {
  const factor = measuredFactor(image);
  const measure = await run('measureText', await resize(image, factor));
  return factor === 1 ? measure : { ...measure, textHeight: measure.textHeight / factor };
}

async function withSquarePixels(
  image: GrayImage,
  size: { readonly width: number; readonly height: number },
  steps: string[],
): Promise<GrayImage> {
  const ratio = size.height / image.height / (size.width / image.width);
  if (Math.abs(ratio - 1) < SAME_RESOLUTION) return image;
  steps.push('pixels made square');
  return ratio > 1 ? resize(image, 1, ratio) : resize(image, 1 / ratio, 1);
}

/** The image as the recognisers take it; `scale` in points a pixel. */
export const toRaster = (image: GrayImage, scale: number): Raster => ({
  ...image,
  channels: 1,
  dpi: 72 / scale,
});
