import { concat, IDENTITY, type Matrix } from '../matrix.js';
import type { Pdfium } from './library.js';

/** Values of FPDFPageObj_GetType. */
export const ObjectType = { text: 1, path: 2, image: 3, shading: 4, form: 5 } as const;

/** A page object in painting order. */
export interface PageObject {
  readonly pointer: number;
  readonly type: number;
  /** Maps the coordinates of the object's container to the page's user space. */
  readonly container: Matrix;
  /** Running number in painting order. */
  readonly order: number;
  /** The form that contains it. */
  readonly parent?: PageObject;
}

/** Forms inside forms deeper than this are a cycle or an attack. */
const MAX_DEPTH = 12;
/** A page with more objects than this is a drawing; the rest adds nothing that can be read. */
const MAX_OBJECTS = 400_000;

/** All objects of the page in painting order, those inside form XObjects in place of the form. */
export function listObjects(lib: Pdfium, page: number): PageObject[] {
  const { api, scratch } = lib;
  const found: PageObject[] = [];
  const visit = (pointer: number, container: Matrix, depth: number, parent: PageObject | undefined): void => {
    if (found.length >= MAX_OBJECTS) return;
    const type = api.FPDFPageObj_GetType(pointer);
    const object = { pointer, type, container, order: found.length, parent };
    found.push(object);
    if (type !== ObjectType.form || depth >= MAX_DEPTH) return;
    const own = api.FPDFPageObj_GetMatrix(pointer, scratch) ? lib.matrix(scratch) : IDENTITY;
    const inner = concat(own, container);
    const count = api.FPDFFormObj_CountObjects(pointer);
    for (let i = 0; i < count; i++) {
      const child = api.FPDFFormObj_GetObject(pointer, i);
      if (child) visit(child, inner, depth + 1, object);
    }
  };
  const count = api.FPDFPage_CountObjects(page);
  for (let i = 0; i < count; i++) {
    const pointer = api.FPDFPage_GetObject(page, i);
    if (pointer) visit(pointer, IDENTITY, 0, undefined);
  }
  return found;
}

/** Whether the object, or a form around it, is painted with transparency, a soft mask or blending. */
export function isTransparent(lib: Pdfium, object: PageObject): boolean {
  for (let at: PageObject | undefined = object; at; at = at.parent) {
    if (lib.api.FPDFPageObj_HasTransparency(at.pointer)) return true;
  }
  return false;
}

/** Fill or stroke colour; undefined where it is a pattern or cannot be read. */
export interface Color {
  /** `#rrggbb` */
  readonly hex: string;
  /** 0–255 */
  readonly alpha: number;
}

export function objectColor(lib: Pdfium, pointer: number, kind: 'fill' | 'stroke'): Color | undefined {
  const { api, scratch: s } = lib;
  const read = kind === 'fill' ? api.FPDFPageObj_GetFillColor : api.FPDFPageObj_GetStrokeColor;
  if (!read(pointer, s, s + 4, s + 8, s + 12)) return undefined;
  const rgb = ((lib.int(s) & 255) << 16) | ((lib.int(s + 4) & 255) << 8) | (lib.int(s + 8) & 255);
  return { hex: hexColor(rgb), alpha: lib.int(s + 12) };
}

/** `#rrggbb` of 0xrrggbb. */
export const hexColor = (rgb: number): string => `#${rgb.toString(16).padStart(6, '0')}`;

/** Whether the object lies in marked content of that name. */
export function hasMark(lib: Pdfium, object: number, name: string): boolean {
  const { api, scratch } = lib;
  const count = api.FPDFPageObj_CountMarks(object);
  for (let i = 0; i < count; i++) {
    const mark = api.FPDFPageObj_GetMark(object, i);
    if (!mark) continue;
    const length = scratch + 256;
    if (!api.FPDFPageObjMark_GetName(mark, scratch, 256, length)) continue;
    const bytes = lib.bytes.subarray(scratch, scratch + Math.max(0, lib.uint(length) - 2));
    if (UTF16.decode(bytes) === name) return true;
  }
  return false;
}

const UTF16 = new TextDecoder('utf-16le');
