import { lineText } from '../lines.js';
import { lookOfLine } from '../look.js';
import type { TextBlock } from './text-blocks.js';

/** On recognised pages lines at the same place in their blocks are this much more alike than those of one block. */
const MORE_ALIKE = 0.12;

/** Lines are more like those at the same place in the next block than like their neighbours in their own. */
export function isAlikeInRows(grid: readonly (readonly TextBlock[])[]): boolean {
  const along: number[] = [];
  const down: number[] = [];
  for (const row of grid) {
    row.forEach(({ lines }, i) => {
      for (let k = 1; k < lines.length; k++) down.push(likeness(traits(lines[k - 1]), traits(lines[k])));
      const next = row[i + 1]?.lines ?? [];
      for (let k = 0; k < Math.min(lines.length, next.length); k++)
        along.push(likeness(traits(lines[k]), traits(next[k])));
    });
  }
  const mean = (values: readonly number[]): number =>
    values.reduce((n, v) => n + v, 0) / Math.max(1, values.length);
  return along.length > 0 && mean(along) - mean(down) > MORE_ALIKE;
}

/** What kind of line it is, as far as its characters show. */
function traits(line: TextBlock['lines'][number]): boolean[] {
  const text = lineText(line);
  return [
    /^\W*\d/u.test(text),
    /\d\W*$/u.test(text),
    /@|www\.|https?:/i.test(text),
    /^\W*\p{Ll}/u.test(text),
    /:/.test(text),
    lookOfLine(line).bold,
  ];
}

const likeness = (a: readonly boolean[], b: readonly boolean[]): number =>
  a.filter((t, i) => t === b[i]).length / a.length;
