import type { PDFPageProxy } from 'pdfjs-dist/types/src/display/api.js';
import type { Box } from '../../../document/geometry.js';
import type { Glyph } from '../glyph.js';
import { concat, type Matrix, scaleOf, transformBox } from '../matrix.js';
import { cutBox, NOTHING, type PaintedPath, type Subpath } from '../paint.js';
import { type PdfjsFont, type PdfjsGlyph, readFont } from './fonts.js';
import { type GraphicsState, initialState, type TextPosition, textOrigin } from './graphics-state.js';
import { loadPdfjs, type PdfjsLibrary } from './library.js';
import { readPathData } from './path-data.js';
import { TextReader } from './text.js';

/** An image as the operators place it. */
export interface PaintedImage {
  /** Name among the page's objects, or the decoded image itself where it stands in the content. */
  readonly source: string | DecodedImage;
  /** Maps the unit square to points on the upright page. */
  readonly matrix: Matrix;
  readonly clip: Box | undefined;
  readonly order: number;
  readonly transparent: boolean;
  /** A stencil, painted with the fill colour. */
  readonly stencil: boolean;
  /** Pixels, as far as the operator tells. */
  readonly width: number;
  readonly height: number;
}

/** Pixels as pdf.js hands them over. */
export interface DecodedImage {
  readonly width: number;
  readonly height: number;
  /** 1: one bit a pixel, rows padded to bytes; 2: RGB; 3: RGBA. */
  readonly kind: number;
  readonly data: Uint8Array | Uint8ClampedArray | null;
}

export interface PageContentStream {
  readonly glyphs: readonly Glyph[];
  readonly paths: readonly PaintedPath[];
  readonly images: readonly PaintedImage[];
  /** Stencils painted in bulk, as drawings made of many small ones do. */
  readonly stencils: number;
}

export interface MarkedContent {
  /** Whether optional content (a layer) is switched on; `group` as pdf.js describes it. */
  isVisible?(group: unknown): boolean;
  /** Index of the structure element that holds the marked content. */
  tagOf(contentId: number): number | undefined;
  /** Index of the element for artifacts, in a tagged document. */
  artifact(): number | undefined;
}

/** A hairline is drawn one device pixel wide; in points this stands for it. */
const HAIRLINE = 0.25;
/** Forms nested deeper than this come from a cycle. */
const MAX_STATES = 4096;

/** Runs the page's operators and collects what they show. */
export async function readContent(
  page: PDFPageProxy,
  upright: Matrix,
  marked: MarkedContent,
): Promise<PageContentStream> {
  const { OPS } = await loadPdfjs();
  const list = await page.getOperatorList();
  const reader = new ContentReader(page, upright, marked, OPS);
  for (let i = 0; i < list.fnArray.length; i++) reader.run(list.fnArray[i], list.argsArray[i] ?? [], i);
  reader.finish();
  return reader;
}

type Arguments = readonly unknown[];
type Operation = (args: Arguments, order: number) => void;

class ContentReader implements PageContentStream {
  readonly paths: PaintedPath[] = [];
  readonly images: PaintedImage[] = [];
  stencils = 0;
  readonly #page: PDFPageProxy;
  readonly #upright: Matrix;
  readonly #marked: MarkedContent;
  readonly #text = new TextReader();
  readonly #fonts = new Map<string, PdfjsFont>();
  readonly #operations: ReadonlyMap<number, Operation>;
  readonly #stack: GraphicsState[] = [];
  readonly #tags: (number | undefined)[] = [];
  /** For each level of marked content, whether a layer that is switched off contains it. */
  readonly #hidden: boolean[] = [];
  readonly #ops: PdfjsLibrary['OPS'];
  /** Operators that end a path by filling or stroking it. */
  readonly #fills: ReadonlySet<number>;
  readonly #strokes: ReadonlySet<number>;
  #state: GraphicsState;
  #position: TextPosition = textOrigin();
  #clipNext = false;

