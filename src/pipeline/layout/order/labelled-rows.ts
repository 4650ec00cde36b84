import type { Line } from '../../../document/block.js';
import { boxWidth, median, unionBoxes } from '../../../document/geometry.js';
import type { PageFacts } from '../facts.js';
import { lineSize, lineText } from '../lines.js';
import { lookOfLine } from '../look.js';

/** Lines of one label are at most this many ems apart. */
const LABEL_PITCH = 1.6;
/** A label begins on the line of its text: baselines differ by at most this share of the em. */
const LEVEL = 0.35;
/** A text begins where the distance to the line above is more than this many usual ones … */
const SET_OFF = 1.12;
/** … or where the line above ended this many ems before the first word would not have fitted. */
const SPARE = 0.5;
/** Labels take up at most this share of the width of their texts. */
const MAX_WIDTH = 0.75;
/** A column of labels has at most this share of the lines of the texts. */
const MAX_LINES = 0.75;
/** Two labels are enough when they are this short on average, in characters; else three. */
const SHORT = 24;

/** A label with the text beside it, or a line of the labels' column that stands alone, such as a heading. */
export interface LabelledBand {
  readonly label: readonly Line[];
  readonly text: readonly Line[];
}

/**
 * Labels on the left, each beside the first line of its own text: a CV's years, side headings, names of
 * speakers. Each label is read before its text. Columns of text are none, since in them few lines begin side
 * by side. Undefined where a label stands in the midst of the text.
 */
export function labelledRows(
  left: readonly Line[],
  right: readonly Line[],
  facts: PageFacts,
): LabelledBand[] | undefined {
  if (left.length === 0 || right.length === 0) return undefined;
  const [l, r] = [left, right].map((side) => unionBoxes(side.map((line) => line.box)));
  if (boxWidth(l) > boxWidth(r) * MAX_WIDTH) return undefined;
  const starts = textStarts(right);
  const bands: { label: Line[]; text: Line[] }[] = [];
  let beside = 0;
  let labelLines = 0;
  let letters = 0;
  const levelWith = (line: Line): Line | undefined =>
    right.find((r) => Math.abs(r.baseline - line.baseline) < lineSize(line) * LEVEL);
  const startsText = (line: Line): boolean => {
    const level = levelWith(line);
    return level !== undefined && starts.has(level);
  };
  for (const label of labelBlocks(left, startsText)) {
    const [first] = label;
    const level = levelWith(first);
    const box = unionBoxes(label.map((x) => x.box));
    if (level ? !starts.has(level) : right.some((x) => x.box.y0 < box.y1 && x.box.y1 > box.y0))
      return undefined;
    if (level) {
      beside++;
      labelLines += label.length;
      letters += label.reduce((n, x) => n + lineText(x).length, 0);
    }
    bands.push({ label, text: [] });
  }
  if (beside < 2 || (beside < 3 && letters > beside * SHORT)) return undefined;
  if (labelLines > right.length * MAX_LINES) return undefined;
  const above: Line[] = [];
  for (const line of right) {
    const band = bands.findLast(
      ({ label: [first] }) => first.baseline < line.baseline + facts.bodySize * LEVEL,
    );
    (band?.text ?? above).push(line);
  }
  return above.length ? [{ label: [], text: above }, ...bands] : bands;
}

/** The lines with which a paragraph begins, as far as spacing, look and the line before show it. */
function textStarts(lines: readonly Line[]): Set<Line> {
  const steps = lines.slice(1).map((line, i) => line.baseline - lines[i].baseline);
  const usual = median(
    steps
      .filter((s) => s > 0)
      .sort((a, b) => a - b)
      .slice(0, Math.ceil(steps.length * 0.7)),
  );
  const right = Math.max(...lines.map((line) => line.box.x1));
  return new Set(
    lines.filter((line, i) => {
      const before = lines[i - 1];
      if (!before || steps[i - 1] > usual * SET_OFF) return true;
      if (lookOfLine(before).bold !== lookOfLine(line).bold) return true;
      const [{ box }] = line.words;
      return right - before.box.x1 > boxWidth(box) + lineSize(line) * SPARE;
    }),
  );
}

/** Lines that belong together; one that a text begins beside is a label of its own. */
function labelBlocks(lines: readonly Line[], startsText: (line: Line) => boolean): Line[][] {
  const blocks: Line[][] = [];
  for (const line of lines) {
    const block = blocks[blocks.length - 1];
    const before = block?.[block.length - 1];
    if (before && line.baseline - before.baseline < lineSize(before) * LABEL_PITCH && !startsText(line))
      block.push(line);
    else blocks.push([line]);
  }
  return blocks;
}
