import type { TagElement } from '../../../document/page.js';
import type { Pdfium } from './library.js';
import { hasMark, type PageObject } from './objects.js';

/** More elements than this on one page are no structure. */
const MAX_ELEMENTS = 20_000;
const MAX_DEPTH = 64;

export interface PageTags {
  readonly tags: readonly TagElement[];
  /** Index of the element that holds the object's marked content. */
  tagOf(object: PageObject): number | undefined;
}

/** The structure tree's elements for this page, plus one `Artifact` for content that is marked as such. */
export function readTags(lib: Pdfium, page: number): PageTags {
  const { api } = lib;
  const tags: TagElement[] = [];
  const byContent = new Map<number, number>();
  const visit = (element: number, parent: number, depth: number): void => {
    if (!element || tags.length >= MAX_ELEMENTS || depth > MAX_DEPTH) return;
    const index = tags.push(readElement(lib, element, parent)) - 1;
    const count = api.FPDF_StructElement_CountChildren(element);
    for (let i = 0; i < count; i++) {
      const child = api.FPDF_StructElement_GetChildAtIndex(element, i);
      if (child) {
        visit(child, index, depth + 1);
        continue;
      }
      const content = api.FPDF_StructElement_GetChildMarkedContentID(element, i);
      if (content >= 0) byContent.set(content, index);
    }
  };
  const tree = api.FPDF_StructTree_GetForPage(page);
  if (tree) {
    const count = api.FPDF_StructTree_CountChildren(tree);
    for (let i = 0; i < count; i++) visit(api.FPDF_StructTree_GetChildAtIndex(tree, i), -1, 0);
    api.FPDF_StructTree_Close(tree);
  }
  if (tags.length === 0) return { tags, tagOf: () => undefined };
  let artifact: number | undefined;
  const tagOf = (object: PageObject): number | undefined => {
    for (let at: PageObject | undefined = object; at; at = at.parent) {
      const content = api.FPDFPageObj_GetMarkedContentID(at.pointer);
      const tag = content >= 0 ? byContent.get(content) : undefined;
      if (tag !== undefined) return tag;
      if (hasMark(lib, at.pointer, 'Artifact')) {
        artifact ??= tags.push({ type: 'Artifact', parent: -1 }) - 1;
        return artifact;
      }
    }
    return undefined;
  };
  return { tags, tagOf };
}

function readElement(lib: Pdfium, element: number, parent: number): TagElement {
  const { api } = lib;
  const type = lib.readString((buffer, bytes) => api.FPDF_StructElement_GetType(element, buffer, bytes));
  const alt = lib.readString((buffer, bytes) => api.FPDF_StructElement_GetAltText(element, buffer, bytes));
  const colspan = numberAttribute(lib, element, 'ColSpan');
  const rowspan = numberAttribute(lib, element, 'RowSpan');
  return {
    type: type || 'Span',
    parent,
    ...(alt ? { alt } : {}),
    ...(colspan === undefined ? {} : { colspan }),
    ...(rowspan === undefined ? {} : { rowspan }),
  };
}

function numberAttribute(lib: Pdfium, element: number, name: string): number | undefined {
  const { api, scratch } = lib;
  const count = api.FPDF_StructElement_GetAttributeCount(element);
  for (let i = 0; i < count; i++) {
    const attribute = api.FPDF_StructElement_GetAttributeAtIndex(element, i);
    if (!attribute) continue;
    const value = lib.withString(name, (key) => api.FPDF_StructElement_Attr_GetValue(attribute, key));
    if (value && api.FPDF_StructElement_Attr_GetNumberValue(value, scratch)) return lib.float(scratch);
  }
  return undefined;
}
