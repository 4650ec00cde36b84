/** A rectangle around text, turned by `angle` radians clockwise about its centre; pixels. */
export interface TextBox {
  readonly centerX: number;
  readonly centerY: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
}

/** Pixels of the probability map above this belong to text (PP-OCR's `det_db_thresh`). */
const TEXT_PROBABILITY = 0.3;
/** Regions whose mean probability is below this are no text (PP-OCR's `det_db_box_thresh`). */
const BOX_PROBABILITY = 0.6;
/** The map shows shrunken text; a region grows by area × ratio / perimeter (DB paper, eq. 10; PP-OCR's 1.5–1.6). */
const UNCLIP_RATIO = 1.6;
const MIN_PIXELS = 12;
const MIN_SIDE = 3;
/** A region less elongated than this has no reliable direction and is taken as upright. */
const MIN_ELONGATION = 4;

/**
 * Text regions of a detector's probability map: connected regions, each with its principal direction and
 * grown back to the size of the letters. Method: Liao et al., "Real-time Scene Text Detection with
 * Differentiable Binarization", 2020, with the direction from second moments in place of a minimal rectangle.
 */
export function textBoxes(probabilities: Float32Array, width: number, height: number): TextBox[] {
  const seen = new Uint8Array(width * height);
  const stack = new Int32Array(width * height);
  const boxes: TextBox[] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] || probabilities[start] <= TEXT_PROBABILITY) continue;
    const region = flood(probabilities, width, height, start, seen, stack);
    const box = toBox(region, probabilities, width);
    if (box) boxes.push(box);
  }
  return boxes;
}

function flood(
  probabilities: Float32Array,
  width: number,
  height: number,
  start: number,
  seen: Uint8Array,
  stack: Int32Array,
): number[] {
  const region: number[] = [];
  let size = 0;
  stack[size++] = start;
  seen[start] = 1;
  while (size > 0) {
    const pixel = stack[--size];
    region.push(pixel);
    const x = pixel % width;
    const y = (pixel - x) / width;
    for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
      for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
        const neighbour = ny * width + nx;
        if (seen[neighbour] || probabilities[neighbour] <= TEXT_PROBABILITY) continue;
        seen[neighbour] = 1;
        stack[size++] = neighbour;
      }
    }
  }
  return region;
}

function toBox(region: readonly number[], probabilities: Float32Array, width: number): TextBox | null {
  const count = region.length;
  if (count < MIN_PIXELS) return null;
  let sum = 0;
  let sumX = 0;
  let sumY = 0;
  for (const pixel of region) {
    sum += probabilities[pixel];
    sumX += pixel % width;
    sumY += Math.floor(pixel / width);
  }
  if (sum / count < BOX_PROBABILITY) return null;
  const meanX = sumX / count;
  const meanY = sumY / count;
  const angle = direction(region, width, meanX, meanY);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const pixel of region) {
    const x = (pixel % width) - meanX;
    const y = Math.floor(pixel / width) - meanY;
    const along = x * cos + y * sin;
    const across = y * cos - x * sin;
    if (along < left) left = along;
    if (along > right) right = along;
    if (across < top) top = across;
    if (across > bottom) bottom = across;
  }
  const boxWidth = right - left + 1;
  const boxHeight = bottom - top + 1;
  if (Math.min(boxWidth, boxHeight) < MIN_SIDE) return null;
  const growth = (boxWidth * boxHeight * UNCLIP_RATIO) / (2 * (boxWidth + boxHeight));
  const along = (left + right) / 2;
  const across = (top + bottom) / 2;
  return {
    centerX: meanX + along * cos - across * sin + 0.5,
    centerY: meanY + along * sin + across * cos + 0.5,
    width: boxWidth + 2 * growth,
    height: boxHeight + 2 * growth,
    angle,
  };
}

/** Direction of the longer principal axis, radians. */
function direction(region: readonly number[], width: number, meanX: number, meanY: number): number {
  let [xx, yy, xy] = [0, 0, 0];
  for (const pixel of region) {
    const x = (pixel % width) - meanX;
    const y = Math.floor(pixel / width) - meanY;
    xx += x * x;
    yy += y * y;
    xy += x * y;
  }
  const elongation = (xx + 0.1) / (yy + 0.1);
  if (elongation < MIN_ELONGATION && elongation > 1 / MIN_ELONGATION) return 0;
  return 0.5 * Math.atan2(2 * xy, xx - yy);
}
