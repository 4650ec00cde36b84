import type { DraftPage, DraftText } from '../draft.js';
import { lineSize } from '../lines.js';
import { classify } from '../roles/classify.js';
import { furnitureKey } from '../roles/furniture.js';
import { type CaptionSides, captionSides } from '../roles/table-captions.js';
import { type Head, headOf, type Tail, tailOf } from './continuation.js';
import type { HeadingSummary } from './heading-levels.js';
import { type TableEdge, tableEdge } from './table-edges.js';
import { type PageVocabulary, pageVocabulary } from './vocabulary.js';

/** A block near the top or bottom edge, which may return on other pages. */
export interface EdgeBlock {
  readonly draft: number;
  /** Its text with numbers made equal. */
  readonly key: string;
  /** Its first number, for page numbers that count. */
  readonly value?: number;
  /** Top of its box as a share of the page's height. */
  readonly y: number;
}

/** Text that a page may begin or end with. */
export type PageEnd<T> = T & {
  readonly draft: number;
  /** It stands apart at the page's edge. */
  readonly margin?: true;
};

/** The little that document-level decisions need of a page. JSON-able, a few kilobytes. */
export interface Summary extends PageVocabulary {
  readonly number: number;
  readonly ocr: boolean;
  /** Characters by em size rounded to a quarter point. */
  readonly sizes: readonly (readonly [size: number, chars: number])[];
  readonly edges: readonly EdgeBlock[];
  readonly headings: readonly HeadingSummary[];
  /** How the page's running text may begin and end, from its edge inwards: what is no running head does. */
  readonly heads: readonly PageEnd<Head>[];
  readonly tails: readonly PageEnd<Tail>[];
  /** The page begins and ends with a listing. */
  readonly code: { readonly first: boolean; readonly last: boolean };
  /** The tables that the page begins and ends with. */
  readonly firstTable?: TableEdge;
  readonly lastTable?: TableEdge;
  /** Where captions of tables stand. */
  readonly captions: CaptionSides;
}

/** Running heads and feet stand within this share of the page's height from its edge. */
const EDGE = 0.16;
/** They have at most this many lines and characters. */
const MAX_EDGE_LINES = 3;
const MAX_EDGE_CHARS = 160;

export function summarize(page: DraftPage): Summary {
  const sizes = new Map<number, number>();
  const edges: EdgeBlock[] = [];
  const headings: HeadingSummary[] = [];
  const roles = classify(page, undefined);
  page.drafts.forEach((draft, index) => {
    if (draft.kind !== 'text') return;
    for (const w of draft.lines.flatMap((l) => l.words)) {
      // Listings say nothing about the size of the text.
      if (w.style.mono && !page.facts.typed) continue;
      const key = Math.round(w.size * 4) / 4;
      sizes.set(key, (sizes.get(key) ?? 0) + w.text.length);
    }
    const edge = edgeBlock(draft, index, page);
    if (edge) edges.push(edge);
    const role = roles[index];
    if (role.kind === 'heading') headings.push(role.heading);
  });
  const firstTable = tableEdge(page, roles, 1);
  const lastTable = tableEdge(page, roles, -1);
  return {
    number: page.number,
    ocr: page.facts.ocr,
    sizes: [...sizes],
    edges,
    headings,
    heads: pageEnds(page, roles, 1, headOf),
    tails: pageEnds(page, roles, -1, tailOf),
    code: { first: isCodeAt(page, roles, 1), last: isCodeAt(page, roles, -1) },
    ...(firstTable && { firstTable }),
    ...(lastTable && { lastTable }),
    captions: captionSides(
      page.drafts.map((draft, i) => ({ draft, role: roles[i] })),
      page.facts.pitch,
    ),
    ...pageVocabulary(page),
  };
}

type Roles = ReturnType<typeof classify>;

/**
 * The running text that a page begins (1) or ends (-1) with, past furniture, notes, figures and tables: the
 * blocks that stand apart at its edge, any of which may turn out to be a running head, then the first other.
 * A paragraph goes on only where text is the first and the last thing on its page.
 */
function pageEnds<T extends object>(
  page: DraftPage,
  roles: Roles,
  step: 1 | -1,
  read: (draft: DraftText) => T,
): PageEnd<T>[] {
  const order = page.drafts.map((_, i) => i);
  if (step < 0) order.reverse();
  const ends: PageEnd<T>[] = [];
  for (const i of order) {
    const draft = page.drafts[i];
    const { kind } = roles[i];
    if (draft.kind === 'text' && draft.sidebar) continue;
    const text = kind === 'text' && draft.kind === 'text' && draft.angle === undefined;
    if (draft.kind === 'text' && draft.margin) {
      if (text) ends.push({ ...read(draft), draft: i, margin: true });
      continue;
    }
    if (text) {
      ends.push({ ...read(draft), draft: i });
      break;
    }
    if (kind === 'heading' || kind === 'code' || kind === 'quote' || kind === 'formula') break;
  }
  return ends;
}

/** The first (1) or last (-1) block between running heads and feet is a listing. */
function isCodeAt(page: DraftPage, roles: Roles, step: 1 | -1): boolean {
  const isContent = (draft: DraftPage['drafts'][number], i: number): boolean =>
    roles[i].kind !== 'furniture' && !(draft.kind === 'text' && draft.margin !== undefined);
  const at = step > 0 ? page.drafts.findIndex(isContent) : page.drafts.findLastIndex(isContent);
  return roles[at]?.kind === 'code';
}

function edgeBlock(draft: DraftText, index: number, page: DraftPage): EdgeBlock | undefined {
  const inTop = draft.box.y1 < page.height * EDGE;
  const inBottom = draft.box.y0 > page.height * (1 - EDGE);
  if ((!inTop && !inBottom) || draft.lines.length > MAX_EDGE_LINES || draft.angle !== undefined)
    return undefined;
  const key = furnitureKey(draft);
  if (key.length > MAX_EDGE_CHARS) return undefined;
  const number = /\d{1,5}/.exec(draft.lines.flatMap((l) => l.words.map((w) => w.text)).join(' '));
  return {
    draft: index,
    key,
    y: (draft.lines[0].baseline - lineSize(draft.lines[0])) / page.height,
    ...(number && { value: Number(number[0]) }),
  };
}
