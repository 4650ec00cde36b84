import type { Raster } from '../../document/raster.js';
import type { RunPixels } from '../pixels/work.js';
import { FAINT_STEP, isBlank } from '../render/ink.js';
import { toGray } from './prepare/gray.js';
import { measuredFactor } from './prepare/page.js';
import { resize } from './prepare/scale.js';
import type { RecognizedImage } from './recognizer.js';

/** Expected share of right words from which faint marks are print; what shines through from a page's other side has less. */
const MIN_CONFIDENCE = 80;

/** Grain is gone from a copy reduced by this factor, print is not. */
const WITHOUT_GRAIN = 0.5;

/** Does a page that seems blank show pale marks that stand in lines of text? */
export async function mayHoldFaintPrint(image: Raster, run: RunPixels): Promise<boolean> {
  const gray = toGray(image);
  const smooth: Raster = { ...(await resize(gray, WITHOUT_GRAIN)), channels: 1, dpi: image.dpi };
  if (isBlank(await run('measureInk', smooth, FAINT_STEP))) return false;
  const { direction } = await run('measureText', await resize(gray, measuredFactor(gray)));
  return direction?.lined ?? false;
}

/** Was it print, rather than what shines through the paper? */
export const isPrint = ({ confidence }: RecognizedImage): boolean => (confidence ?? 0) >= MIN_CONFIDENCE;
