import { type Projection, project, type Quad, rectangleToQuad } from '#legible/document/projection.js';
import type { GrayImage } from '#legible/pipeline/recognize/prepare/gray.js';

/** Numbers between 0 and 1, the same in every run. */
export function random(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const each = (image: GrayImage, level: (x: number, y: number, value: number) => number): GrayImage => ({
  ...image,
  data: image.data.map((value, at) =>
    level((at % image.width) / image.width, Math.floor(at / image.width) / image.height, value),
  ),
});

/** Light that falls off from the top left corner to `least` in the opposite one. */
export const shaded = (page: GrayImage, least: number): GrayImage =>
  each(page, (x, y, value) => value * (1 - ((1 - least) * (x + y)) / 2));

/** Black pixels strewn over the page; `share` of all. */
export function speckled(page: GrayImage, share: number): GrayImage {
  const next = random(9);
  return each(page, (_x, _y, value) => (next() < share ? next() * 60 : value));
}

const grainy = random(5);
/** A dark table. */
const table = (): number => 40 + grainy() * 12;
/** A woven cloth with threads of a letter's stroke. */
export const cloth = (x: number, y: number): number =>
  80 + 28 * Math.sin((x * 2 * Math.PI) / 7) + 28 * Math.sin((y * 2 * Math.PI) / 9) + grainy() * 16;

/** The page as a camera sees it whose corners lie at `quad` in a picture of the given size, on a dark table or another ground. */
export function photographed(
  page: GrayImage,
  width: number,
  height: number,
  quad: Quad,
  ground: (x: number, y: number) => number = table,
): GrayImage {
  const toPage = inverse(rectangleToQuad(page.width, page.height, quad));
  const data = new Uint8Array(width * height);
  for (let at = 0; at < data.length; at++) {
    const [u, v] = project(toPage, [(at % width) + 0.5, Math.floor(at / width) + 0.5]);
    const [x, y] = [Math.floor(u - 0.5), Math.floor(v - 0.5)];
    if (x < 0 || y < 0 || x >= page.width - 1 || y >= page.height - 1) {
      data[at] = ground(at % width, Math.floor(at / width));
      continue;
    }
    const [right, down] = [u - 0.5 - x, v - 0.5 - y];
    const corner = y * page.width + x;
    const upper = page.data[corner] * (1 - right) + page.data[corner + 1] * right;
    const lower = page.data[corner + page.width] * (1 - right) + page.data[corner + page.width + 1] * right;
    data[at] = upper * (1 - down) + lower * down;
  }
  return { data, width, height };
}

function inverse([a, b, c, d, e, f, g, h, i]: Projection): Projection {
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
}
