import type { List, ListItem } from '../../../document/block.js';
import { unionBoxes } from '../../../document/geometry.js';
import type { DraftText } from '../draft.js';
import { type HyphenPolicy, makeInlines } from '../inlines.js';
import { lineSize, makeLine } from '../lines.js';
import { isCheckBox, type Marker, markerValues, readMarker } from './markers.js';

/** Bullets that are also ordinary characters start a list only in company or indented. */
const WEAK_BULLET = /^[*+–—‐o§·→\ufffd-]$/u;
/** Items of one level start within this many ems of each other. */
const SAME_LEVEL = 0.8;

/** Baselines of two lists are at least this many ems apart. */
const NEW_LIST = 1.9;

/** A level of a list: where its markers stand, how they look, and what its latest counter may be. */
interface Level {
  readonly x: number;
  readonly form: string;
  readonly values: readonly number[];
}

interface Item {
  readonly draft: DraftText;
  readonly marker: Marker;
}

/** The draft as a list item, if its first word is a marker with text after it. Several boxes to choose from are no item. */
export function readItem(draft: DraftText): Item | undefined {
  const first = draft.lines[0].words;
  const marker = readMarker(first[0].text);
  if (marker?.kind === 'check' && draft.lines.flatMap(({ words }) => words).filter(isCheckBox).length > 1) {
    return undefined;
  }
  return marker && (first.length > 1 || draft.lines.length > 1) ? { draft, marker } : undefined;
}

/**
 * The length of the list that starts at `drafts[0]`, 0 where none does. Counters must count: an ordered
 * list is made only of consecutive values, because Markdown numbers its items itself.
 */
export function listLength(drafts: readonly DraftText[]): number {
  const items: Item[] = [];
  /** Latest counter by indent, innermost last. */
  const levels: Level[] = [];
  for (const draft of drafts) {
    const item = readItem(draft);
    const before = items.at(-1);
    if (!item || (before && setApart(before, item)) || !follows(levels, item)) break;
    items.push(item);
  }
  if (items.length === 0) return 0;
  const { marker, draft } = items[0];
  if (items.length > 1) return items.length;
  if (marker.kind === 'bullet') return WEAK_BULLET.test(marker.text) && !indented(draft) ? 0 : 1;
  return marker.kind === 'check' || (indented(draft) && marker.kind === 'decimal') ? 1 : 0;
}

/** Another kind of marker after a gap starts another list, not a deeper level. */
function setApart(before: Item, item: Item): boolean {
  if (before.marker.kind === item.marker.kind) return false;
  const last = before.draft.lines[before.draft.lines.length - 1];
  return item.draft.lines[0].baseline - last.baseline > lineSize(last) * NEW_LIST;
}

const indented = (draft: DraftText): boolean =>
  draft.box.x0 > draft.columnX0 + lineSize(draft.lines[0]) * 0.8;

function follows(levels: Level[], { draft, marker }: Item): boolean {
  const x = draft.lines[0].box.x0;
  const em = lineSize(draft.lines[0]);
  const { form } = marker;
  const values = markerValues(marker);
  const depth = levels.findIndex((l) => Math.abs(l.x - x) <= em * SAME_LEVEL && l.form === form);
  if (depth < 0) {
    const deeper = levels.length === 0 || x > levels[levels.length - 1].x + em * SAME_LEVEL;
    const first = levels.length > 0 ? values.filter((v) => v <= 1) : values;
    if (!deeper || first.length === 0) return false;
    levels.push({ x, form, values: first });
    return true;
  }
  const next = marker.value > 0 ? values.filter((v) => levels[depth].values.includes(v - 1)) : values;
  if (next.length === 0) return false;
  levels.length = depth;
  levels.push({ x, form, values: next });
  return true;
}

/** Builds the list block from the drafts that `listLength` counted; deeper indents become children. On a `typed` page fixed pitch says nothing. */
export function makeList(drafts: readonly DraftText[], hyphens: HyphenPolicy, typed = false): List {
  interface Node {
    item: Omit<ListItem, 'children'>;
    children: Node[];
    x: number;
  }
  const roots: Node[] = [];
  const stack: Node[] = [];
  for (const draft of drafts) {
    const { marker } = readItem(draft)!;
    const x = draft.lines[0].box.x0;
    const node: Node = { item: itemOf(draft, marker, hyphens, typed), children: [], x };
    while (stack.length && x <= stack[stack.length - 1].x + lineSize(draft.lines[0]) * SAME_LEVEL)
      stack.pop();
    (stack.length ? stack[stack.length - 1].children : roots).push(node);
    stack.push(node);
  }
  const finish = (n: Node): ListItem => ({ ...n.item, children: n.children.map(finish) });
  const first = readItem(drafts[0])!.marker;
  return {
    type: 'list',
    ordered: first.kind !== 'bullet' && first.kind !== 'check',
    items: roots.map(finish),
    box: unionBoxes(drafts.map((d) => d.box)),
    lines: drafts.flatMap((d) => d.lines),
  };
}

function itemOf(
  draft: DraftText,
  marker: Marker,
  hyphens: HyphenPolicy,
  typed: boolean,
): Omit<ListItem, 'children'> {
  const [first, ...rest] = draft.lines;
  const tail = first.words.slice(1);
  const lines = tail.length ? [{ ...makeLine(tail), words: tail }, ...rest] : rest;
  return {
    box: draft.box,
    marker: marker.text,
    inlines: makeInlines(lines, { hyphens, plain: { code: typed } }),
    ...(marker.checked !== undefined && { checked: marker.checked }),
  };
}
