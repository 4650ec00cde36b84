import type { PDFPageProxy } from 'pdfjs-dist/types/src/display/api.js';
import type { TagElement } from '../../../document/page.js';
import type { MarkedContent } from './marked-content.js';

/** pdf.js's structure tree: elements with a role, leaves with the id of marked content. */
interface StructNode {
  readonly role?: string;
  readonly alt?: string;
  readonly type?: string;
  readonly id?: string;
  readonly children?: readonly StructNode[];
}

const MAX_ELEMENTS = 20_000;
const MAX_DEPTH = 64;

export async function readTags(page: PDFPageProxy): Promise<MarkedContent & { readonly tags: TagElement[] }> {
  const tags: TagElement[] = [];
  const byContent = new Map<number, number>();
  const visit = (node: StructNode, parent: number, depth: number): void => {
    if (depth > MAX_DEPTH || tags.length >= MAX_ELEMENTS) return;
    if (node.type === 'content') {
      const id = /_mc(\d+)$/.exec(node.id ?? '');
      if (id && parent >= 0) byContent.set(Number(id[1]), parent);
      return;
    }
    if (!node.role) return;
    const { role: type, alt } = node;
    const index = type === 'Root' ? -1 : tags.push({ type, parent, ...(alt ? { alt } : {}) }) - 1;
    for (const child of node.children ?? []) visit(child, index, depth + 1);
  };
  const tree = (await page.getStructTree().catch(() => null)) as StructNode | null;
  if (tree) visit(tree, -1, 0);
  let artifact: number | undefined;
  return {
    tags,
    tagOf: (id) => byContent.get(id),
    artifact: () => {
      if (tags.length === 0) return undefined;
      artifact ??= tags.push({ type: 'Artifact', parent: -1 }) - 1;
      return artifact;
    },
  };
}
