import type { Line } from '../../document/block.js';
import type { PageContent } from '../../document/page.js';
import type { Word } from '../../document/word.js';
import type { PageFacts } from './facts.js';

/** Running heads and feet stand within this share of the page's height from its edge. */
const EDGE_BAND = 0.14;
/** They are set apart from the text by at least this multiple of the usual baseline distance. */
const APART = 1.55;
/** More lines than this at an edge are text. */
const MAX_EDGE_LINES = 4;

export interface Margins {
  /** Groups of words set apart at the top edge, from top to bottom. */
  readonly top: readonly (readonly Word[])[];
  readonly body: readonly Word[];
  /** Groups set apart at the bottom edge, from top to bottom. */
  readonly bottom: readonly (readonly Word[])[];
}

/** Takes rows that stand apart at the top and bottom edge out of the body, so that they do not take part in its columns. */
export function peelMargins(rows: readonly Line[], page: PageContent, facts: PageFacts): Margins {
  const top = peel(rows, (r) => r.box.y0, page.height * EDGE_BAND, facts, 1);
  const rest = rows.slice(top.reduce((n, g) => n + g.length, 0));
  const bottom = peel([...rest].reverse(), (r) => page.height - r.box.y1, page.height * EDGE_BAND, facts, -1);
  const body = rest.slice(0, rest.length - bottom.reduce((n, g) => n + g.length, 0));
  const words = (group: readonly Line[]): Word[] => group.flatMap((r) => r.words);
  return {
    top: top.map(words),
    body: body.flatMap((r) => r.words),
    bottom: bottom.reverse().map((g) => words([...g].reverse())),
  };
}

/** Groups of rows from the edge inwards, each followed by a gap; stops where the text begins. */
function peel(
  rows: readonly Line[],
  depth: (row: Line) => number,
  band: number,
  facts: PageFacts,
  direction: 1 | -1,
): Line[][] {
  const groups: Line[][] = [];
  let group: Line[] = [];
  let taken = 0;
  for (let i = 0; i < rows.length - 1 && taken < MAX_EDGE_LINES; i++) {
    if (depth(rows[i]) > band) break;
    group.push(rows[i]);
    taken++;
    const gap = (rows[i + 1].baseline - rows[i].baseline) * direction;
    if (gap > facts.pitch * APART) {
      groups.push(group);
      group = [];
    }
  }
  return groups;
}
