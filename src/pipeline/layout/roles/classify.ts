import { overlapArea } from '../../../document/geometry.js';
import type { HeadingSummary } from '../across/heading-levels.js';
import type { Titles } from '../across/outline.js';
import type { DraftPage, DraftText } from '../draft.js';
import { lineSize, lineText } from '../lines.js';
import { lookOf } from '../look.js';
import { isCaption } from './captions.js';
import { isCode } from './code.js';
import { hasRaisedMark, isFootnote, isNextNote } from './footnotes.js';
import { isFormula, isMathPiece } from './formulas.js';
import { type FurnitureRole, furnitureByItself } from './furniture.js';
import { isCentred, placeOf, readHeading } from './headings.js';
import { isPullQuote } from './pull-quotes.js';

/** What the roles of a page's blocks need to know of the whole document. */
export interface DocumentFacts {
  /** Em size of the document's running text; 0 where no page has text. */
  readonly bodySize: number;
  /** The bookmarks by page. */
  readonly titles: Titles;
  /** By page number and index of the draft: blocks that repeat over the pages. */
  readonly furniture: Readonly<Record<string, Readonly<Record<string, FurnitureRole>>>>;
}

/** What a draft is, on its own and with what the document says. */
export type Role =
  | { readonly kind: 'table' | 'figure' | 'caption' | 'footnote' | 'quote' | 'code' | 'formula' }
  | { readonly kind: 'text'; readonly sidebar?: true }
  | { readonly kind: 'furniture'; readonly role: FurnitureRole }
  | { readonly kind: 'heading'; readonly heading: HeadingSummary };

/** A caption's label without its title has at most this many characters. */
const MAX_LABEL = 14;
/** A quotation is indented by at least this many ems on both sides. */
const QUOTE_INDENT = 1.4;
/** A term takes up less than this share of its column, or is bold. */
const MAX_TERM = 0.5;
/** Its explanation begins within this multiple of the usual line distance below it. */
const TERM_REACH = 1.3;
/** A subtitle stands within this many of its title's ems below it … */
const SUBTITLE_REACH = 1.3;
/** … and is set at most at this share of its size. */
const SUBTITLE_SIZE = 0.85;
/** A piece of a formula lies within this multiple of the usual line distance from it. */
const FORMULA_REACH = 1.3;

/** One role a draft, in their order. `document` is absent while the page is looked at alone. */
export function classify(page: DraftPage, document: DocumentFacts | undefined): Role[] {
  const bodySize = document?.bodySize || page.facts.bodySize;
  const repeated = document?.furniture[page.number];
  const roles = page.drafts.map((draft, index): Role => {
    if (draft.kind !== 'text') return { kind: draft.kind };
    const repeatedRole = repeated?.[index];
    // Notes stand as low as a running foot does, and are small print too.
    const noteLike = draft.underRule || hasRaisedMark(draft.lines[0]);
    if (!repeatedRole && noteLike && isFootnote(draft, page, bodySize)) return { kind: 'footnote' };
    const furniture = repeatedRole ?? furnitureByItself(draft, page);
    if (furniture) return { kind: 'furniture', role: furniture };
    if (draft.angle !== undefined) return { kind: 'text' } as const;
    if (isFormula(draft) && isMathPiece(draft)) return { kind: 'formula' };
    if (isPullQuote(page, index, bodySize)) return { kind: 'text', sidebar: true };
    const heading = readHeading(placeOf(page, index), bodySize, document?.titles ?? {});
    if (heading) return { kind: 'heading', heading };
    if (!page.facts.typed && isCode(draft)) return { kind: 'code' };
    if (isCaption(lineText(draft.lines[0]))) return { kind: 'caption' };
    if (isFootnote(draft, page, bodySize)) return { kind: 'footnote' };
    if (isFormula(draft)) return { kind: 'formula' };
    if (draft.sidebar) return { kind: 'text', sidebar: true };
    if (isQuote(draft) && !isDefinition(page, index) && !isTabbed(draft, page)) return { kind: 'quote' };
    return { kind: 'text' };
  });
  growNotes(page, roles, bodySize, repeated ?? {});
  growFormulas(page, roles);
  growCaptions(page, roles);
  settleSubtitles(page, roles);
  return roles;
}

/** Set in on both sides of its column, with lines that end before the column's edge makes them. */
function isQuote(draft: DraftText): boolean {
  const [first, second] = draft.lines;
  if (!second || draft.handBroken || isCentred({ ...draft, box: first.box })) return false;
  const indent = lineSize(first) * QUOTE_INDENT;
  const left = Math.min(...draft.lines.slice(1).map((l) => l.box.x0));
  if (Math.min(left, first.box.x0) - draft.columnX0 < indent || draft.columnX1 - draft.box.x1 < indent)
    return false;
  if (draft.lines.length > 2) return true;
  const next = second.words[0].box;
  return draft.columnX1 - first.box.x1 > next.x1 - next.x0 + lineSize(first) * 0.3;
}

