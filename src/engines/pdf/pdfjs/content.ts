import type { PDFPageProxy } from 'pdfjs-dist/types/src/display/api.js';
import type { Box } from '../../../document/geometry.js';
import type { Glyph } from '../glyph.js';
import { concat, type Matrix, transformBox } from '../matrix.js';
import { cutBox, NOTHING, type PaintedPath, type Subpath } from '../paint.js';
import { type PdfjsFont, type PdfjsGlyph, readFont } from './fonts.js';
import { type GraphicsState, initialState, type TextPosition, textOrigin } from './graphics-state.js';
import { loadPdfjs, type PdfjsLibrary } from './library.js';
import { type MarkedContent, MarkedStack } from './marked-content.js';
import { type DecodedImage, type PaintedImage, Painter, type PaintPlace } from './painter.js';
import { readPathData } from './path-data.js';
import { TextReader } from './text.js';

export interface PageContentStream {
  readonly glyphs: readonly Glyph[];
  readonly paths: readonly PaintedPath[];
  readonly images: readonly PaintedImage[];
  /** Stencils painted in bulk, as drawings made of many small ones do. */
  readonly stencils: number;
}

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
type ImageSize = Pick<PaintedImage, 'width' | 'height'>;
type Operation = (args: Arguments, order: number) => void;

class ContentReader implements PageContentStream {
  stencils = 0;
  readonly #page: PDFPageProxy;
  readonly #upright: Matrix;
  readonly #marked: MarkedStack;
  readonly #painter = new Painter();
  readonly #text = new TextReader();
  readonly #fonts = new Map<string, PdfjsFont>();
  readonly #operations: ReadonlyMap<number, Operation>;
  readonly #stack: GraphicsState[] = [];
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
    this.#marked = new MarkedStack(marked);
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

  get paths(): readonly PaintedPath[] {
    return this.#painter.paths;
  }

  get images(): readonly PaintedImage[] {
    return this.#painter.images;
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
    yield [ops.beginMarkedContent, ([tag]) => this.#marked.begin(tag, undefined)];
    yield [ops.beginMarkedContentProps, ([tag, id]) => this.#marked.begin(tag, id)];
    yield [ops.endMarkedContent, () => this.#marked.end()];
    yield [ops.paintFormXObjectBegin, ([matrix, box]) => this.#beginForm(matrix as Matrix, box as number[])];
    yield [ops.paintFormXObjectEnd, () => this.#restore()];
    yield [ops.beginGroup, ([group]) => this.#beginGroup(group as { smask?: unknown })];
    yield [ops.endGroup, () => this.#restore()];
    yield [ops.beginAnnotation, (args) => this.#beginAnnotation(args)];
    yield [ops.endAnnotation, () => this.#restore()];
    yield [
      ops.paintImageXObject,
      ([id, width, height], order) => this.#image(id as string, { width, height } as ImageSize, order, false),
    ];
    yield [
      ops.paintInlineImageXObject,
      ([image], order) => {
        const decoded = image as DecodedImage;
        this.#image(decoded, { width: decoded.width, height: decoded.height }, order, false);
      },
    ];
    yield [
      ops.paintImageMaskXObject,
      ([image], order) => {
        const { data, width, height } = image as ImageSize & { data: string };
        this.#image(data, { width, height }, order, true);
      },
    ];
    yield [ops.paintSolidColorImageMask, (_, order) => this.#painter.solid(this.#state, this.#place(order))];
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
    const place = { ...this.#place(order), tag: this.#marked.tag };
    this.#text.show(items, this.#state, this.#position, place);
  }

  /** What the clip leaves visible here. */
  get #clip(): Box | undefined {
    return this.#marked.isHidden ? NOTHING : this.#state.clip;
  }

  #place(order: number): PaintPlace {
    return { order, clip: this.#clip };
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
    const raw = (data as (ArrayLike<number> | null)[])[0];
    const subpaths = raw ? readPathData(raw, this.#state.ctm) : [];
    const ends = {
      fills: this.#fills.has(operator as number),
      strokes: this.#strokes.has(operator as number),
    };
    this.#painter.path(subpaths, ends, this.#state, this.#place(order));
    if (this.#clipNext) {
      this.#clipNext = false;
      const bounds = boundsOf(subpaths);
      if (bounds) this.#clipTo(bounds);
    }
  }

  #image(source: string | DecodedImage, size: ImageSize, order: number, stencil: boolean): void {
    this.#painter.image({ source, ...size, stencil }, this.#state, this.#place(order));
  }

  #repeat([id, scaleX, scaleY, positions]: Arguments, order: number): void {
    const scale = [scaleX as number, scaleY as number] as const;
    const places = positions as ArrayLike<number>;
    this.#painter.repeat(id as string, scale, places, this.#state, this.#place(order));
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
