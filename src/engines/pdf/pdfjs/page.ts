import { uprightMatrix, uprightSize } from '../matrix.js';
import { placeImages } from '../placed-images.js';
import type { PdfPage } from '../port.js';
import { readVectors } from '../vector.js';
import { finishWords } from '../visibility.js';
import { buildWords } from '../words.js';
import { readButtons } from './buttons.js';
import { readContent } from './content.js';
import type { PdfjsPage } from './document.js';
import { imageCandidates } from './images.js';
import { readLinks } from './links.js';
import { readTags } from './tags.js';

/** Everything found on a page in one visit. */
export async function readPdfjsPage(page: PdfjsPage): Promise<PdfPage> {
  const { document, proxy, number, frame } = page;
  const size = uprightSize(frame);
  const marked = await readTags(proxy);
  const layers = await document.getOptionalContentConfig().catch(() => undefined);
  const isVisible = (group: unknown) => layers?.isVisible(group) ?? true;
  const content = await readContent(proxy, uprightMatrix(frame), { ...marked, isVisible });
  const vectors = readVectors(content.paths);
  const { images, painted } = placeImages(await imageCandidates(proxy, content.images));
  const everything = [...vectors.painted, ...painted].sort((a, b) => a.order - b.order);
  const links = await readLinks(page);
  return {
    number,
    ...size,
    rotation: frame.rotation,
    words: finishWords(buildWords(content.glyphs), size, everything, links),
    rules: vectors.rules,
    shapes: vectors.shapes,
    drawings: vectors.drawings,
    squares: vectors.squares,
    buttons: await readButtons(page),
    images,
    tags: marked.tags,
    curves: vectors.curves + content.stencils,
  };
}
