import type { Line } from '../../../document/block.js';
import { type Box, unionBoxes } from '../../../document/geometry.js';
import type { PageContent } from '../../../document/page.js';
import type { Word } from '../../../document/word.js';
import type { Margin } from '../draft.js';
import { makeRows } from '../lines.js';

/** Text turned by a quarter stands in the margin when it lies within this share of the page's width from an edge. */
const SIDE_BAND = 0.12;

export interface TurnedText {
  readonly lines: readonly Line[];
  readonly angle: 90 | 180 | 270;
  readonly margin?: Margin;
}

/** Lines of text that does not run from left to right, each angle read in its own direction; one entry a line. */
export function turnedLines(words: readonly Word[], page: PageContent): TurnedText[] {
  const out: TurnedText[] = [];
  for (const angle of [90, 180, 270] as const) {
    const mine = words.filter((w) => w.angle === angle);
    if (mine.length === 0) continue;
    const back = new Map<Word, Word>();
    for (const w of mine) back.set(upright(w, angle, page), w);
    for (const row of makeRows([...back.keys()])) {
      const line = row.words.map((w) => back.get(w)!);
      const box = unionBoxes(line.map((w) => w.box));
      const margin = sideOf(box, page);
      out.push({
        lines: [{ box, baseline: line[0].baseline, words: line }],
        angle,
        ...(margin && { margin }),
      });
    }
  }
  return out;
}

/** The word as it would lie if the page were turned so that it reads from left to right. */
function upright(word: Word, angle: 90 | 180 | 270, { width, height }: PageContent): Word {
  const b = word.box;
  const box: Box =
    angle === 90
      ? { x0: b.y0, y0: width - b.x1, x1: b.y1, y1: width - b.x0 }
      : angle === 270
        ? { x0: height - b.y1, y0: b.x0, x1: height - b.y0, y1: b.x1 }
        : { x0: width - b.x1, y0: height - b.y1, x1: width - b.x0, y1: height - b.y0 };
  return { ...word, box, baseline: box.y1 - (box.y1 - box.y0) * 0.2 };
}

function sideOf(box: Box, page: PageContent): Margin | undefined {
  if (box.x1 < page.width * SIDE_BAND) return 'left';
  if (box.x0 > page.width * (1 - SIDE_BAND)) return 'right';
  return undefined;
}
