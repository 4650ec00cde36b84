import type { PDFDocumentProxy } from 'pdfjs-dist/types/src/display/api.js';
import type { OutlineItem } from '../../../document/page.js';
import type { PdfInfo } from '../port.js';
import { destinationPage } from './links.js';

const MAX_OUTLINE = 5000;

interface OutlineNode {
  readonly title: string;
  readonly dest: unknown;
  readonly items: readonly OutlineNode[];
}

export async function readInfo(document: PDFDocumentProxy): Promise<PdfInfo> {
  const metadata = await document.getMetadata().catch(() => undefined);
  const { Title, Author } = (metadata?.info ?? {}) as { Title?: string; Author?: string };
  const mark = (await document.getMarkInfo().catch(() => null)) as { Marked?: boolean } | null;
  const outline: OutlineItem[] = [];
  const visit = async (nodes: readonly OutlineNode[], depth: number): Promise<void> => {
    for (const { title, dest, items } of nodes) {
      if (outline.length >= MAX_OUTLINE) return;
      const page = await destinationPage(document, dest);
      outline.push({ title: title.trim(), depth, ...(page === undefined ? {} : { page }) });
      await visit(items, depth + 1);
    }
  };
  const nodes = (await document.getOutline().catch(() => null)) as readonly OutlineNode[] | null;
  await visit(nodes ?? [], 0);
  return {
    pageCount: document.numPages,
    ...(Title?.trim() ? { title: Title.trim() } : {}),
    ...(Author?.trim() ? { author: Author.trim() } : {}),
    tagged: mark?.Marked === true,
    outline,
  };
}
