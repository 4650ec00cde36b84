import { connectedComponents } from './components.js';
import { type GrayImage, histogram, otsuThreshold } from './gray.js';
import { isSpeck } from './specks.js';

/** The page without its specks: each becomes what is around it. `textHeight` as measured, pixels. */
export function despeckle(image: GrayImage, textHeight: number): GrayImage {
  const { width, height } = image;
  const threshold = otsuThreshold(histogram(image));
  const data = Uint8Array.from(image.data);
  for (const component of connectedComponents(image, threshold)) {
    if (!isSpeck(component, textHeight)) continue;
    const [x0, y0] = [Math.max(0, component.x0 - 1), Math.max(0, component.y0 - 1)];
    const [x1, y1] = [Math.min(width, component.x1 + 1), Math.min(height, component.y1 + 1)];
    const light: number[] = [];
    for (let y = y0; y < y1; y++) {
      for (let x = x0; x < x1; x++) {
        const level = image.data[y * width + x];
        if (level > threshold) light.push(level);
      }
    }
    const paper = light.sort((a, b) => a - b)[Math.floor(light.length * PAPER_SHARE)] ?? threshold;
    for (let y = y0; y < y1; y++) {
      for (let x = x0; x < x1; x++) {
        const at = y * width + x;
        const isOwn = x >= component.x0 && x < component.x1 && y >= component.y0 && y < component.y1;
        // Its grey rim goes with it; ink of a letter beside it stays.
        if (isOwn || image.data[at] > threshold) data[at] = Math.max(data[at], paper);
      }
    }
  }
  return { data, width, height };
}

/** Of the pixels around a speck, the lighter ones are paper and the darker ones its rim. */
const PAPER_SHARE = 0.75;
