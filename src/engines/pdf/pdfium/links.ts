import type { Box } from '../../../document/geometry.js';
import { type Matrix, transformBox } from '../matrix.js';
import type { PageLink } from '../visibility.js';
import type { Pdfium } from './library.js';

/** Values of FPDFAction_GetType. */
const ACTION_GOTO = 1;
const ACTION_URI = 3;
/** A page with more links than this gains nothing from the rest. */
const MAX_LINKS = 5000;

/** An opened document: its PDFium instance and its handle. */
interface OpenPdf {
  readonly lib: Pdfium;
  readonly pointer: number;
}

/** The page's link annotations with their targets. */
export function readLinks(document: OpenPdf, page: number, upright: Matrix): PageLink[] {
  const { lib } = document;
  const { api } = lib;
  const links: PageLink[] = [];
  lib.withMemory(64, (memory) => {
    const [position, annotation, rect] = [memory, memory + 4, memory + 8];
    lib.setInt(position, 0);
    while (links.length < MAX_LINKS && api.FPDFLink_Enumerate(page, position, annotation)) {
      const link = lib.int(annotation);
      const target = linkTarget(document, link);
      if (target === undefined) continue;
      for (const box of linkBoxes(document, link, rect, upright)) links.push({ box, target });
    }
  });
  return links;
}

function linkBoxes({ lib }: OpenPdf, link: number, rect: number, upright: Matrix): Box[] {
  const { api } = lib;
  const quads = api.FPDFLink_CountQuadPoints(link);
  const boxes: Box[] = [];
  for (let i = 0; i < quads; i++) {
    // FS_QUADPOINTSF: x1, y1 … x4, y4.
    if (!api.FPDFLink_GetQuadPoints(link, i, rect)) continue;
    const xs = [0, 8, 16, 24].map((offset) => lib.float(rect + offset));
    const ys = [4, 12, 20, 28].map((offset) => lib.float(rect + offset));
    boxes.push(transformBox(upright, Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)));
  }
  if (boxes.length === 0 && api.FPDFLink_GetAnnotRect(link, rect)) {
    const [left, top, right, bottom] = [0, 4, 8, 12].map((offset) => lib.float(rect + offset));
    boxes.push(transformBox(upright, left, bottom, right, top));
  }
  return boxes;
}

function linkTarget({ lib, pointer }: OpenPdf, link: number): string | undefined {
  const { api } = lib;
  let destination = api.FPDFLink_GetDest(pointer, link);
  if (!destination) {
    const action = api.FPDFLink_GetAction(link);
    const type = action ? api.FPDFAction_GetType(action) : 0;
    if (type === ACTION_URI) {
      const uri = lib.readString(
        (buffer, bytes) => api.FPDFAction_GetURIPath(pointer, action, buffer, bytes),
        'utf-8',
      );
      return /^[a-z][a-z0-9+.-]*:/i.test(uri) ? uri : undefined;
    }
    if (type === ACTION_GOTO) destination = api.FPDFAction_GetDest(pointer, action);
  }
  if (!destination) return undefined;
  const page = api.FPDFDest_GetDestPageIndex(pointer, destination);
  return page >= 0 ? `#page=${page + 1}` : undefined;
}
