import type { Box } from '../../../document/geometry.js';
import { concat, IDENTITY, type Matrix, scaleOf } from '../matrix.js';
import { cutBox, NOTHING, type PaintedPath, type Subpath } from '../paint.js';
import type { Pdfium } from './library.js';
import { isTransparent, ObjectType, objectColor, type PageObject } from './objects.js';

/** Values of FPDFPathSegment_GetType. */
const SEGMENT_LINE = 0;
const SEGMENT_BEZIER = 1;
/** A hairline is drawn one device pixel wide; in points this stands for it. */
const HAIRLINE = 0.25;
/** Opaque, of 255. */
const SOLID = 250;

/** All path objects, in points on the upright page. */
export function readPaths(
  lib: Pdfium,
  objects: readonly PageObject[],
  upright: Matrix,
  clips: ClipReader,
): PaintedPath[] {
  const { api, scratch } = lib;
  const paths: PaintedPath[] = [];
  for (const object of objects) {
    if (object.type !== ObjectType.path) continue;
    const { pointer } = object;
    if (!api.FPDFPath_GetDrawMode(pointer, scratch, scratch + 4)) continue;
    const fillMode = lib.int(scratch);
    const strokes = lib.int(scratch + 4) !== 0;
    const fill = fillMode === 0 ? undefined : objectColor(lib, pointer, 'fill');
    const stroke = strokes ? objectColor(lib, pointer, 'stroke') : undefined;
    const filled = fillMode !== 0 && fill?.alpha !== 0;
    const stroked = strokes && stroke?.alpha !== 0;
    if (!filled && !stroked) continue;
    const own = api.FPDFPageObj_GetMatrix(pointer, scratch) ? lib.matrix(scratch) : IDENTITY;
    const toPage = concat(concat(own, object.container), upright);
    const width = api.FPDFPageObj_GetStrokeWidth(pointer, scratch) ? lib.float(scratch) : 0;
    const clip = clips.of(object);
    paths.push({
      order: object.order,
      subpaths: readSubpaths(lib, pointer, toPage),
      filled,
      stroked,
      strokeWidth: Math.max(width * scaleOf(toPage), HAIRLINE),
      opaque: filled && (fill === undefined || fill.alpha >= SOLID) && !isTransparent(lib, object),
      ...(fill ? { fill: fill.hex } : {}),
      ...(stroke ? { stroke: stroke.hex } : {}),
      ...(clip ? { clip } : {}),
    });
  }
  return paths;
}

function readSubpaths(lib: Pdfium, path: number, m: Matrix): Subpath[] {
  const { api, scratch } = lib;
  const subpaths: { points: number[]; closed: boolean; curved: boolean }[] = [];
  let current: { points: number[]; closed: boolean; curved: boolean } | undefined;
  let controls = 0;
  const count = api.FPDFPath_CountSegments(path);
  for (let i = 0; i < count; i++) {
    const segment = api.FPDFPath_GetPathSegment(path, i);
    if (!segment || !api.FPDFPathSegment_GetPoint(segment, scratch, scratch + 4)) continue;
    const x = lib.float(scratch);
    const y = lib.float(scratch + 4);
    const type = api.FPDFPathSegment_GetType(segment);
    if (!current || (type !== SEGMENT_LINE && type !== SEGMENT_BEZIER)) {
      current = { points: [], closed: false, curved: false };
      subpaths.push(current);
    }
    if (type === SEGMENT_BEZIER) {
      current.curved = true;
      // Two control points come before the end point of a curve.
      controls = (controls + 1) % 3;
      if (controls !== 0) continue;
    }
    current.points.push(m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]);
    if (api.FPDFPathSegment_GetClose(segment)) current.closed = true;
  }
  return subpaths.filter((subpath) => subpath.points.length > 2);
}

/** Boxes that the objects' clip paths, and those of the forms around them, leave visible. */
export class ClipReader {
  readonly #lib: Pdfium;
  readonly #upright: Matrix;
  readonly #hidden: ReadonlySet<number>;

  /** `hidden`: pointers of objects in layers that are switched off. */
  constructor(lib: Pdfium, upright: Matrix, hidden: ReadonlySet<number>) {
    this.#lib = lib;
    this.#upright = upright;
    this.#hidden = hidden;
  }

  /** In points on the upright page; undefined where nothing is cut. A clip that leaves nothing is an empty box. */
  of(object: PageObject): Box | undefined {
    if (this.#hidden.has(object.pointer)) return NOTHING;
    const own = this.#own(object);
    const outer = object.parent && this.of(object.parent);
    if (!own || !outer) return own ?? outer;
    return cutBox(own, outer) ?? NOTHING;
  }

  #own(object: PageObject): Box | undefined {
    const { api, scratch } = this.#lib;
    const clip = api.FPDFPageObj_GetClipPath(object.pointer);
    if (!clip) return undefined;
    const paths = api.FPDFClipPath_CountPaths(clip);
    if (paths <= 0) return undefined;
    const m = concat(object.container, this.#upright);
    let box: Box | undefined;
    for (let p = 0; p < paths; p++) {
      let x0 = Infinity;
      let y0 = Infinity;
      let x1 = -Infinity;
      let y1 = -Infinity;
      const segments = api.FPDFClipPath_CountPathSegments(clip, p);
      for (let i = 0; i < segments; i++) {
        const segment = api.FPDFClipPath_GetPathSegment(clip, p, i);
        if (!segment || !api.FPDFPathSegment_GetPoint(segment, scratch, scratch + 4)) continue;
        const x = this.#lib.float(scratch);
        const y = this.#lib.float(scratch + 4);
        const pageX = m[0] * x + m[2] * y + m[4];
        const pageY = m[1] * x + m[3] * y + m[5];
        x0 = Math.min(x0, pageX);
        x1 = Math.max(x1, pageX);
        y0 = Math.min(y0, pageY);
        y1 = Math.max(y1, pageY);
      }
      if (x1 < x0) continue;
      const next = { x0, y0, x1, y1 };
      box = box ? (cutBox(box, next) ?? NOTHING) : next;
    }
    return box;
  }
}
