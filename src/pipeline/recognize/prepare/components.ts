import type { GrayImage } from './gray.js';

/** Bounding box and ink of a connected component, pixels; `x1`, `y1` exclusive. */
export interface Component {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly ink: number;
}

/** Noise must not cost unbounded memory; a page of 40 megapixels has 10,000 letters, its dust ten times as many specks. */
const MAX_COMPONENTS = 400_000;

/**
 * 8-connected components of pixels darker than or equal to `threshold`, by merging horizontal runs of
 * neighbouring rows. Cost is one pass over the image.
 */
export function connectedComponents({ data, width, height }: GrayImage, threshold: number): Component[] {
  const parent: number[] = [];
  const x0: number[] = [];
  const x1: number[] = [];
  const y0: number[] = [];
  const y1: number[] = [];
  const ink: number[] = [];
  const find = (run: number): number => {
    let root = run;
    while (parent[root] !== root) root = parent[root] = parent[parent[root]];
    return root;
  };
  const merge = (a: number, b: number): number => {
    const [keep, drop] = a < b ? [a, b] : [b, a];
    if (keep === drop) return keep;
    parent[drop] = keep;
    if (x0[drop] < x0[keep]) x0[keep] = x0[drop];
    if (x1[drop] > x1[keep]) x1[keep] = x1[drop];
    if (y0[drop] < y0[keep]) y0[keep] = y0[drop];
    if (y1[drop] > y1[keep]) y1[keep] = y1[drop];
    ink[keep] += ink[drop];
    return keep;
  };

  // Runs of the row above and of this row: start, end (exclusive), label.
  let above: number[] = [];
  let current: number[] = [];
  for (let y = 0; y < height && parent.length < MAX_COMPONENTS; y++) {
    const row = y * width;
    let next = 0;
    current = [];
    for (let x = 0; x < width; x++) {
      if (data[row + x] > threshold) continue;
      const start = x;
      while (x < width && data[row + x] <= threshold) x++;
      const end = x;
      let label = -1;
      while (next < above.length && above[next + 1] < start) next += 3;
      for (let k = next; k < above.length && above[k] <= end; k += 3) {
        const root = find(above[k + 2]);
        label = label < 0 ? root : merge(label, root);
      }
      if (label < 0) {
        label = parent.length;
        parent.push(label);
        x0.push(start);
        x1.push(end);
        y0.push(y);
        y1.push(y + 1);
        ink.push(end - start);
      } else {
        if (start < x0[label]) x0[label] = start;
        if (end > x1[label]) x1[label] = end;
        y1[label] = y + 1;
        ink[label] += end - start;
      }
      current.push(start, end, label);
    }
    above = current;
  }
  const components: Component[] = [];
  for (let i = 0; i < parent.length; i++) {
    if (parent[i] === i) components.push({ x0: x0[i], y0: y0[i], x1: x1[i], y1: y1[i], ink: ink[i] });
  }
  return components;
}