  constructor(page: PDFPageProxy, upright: Matrix, marked: MarkedContent, ops: PdfjsLibrary['OPS']) {
    this.#page = page;
    this.#upright = upright;
    this.#marked = marked;
    this.#ops = ops;
    const both = [ops.fillStroke, ops.eoFillStroke, ops.closeFillStroke, ops.closeEOFillStroke];
    this.#fills = new Set([ops.fill, ops.eoFill, ...both]);
    this.#strokes = new Set([ops.stroke, ops.closeStroke, ...both]);
    this.#state = initialState(upright);
    this.#operations = new Map(this.#table());
  }

  get glyphs(): readonly Glyph[] {
    return this.#text.glyphs;
  }

  finish(): void {
    this.#text.settleSizes();
  }

  run(operator: number, args: Arguments, order: number): void {
    this.#operations.get(operator)?.(args, order);
  }

  *#table(): Generator<[number, Operation]> {
    const ops = this.#ops;
    const set = (change: (state: GraphicsState, args: Arguments) => void): Operation => {
      return (args) => change(this.#state, args);
    };
    yield [ops.save, () => this.#save()];
    yield [ops.restore, () => this.#restore()];
    yield [ops.transform, (args) => this.#transform(args as unknown as Matrix)];
    yield [ops.setGState, (args) => this.#setStates(args[0] as readonly [string, unknown][])];
    yield [ops.setLineWidth, set((s, [width]) => (s.lineWidth = width as number))];
    yield [ops.setFillRGBColor, set((s, [color]) => (s.fill = color as string))];
    yield [ops.setStrokeRGBColor, set((s, [color]) => (s.stroke = color as string))];
    yield [ops.setFillColorN, set((s) => (s.fill = undefined))];
    yield [ops.setStrokeColorN, set((s) => (s.stroke = undefined))];
    yield [ops.setFillTransparent, set((s) => (s.fill = undefined))];
    yield [ops.setStrokeTransparent, set((s) => (s.stroke = undefined))];
    yield [ops.clip, () => (this.#clipNext = true)];
    yield [ops.eoClip, () => (this.#clipNext = true)];
    yield [ops.constructPath, (args, order) => this.#path(args, order)];
    yield [ops.rawFillPath, () => (this.stencils += 1)];
    yield [ops.beginText, () => (this.#position = textOrigin())];
    yield [ops.setCharSpacing, set((s, [value]) => (s.charSpacing = value as number))];
    yield [ops.setWordSpacing, set((s, [value]) => (s.wordSpacing = value as number))];
    yield [ops.setHScale, set((s, [value]) => (s.horizontalScale = (value as number) / 100))];
    yield [ops.setLeading, set((s, [value]) => (s.leading = -(value as number)))];
    yield [ops.setTextRise, set((s, [value]) => (s.rise = value as number))];
    yield [ops.setTextRenderingMode, set((s, [value]) => (s.renderMode = value as number))];
    yield [ops.setFont, ([id, size]) => this.#setFont(id as string, size as number)];
    yield [ops.setTextMatrix, ([matrix]) => this.#setTextMatrix(matrix as Matrix)];
    yield [ops.moveText, ([x, y]) => this.#moveText(x as number, y as number)];
    yield [ops.setLeadingMoveText, ([x, y]) => this.#moveText(x as number, y as number, true)];
    yield [ops.nextLine, () => this.#moveText(0, this.#state.leading)];
    yield [ops.showText, ([items], order) => this.#showText(items as PdfjsGlyph[], order)];
    yield [ops.beginMarkedContent, ([tag]) => this.#beginMarked(tag, undefined)];
    yield [ops.beginMarkedContentProps, ([tag, id]) => this.#beginMarked(tag, id)];
    yield [ops.endMarkedContent, () => this.#endMarked()];
    yield [ops.paintFormXObjectBegin, ([matrix, box]) => this.#beginForm(matrix as Matrix, box as number[])];
    yield [ops.paintFormXObjectEnd, () => this.#restore()];
    yield [ops.beginGroup, ([group]) => this.#beginGroup(group as { smask?: unknown })];
    yield [ops.endGroup, () => this.#restore()];
    yield [ops.beginAnnotation, (args) => this.#beginAnnotation(args)];
    yield [ops.endAnnotation, () => this.#restore()];
    yield [ops.paintImageXObject, ([id, w, h], order) => this.#image(id as string, w, h, order, false)];
    yield [
      ops.paintInlineImageXObject,
      ([image], order) => {
        const decoded = image as DecodedImage;
        this.#image(decoded, decoded.width, decoded.height, order, false);
      },
    ];
    yield [
      ops.paintImageMaskXObject,
      ([image], order) => {
        const { data, width, height } = image as { data: string; width: number; height: number };
        this.#image(data, width, height, order, true);
      },
    ];
    yield [ops.paintSolidColorImageMask, (_, order) => this.#solid(order)];
    yield [ops.paintImageXObjectRepeat, (args, order) => this.#repeat(args, order)];
    yield [ops.paintImageMaskXObjectRepeat, () => (this.stencils += 1)];
    yield [ops.paintImageMaskXObjectGroup, () => (this.stencils += 1)];
    yield [ops.paintInlineImageXObjectGroup, () => (this.stencils += 1)];
  }

  #save(): void {
    if (this.#stack.length >= MAX_STATES) return;
    this.#stack.push({ ...this.#state });
  }

  #restore(): void {
    const state = this.#stack.pop();
    if (state) this.#state = state;
  }

  #transform(matrix: Matrix): void {
    this.#state.ctm = concat(matrix, this.#state.ctm);
  }

  #setStates(entries: readonly (readonly [string, unknown])[]): void {
    for (const [key, value] of entries) {
      if (key === 'LW') this.#state.lineWidth = value as number;
      else if (key === 'ca') this.#state.fillAlpha = value as number;
      else if (key === 'CA') this.#state.strokeAlpha = value as number;
      else if (key === 'BM') this.#state.blended = value !== 'source-over';
      else if (key === 'SMask') this.#state.blended = Boolean(value);
      else if (key === 'Font') this.#setFont((value as [string, number])[0], (value as [string, number])[1]);
    }
  }

  #setFont(id: string, size: number): void {
    let font = this.#fonts.get(id);
    if (!font) {
      font = readFont(this.#page, id);
      this.#fonts.set(id, font);
    }
    this.#state.font = font;
    this.#state.fontSize = size;
  }

  #setTextMatrix(matrix: Matrix): void {
    this.#position = { matrix, line: matrix, x: 0 };
  }

  #moveText(x: number, y: number, setLeading = false): void {
    if (setLeading) this.#state.leading = y;
    const line = concat([1, 0, 0, 1, x, y], this.#position.line);
    this.#position = { matrix: line, line, x: 0 };
  }

  #showText(items: readonly (PdfjsGlyph | number | null)[], order: number): void {
    const place = { order, tag: this.#tags.at(-1), clip: this.#clip };
    this.#text.show(items, this.#state, this.#position, place);
  }

  #beginMarked(tag: unknown, id: unknown): void {
    const own = typeof id === 'number' ? this.#marked.tagOf(id) : undefined;
    const name = typeof tag === 'string' ? tag : (tag as { name?: string } | null)?.name;
    const artifact = name === 'Artifact' ? this.#marked.artifact() : undefined;
    this.#tags.push(own ?? artifact ?? this.#tags.at(-1));
    const off = name === 'OC' && this.#marked.isVisible?.(id) === false;
    this.#hidden.push(off || this.#hidden.at(-1) === true);
  }

  #endMarked(): void {
    this.#tags.pop();
    this.#hidden.pop();
  }

  /** What the clip leaves visible here. */
  get #clip(): Box | undefined {
    return this.#hidden.at(-1) ? NOTHING : this.#state.clip;
  }

  #beginForm(matrix: Matrix | null, bounds: readonly number[] | null): void {
    this.#save();
    if (matrix) this.#transform(matrix);
    if (bounds) this.#clipTo(transformBox(this.#state.ctm, bounds[0], bounds[1], bounds[2], bounds[3]));
  }

  #beginGroup({ smask }: { smask?: unknown }): void {
    this.#save();
    if (smask) this.#state.blended = true;
  }

  #beginAnnotation([, , transform, matrix]: Arguments): void {
    this.#save();
    this.#state = initialState(this.#upright);
    if (transform) this.#transform(transform as Matrix);
    if (matrix) this.#transform(matrix as Matrix);
  }

  #clipTo(box: Box): void {
    this.#state.clip = cutBox(box, this.#state.clip) ?? NOTHING;
  }

  #path([operator, data]: Arguments, order: number): void {
    const { ctm, fill, stroke, fillAlpha, strokeAlpha, lineWidth, blended } = this.#state;
    const clip = this.#clip;
    const raw = (data as (ArrayLike<number> | null)[])[0];
    const subpaths = raw ? readPathData(raw, ctm) : [];
    const filled = this.#fills.has(operator as number) && fillAlpha > 0;
    const stroked = this.#strokes.has(operator as number) && strokeAlpha > 0;
    if ((filled || stroked) && subpaths.length > 0) {
      this.paths.push({
        order,
        subpaths,
        filled,
        stroked,
        strokeWidth: Math.max(lineWidth * scaleOf(ctm), HAIRLINE),
        opaque: filled && fillAlpha > 0.98 && !blended,
        ...(filled && fill ? { fill } : {}),
        ...(stroked && stroke ? { stroke } : {}),
        ...(clip ? { clip } : {}),
      });
    }
    if (this.#clipNext) {
      this.#clipNext = false;
      const bounds = boundsOf(subpaths);
      if (bounds) this.#clipTo(bounds);
    }
  }

  #image(
    source: string | DecodedImage,
    width: unknown,
    height: unknown,
    order: number,
    stencil: boolean,
  ): void {
    const { ctm, fillAlpha, blended } = this.#state;
    const clip = this.#clip;
    this.images.push({
      source,
      matrix: ctm,
      clip,
      order,
      stencil,
      transparent: blended || fillAlpha < 0.98,
      width: width as number,
      height: height as number,
    });
  }

  #repeat([id, scaleX, scaleY, positions]: Arguments, order: number): void {
    const places = positions as ArrayLike<number>;
    const outer = this.#state.ctm;
    for (let i = 0; i + 1 < places.length; i += 2) {
      this.#state.ctm = concat([scaleX as number, 0, 0, scaleY as number, places[i], places[i + 1]], outer);
      this.#image(id as string, 0, 0, order, false);
    }
    this.#state.ctm = outer;
  }

  /** A one-pixel stencil is a rectangle in the fill colour. */
  #solid(order: number): void {
    const { ctm, fill, fillAlpha, blended } = this.#state;
    const clip = this.#clip;
    const corner = (x: number, y: number) => [
      ctm[0] * x + ctm[2] * y + ctm[4],
      ctm[1] * x + ctm[3] * y + ctm[5],
    ];
    const points = [...corner(0, 0), ...corner(1, 0), ...corner(1, 1), ...corner(0, 1)];
    this.paths.push({
      order,
      subpaths: [{ points, closed: true, curved: false }],
      filled: true,
      stroked: false,
      strokeWidth: 0,
      opaque: fillAlpha > 0.98 && !blended,
      ...(fill ? { fill } : {}),
      ...(clip ? { clip } : {}),
    });
  }
}

function boundsOf(subpaths: readonly Subpath[]): Box | undefined {
  let x0 = Infinity;
  let y0 = Infinity;
  let x1 = -Infinity;
  let y1 = -Infinity;
  for (const { points } of subpaths) {
    for (let i = 0; i + 1 < points.length; i += 2) {
      x0 = Math.min(x0, points[i]);
      x1 = Math.max(x1, points[i]);
      y0 = Math.min(y0, points[i + 1]);
      y1 = Math.max(y1, points[i + 1]);
    }
  }
  return x1 >= x0 ? { x0, y0, x1, y1 } : undefined;
}
