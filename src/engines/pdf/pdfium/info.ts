import type { OutlineItem } from '../../../document/page.js';
import type { PdfInfo } from '../port.js';
import type { PdfiumDocument } from './document.js';

/** More bookmarks than this are no table of contents; broken files have cycles among them. */
const MAX_OUTLINE = 5000;
const MAX_OUTLINE_DEPTH = 16;

export function readInfo(document: PdfiumDocument): PdfInfo {
  const title = metaText(document, 'Title');
  const author = metaText(document, 'Author');
  return {
    pageCount: document.pageCount,
    ...(title ? { title } : {}),
    ...(author ? { author } : {}),
    tagged: document.lib.api.FPDFCatalog_IsTagged(document.pointer) !== 0,
    outline: readOutline(document),
  };
}

function metaText({ lib, pointer }: PdfiumDocument, key: string): string {
  return lib.withString(key, (name) =>
    lib.readString((buffer, bytes) => lib.api.FPDF_GetMetaText(pointer, name, buffer, bytes)).trim(),
  );
}

function readOutline({ lib, pointer }: PdfiumDocument): OutlineItem[] {
  const { api } = lib;
  const items: OutlineItem[] = [];
  const seen = new Set<number>();
  const visit = (first: number, depth: number): void => {
    for (let bookmark = first; bookmark; bookmark = api.FPDFBookmark_GetNextSibling(pointer, bookmark)) {
      if (seen.has(bookmark) || items.length >= MAX_OUTLINE) return;
      seen.add(bookmark);
      const title = lib.readString((buffer, bytes) => api.FPDFBookmark_GetTitle(bookmark, buffer, bytes));
      const page = bookmarkPage(bookmark);
      items.push({ title: title.trim(), depth, ...(page === undefined ? {} : { page }) });
      if (depth < MAX_OUTLINE_DEPTH) visit(api.FPDFBookmark_GetFirstChild(pointer, bookmark), depth + 1);
    }
  };
  const bookmarkPage = (bookmark: number): number | undefined => {
    let destination = api.FPDFBookmark_GetDest(pointer, bookmark);
    if (!destination) {
      const action = api.FPDFBookmark_GetAction(bookmark);
      if (action) destination = api.FPDFAction_GetDest(pointer, action);
    }
    const index = destination ? api.FPDFDest_GetDestPageIndex(pointer, destination) : -1;
    return index >= 0 ? index + 1 : undefined;
  };
  visit(api.FPDFBookmark_GetFirstChild(pointer, 0), 0);
  return items;
}
