import type { Line } from '../../../document/block.js';
import { type Box, overlapX, unionBoxes } from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';
import type { PageFacts } from '../facts.js';
import { lineSize, splitAtGaps } from '../lines.js';

/** Phrases of one row that lie further apart than this belong to different blocks: ems, and usual word gaps. */
const PHRASE_GAP = { ems: 1.1, wordGaps: 2.5 };
/** Lines of one block are at most this many ems apart. */
const MAX_PITCH = 1.75;
/** Sizes of neighbouring lines of one block differ by no more than this factor. */
const MAX_SIZE_STEP = 1.45;
/** Lines of one block share an edge or their middle within this many ems. */
const ALIGNED = 0.5;

/** Phrases set closely below each other on a common edge or axis: an address, a cell, a piece of a paragraph. */
export interface TextBlock {
  readonly lines: readonly Line[];
  readonly box: Box;
}

interface OpenBlock {
  lines: Line[];
}

/** All text of a region, by its rows, as blocks from top to bottom by their first line. */
export function textBlocks(rows: readonly Line[], facts: PageFacts): TextBlock[] {
  const gap = Math.max(facts.bodySize * PHRASE_GAP.ems, facts.wordGap * PHRASE_GAP.wordGaps);
  const phrases = rows
    .flatMap((row) => splitAtGaps(row, Math.max(gap, lineSize(row) * PHRASE_GAP.ems)))
    .sort((a, b) => a.baseline - b.baseline || a.box.x0 - b.box.x0);
  const blocks: OpenBlock[] = [];
  let open: OpenBlock[] = [];
  for (const phrase of phrases) {
    open = open.filter((b) => phrase.baseline - last(b).baseline < lineSize(last(b)) * MAX_PITCH * 2);
    const above = open.filter((b) => overlapX(last(b).box, phrase.box) > 0 && isBelow(last(b), phrase));
    const [block] = above;
    if (above.length === 1 && goesOn(last(block), phrase)) block.lines.push(phrase);
    else {
      const fresh = { lines: [phrase] };
      blocks.push(fresh);
      open.push(fresh);
    }
  }
  return blocks.map(({ lines }) => ({ lines, box: unionBoxes(lines.map((l) => l.box)) }));
}

const last = ({ lines }: OpenBlock): Line => lines[lines.length - 1];

function isBelow(line: Line, phrase: Line): boolean {
  const distance = phrase.baseline - line.baseline;
  return distance > 0 && distance < Math.max(lineSize(line), lineSize(phrase)) * MAX_PITCH;
}

/** The phrase is set under the line: same edge or axis, like size. */
function goesOn(line: Line, phrase: Line): boolean {
  const [a, b] = [lineSize(line), lineSize(phrase)];
  if (Math.max(a, b) > Math.min(a, b) * MAX_SIZE_STEP) return false;
  const slack = Math.max(a, b) * ALIGNED;
  const off = [
    line.box.x0 - phrase.box.x0,
    line.box.x1 - phrase.box.x1,
    (line.box.x0 + line.box.x1 - phrase.box.x0 - phrase.box.x1) / 2,
  ];
  return off.some((d) => Math.abs(d) < slack);
}

/** The words of a block, line by line. */
export const wordsOfBlock = (block: TextBlock): Word[] => block.lines.flatMap((l) => [...l.words]);
/** The extent of all the blocks. */
export const boxOfBlocks = (blocks: readonly TextBlock[]): Box => unionBoxes(blocks.map((b) => b.box));
