import { type Box, boxHeight, centerX, overlapArea } from '../../../document/geometry.js';
import type { PageContent } from '../../../document/page.js';
import type { Word } from '../../../document/word.js';
import type { PageFacts } from '../facts.js';
import type { TableFinding } from '../found-table.js';
import { makeSlices } from './atoms.js';
import { findGutter } from './gutters.js';

export type FindTables = (content: PageContent, facts: PageFacts) => readonly TableFinding[];

/** Tables up to this confidence rest on alignment alone, and columns of text align too. */
const ALIGNED_ONLY = 65;
/** The gutter goes on beside a false table for at least this many lines. */
const MORE_LINES = 4;

/**
 * The tables of a page. One that no rule vouches for and that lies across the gutter between two columns
 * of text was made of lines of both columns: it is given up, and each column is searched by itself.
 */
export function tablesInColumns(
  content: PageContent,
  facts: PageFacts,
  findTables: FindTables,
): readonly TableFinding[] {
  const found = findTables(content, facts);
  if (!found.some((f) => f.table.confidence <= ALIGNED_ONLY)) return found;
  const slices = makeSlices(content.words.map((word, index) => ({ box: word.box, index, word })));
  const gutter = findGutter(slices, facts);
  if (!gutter) return found;
  const inside = slices.slice(gutter.first, gutter.last + 1);
  const top = Math.min(...inside.map((s) => s.top));
  const bottom = Math.max(...inside.map((s) => s.bottom));
  const crosses = ({ table: { box, confidence } }: TableFinding): boolean =>
    confidence <= ALIGNED_ONLY &&
    box.x0 < gutter.x0 &&
    box.x1 > gutter.x1 &&
    box.y0 > top - facts.pitch &&
    box.y1 < bottom + facts.pitch &&
    bottom - top > boxHeight(box) + facts.pitch * MORE_LINES;
  const kept = found.filter((f) => !crosses(f));
  if (kept.length === found.length) return found;
  const taken = new Set<Word>(kept.flatMap((f) => f.words));
  const words = inside.flatMap((s) => s.atoms.flatMap((a) => (a.word && !taken.has(a.word) ? [a.word] : [])));
  const middle = (gutter.x0 + gutter.x1) / 2;
  for (const side of [(b: Box) => centerX(b) < middle, (b: Box) => centerX(b) >= middle]) {
    const column: PageContent = {
      ...content,
      words: words.filter((w) => side(w.box)),
      rules: content.rules.filter((r) => side(r.box)),
      shapes: content.shapes.filter((s) => side(s.box)),
    };
    for (const finding of findTables(column, facts)) {
      if (kept.every((k) => overlapArea(k.table.box, finding.table.box) === 0)) kept.push(finding);
    }
  }
  return kept;
}
