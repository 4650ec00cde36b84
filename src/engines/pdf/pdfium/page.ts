import { uprightMatrix, uprightSize } from '../matrix.js';
import { placeImages } from '../placed-images.js';
import type { PdfPage } from '../port.js';
import { readVectors } from '../vector.js';
import { finishWords } from '../visibility.js';
import { buildWords } from '../words.js';
import type { PdfiumPage } from './document.js';
import { readGlyphs } from './glyphs.js';
import { readImages } from './images.js';
import { hiddenLayerObjects } from './layers.js';
import { listObjects } from './objects.js';
import { ClipReader, readPaths } from './paths.js';
import { readTags } from './tags.js';

/** Everything found on a page in one visit. */
export function readPdfPage(page: PdfiumPage): PdfPage {
  const { document, number, pointer, frame, links, buttons } = page;
  const { lib } = document;
  const upright = uprightMatrix(frame);
  const size = uprightSize(frame);
  const objects = listObjects(lib, pointer);
  const clips = new ClipReader(lib, upright, hiddenLayerObjects(page, objects));
  const vectors = readVectors(readPaths(lib, objects, upright, clips));
  const { images, painted, lost } = placeImages(readImages(document, pointer, objects, upright, clips));
  const { tags, tagOf } = readTags(lib, pointer);
  const textPage = lib.api.FPDFText_LoadPage(pointer);
  const context = { lib, upright, objects: new Map(objects.map((o) => [o.pointer, o])), tagOf, clips };
  const glyphs = textPage ? readGlyphs(textPage, context) : [];
  if (textPage) lib.api.FPDFText_ClosePage(textPage);
  const everything = [...vectors.painted, ...painted].sort((a, b) => a.order - b.order);
  return {
    number,
    ...size,
    rotation: frame.rotation,
    words: finishWords(buildWords(glyphs), size, everything, links),
    rules: vectors.rules,
    shapes: vectors.shapes,
    drawings: vectors.drawings,
    squares: vectors.squares,
    buttons,
    images,
    ...(lost.length > 0 && { lostImages: lost }),
    tags,
    curves: vectors.curves,
  };
}
