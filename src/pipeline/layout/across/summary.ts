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

/** The little that document-level decisions need of a page. JSON-able, a few kilobytes. */
export interface Summary extends PageVocabulary {
  readonly number: number;
  readonly ocr: boolean;
  /** Characters by em size rounded to a quarter point. */
  readonly sizes: readonly (readonly [size: number, chars: number])[];
  readonly edges: readonly EdgeBlock[];
  readonly headings: readonly HeadingSummary[];
  /** How the page's running text begins and ends; absent where it does not. */
  readonly head?: Head;
  readonly tail?: Tail;
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
    for (const line of draft.lines) {
      for (const w of line.words) {
        const key = Math.round(w.size * 4) / 4;
        sizes.set(key, (sizes.get(key) ?? 0) + w.text.length);
      }
    }
    const edge = edgeBlock(draft, index, page);
    if (edge) edges.push(edge);
    const role = roles[index];
    if (role.kind === 'heading') headings.push(role.heading);
  });
  const running = page.drafts.filter(
    (d, i): d is DraftText =>
      d.kind === 'text' && roles[i].kind !== 'furniture' && roles[i].kind !== 'footnote',
  );
  // A paragraph goes on only where text is the first and the last thing on its page.
  const first = firstText(page, roles, 1);
  const last = firstText(page, roles, -1);
  const firstTable = tableEdge(page, roles, 1);
  const lastTable = tableEdge(page, roles, -1);
  return {
    number: page.number,
    ocr: page.facts.ocr,
    sizes: [...sizes],
    edges,
    headings,
    ...(first && running.length && { head: headOf(first) }),
    ...(last && running.length && { tail: tailOf(last) }),
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

/** The running text that a page begins (1) or ends (-1) with, past furniture, notes, figures and tables. */
export function firstText(page: DraftPage, roles: Roles, step: 1 | -1): DraftText | undefined {
  const order = page.drafts.map((_, i) => i);
  if (step < 0) order.reverse();
  for (const i of order) {
    const draft = page.drafts[i];
    const { kind } = roles[i];
    if (draft.kind === 'text' && (draft.margin || draft.sidebar)) continue;
    if (kind === 'text' && draft.kind === 'text' && draft.angle === undefined) return draft;
    if (kind === 'heading' || kind === 'code' || kind === 'quote' || kind === 'formula') return undefined;
  }
  return undefined;
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
