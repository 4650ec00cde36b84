import type { PDFDocumentProxy } from 'pdfjs-dist/types/src/display/api.js';
import { transformBox, uprightMatrix } from '../matrix.js';
import type { PageLink } from '../visibility.js';
import type { PdfjsPage } from './document.js';

interface LinkAnnotation {
  readonly subtype?: string;
  readonly url?: string;
  readonly unsafeUrl?: string;
  readonly dest?: unknown;
  readonly rect: readonly [number, number, number, number];
}

const MAX_LINKS = 5000;

export async function readLinks({ document, proxy, frame }: PdfjsPage): Promise<PageLink[]> {
  const annotations = (await proxy.getAnnotations().catch(() => [])) as LinkAnnotation[];
  const upright = uprightMatrix(frame);
  const links: PageLink[] = [];
  for (const { subtype, url, unsafeUrl, dest, rect } of annotations) {
    if (subtype !== 'Link' || links.length >= MAX_LINKS) continue;
    const target = url ?? absolute(unsafeUrl) ?? (await pageTarget(document, dest));
    if (target) links.push({ box: transformBox(upright, rect[0], rect[1], rect[2], rect[3]), target });
  }
  return links;
}

const absolute = (url: string | undefined): string | undefined =>
  url && /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : undefined;

async function pageTarget(document: PDFDocumentProxy, destination: unknown): Promise<string | undefined> {
  const page = await destinationPage(document, destination);
  return page === undefined ? undefined : `#page=${page}`;
}

/** 1-based page of a destination, by name or explicit. */
export async function destinationPage(
  document: PDFDocumentProxy,
  destination: unknown,
): Promise<number | undefined> {
  try {
    const explicit =
      typeof destination === 'string'
        ? await document.getDestination(destination)
        : (destination as unknown[]);
    const first = explicit?.[0];
    if (typeof first === 'number') return first + 1;
    return first ? (await document.getPageIndex(first as { num: number; gen: number })) + 1 : undefined;
  } catch {
    return undefined;
  }
}
