import type { Line } from '../../../document/block.js';
import { median } from '../../../document/geometry.js';
import type { DraftText } from '../draft.js';
import { lookOf } from '../look.js';

/** All of the block is set in a fixed-pitch font. */
export const isCode = (draft: DraftText): boolean =>
  draft.lines.every((line) => line.words.every((w) => w.style.mono)) && lookOf(draft.lines).mono;

/** A baseline distance above this multiple of the usual one is a blank line. */
const BLANK_LINE = 1.6;

/** The lines as typed: indents and gaps become spaces by the font's pitch, wide gaps between lines blank lines. */
export function codeText(lines: readonly Line[]): string {
  const pitch = median(lines.flatMap((l) => l.words.map((w) => (w.box.x1 - w.box.x0) / [...w.text].length)));
  const left = Math.min(...lines.map((l) => l.box.x0));
  const distances = lines.slice(1).map((l, i) => l.baseline - lines[i].baseline);
  const usual = Math.min(...distances.filter((d) => d > 0));
  let out = '';
  lines.forEach((line, i) => {
    if (i > 0) out += distances[i - 1] > usual * BLANK_LINE ? '\n\n' : '\n';
    let text = '';
    for (const w of line.words) {
      const column = Math.round((w.box.x0 - left) / pitch);
      text += ' '.repeat(Math.max(text && !w.glued ? 1 : 0, column - [...text].length)) + w.text;
    }
    out += text;
  });
  return out;
}
