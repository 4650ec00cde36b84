import { meanConfidence, type OcrWord } from '../../engines/ocr/port.js';

/** On a page that is read this well, what cannot be read at all is no text: picture edges, stains, the next page's edge. */
const GOOD_PAGE = 85;
const DEBRIS = { maxConfidence: 60, maxMean: 50, maxLength: 3 };

/**
 * Leaves out lines of a well-read page that hold nothing but a few short, unreadable fragments. Lines with
 * a figure stay: page numbers and amounts are short as well.
 */
export function withoutDebris<W extends OcrWord>(words: readonly W[]): W[] {
  if (meanConfidence(words) < GOOD_PAGE) return [...words];
  const lines = groupByLine(words);
  return words.filter((word) => !isDebris(lines.get(word.line) ?? []));
}

const isDebris = (line: readonly OcrWord[]): boolean =>
  meanConfidence(line) < DEBRIS.maxMean &&
  line.every(
    ({ text, confidence }) =>
      confidence < DEBRIS.maxConfidence && text.length <= DEBRIS.maxLength && !/\p{N}/u.test(text),
  );

function groupByLine<W extends OcrWord>(words: readonly W[]): Map<number, W[]> {
  const lines = new Map<number, W[]>();
  for (const word of words) {
    const line = lines.get(word.line);
    if (line) line.push(word);
    else lines.set(word.line, [word]);
  }
  return lines;
}