/** Set in right below a short line of its own: what a term is explained by. */
function isDefinition(page: DraftPage, index: number): boolean {
  const [term, draft] = [page.drafts[index - 1], page.drafts[index]];
  if (term?.kind !== 'text' || draft.kind !== 'text' || term.lines.length > 1) return false;
  if (term.column !== draft.column || term.box.x0 > draft.box.x0 - lineSize(draft.lines[0])) return false;
  const below = draft.lines[0].baseline - term.lines[0].baseline;
  const short = term.box.x1 - term.box.x0 < (term.columnX1 - term.columnX0) * MAX_TERM;
  return below < page.facts.pitch * TERM_REACH && (short || lookOf(term.lines).bold);
}

/** Its left edge is a tab stop: text beside a label on the left begins there, too. */
function isTabbed(draft: DraftText, { drafts, facts }: DraftPage): boolean {
  const em = facts.bodySize;
  const edge = Math.min(...draft.lines.map((l) => l.box.x0));
  const stops = ({ words }: DraftText['lines'][number]): boolean =>
    words.some((w, i) => i > 0 && Math.abs(w.box.x0 - edge) < em * 0.3 && edge - words[i - 1].box.x1 > em);
  return drafts.some((d) => d.kind === 'text' && d.column === draft.column && d.lines.some(stops));
}

/** Small print right below a note that begins as the next one is a note, too, not a running foot. */
function growNotes(
  page: DraftPage,
  roles: Role[],
  bodySize: number,
  repeated: Readonly<Record<string, FurnitureRole>>,
): void {
  roles.forEach((role, i) => {
    const [above, draft] = [page.drafts[i - 1], page.drafts[i]];
    if (role.kind !== 'furniture' || role.role !== 'running_foot' || repeated[i]) return;
    if (roles[i - 1]?.kind !== 'footnote' || above.kind !== 'text' || draft.kind !== 'text') return;
    if (isNextNote(above.lines[0], draft.lines[0], bodySize)) roles[i] = { kind: 'footnote' };
  });
}

/** The title below a label that stands alone (`Table 1.`) is the rest of the caption, however large it is set. */
function growCaptions(page: DraftPage, roles: Role[]): void {
  roles.forEach((role, i) => {
    const label = page.drafts[i - 1];
    if (role.kind !== 'heading' || roles[i - 1]?.kind !== 'caption' || label?.kind !== 'text') return;
    const alone = label.lines.length === 1 && lineText(label.lines[0]).length <= MAX_LABEL;
    const next = page.drafts[i].box.y0 - label.box.y1;
    if (alone && next < page.facts.pitch) roles[i] = { kind: 'caption' };
  });
}

/**
 * A line in italics right under the title of a page or document explains it and heads nothing: it stays a
 * paragraph. What the file itself calls a heading, or numbers, is one.
 */
function settleSubtitles(page: DraftPage, roles: Role[]): void {
  roles.forEach((role, i) => {
    const above = roles[i - 1];
    const [title, draft] = [page.drafts[i - 1], page.drafts[i]];
    if (role.kind !== 'heading' || above?.kind !== 'heading') return;
    if (title?.kind !== 'text' || draft.kind !== 'text') return;
    const { heading } = role;
    if (heading.tag > 0 || heading.depth > 0 || !lookOf(draft.lines).italic) return;
    const under = draft.box.y0 - title.box.y1 < lineSize(title.lines[0]) * SUBTITLE_REACH;
    if (under && heading.size < above.heading.size * SUBTITLE_SIZE && !lookOf(title.lines).italic)
      roles[i] = { kind: 'text' };
  });
}

/** Rows that carry no words of their own and touch a formula (numerators, limits, numbers) are part of it. */
function growFormulas(page: DraftPage, roles: Role[]): void {
  const reach = page.facts.pitch * FORMULA_REACH;
  const grow = (from: number, step: 1 | -1): void => {
    const formula = page.drafts[from];
    const next = page.drafts[from + step];
    if (formula?.kind !== 'text' || next?.kind !== 'text') return;
    const { kind } = roles[from + step];
    // A limit is as small as a note.
    if (kind !== 'text' && !(kind === 'footnote' && overlapArea(next.box, formula.box) > 0)) return;
    if (next.column !== formula.column || !isMathPiece(next)) return;
    const gap = step > 0 ? next.box.y0 - formula.box.y1 : formula.box.y0 - next.box.y1;
    if (gap > reach - page.facts.bodySize) return;
    roles[from + step] = { kind: 'formula' };
    grow(from + step, step);
  };
  const found = roles.flatMap((r, i) => (r.kind === 'formula' ? [i] : []));
  for (const i of found) {
    grow(i, -1);
    grow(i, 1);
  }
}
