const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** F1 of the words, whatever their order: 1 when the same words are there equally often. */
export function wordF1(truth: string, got: string): number {
  const [wanted, found] = [wordsOf(truth), wordsOf(got)];
  const counts = new Map<string, number>();
  for (const word of wanted) counts.set(word, (counts.get(word) ?? 0) + 1);
  let hits = 0;
  for (const word of found) {
    const left = counts.get(word) ?? 0;
    if (left > 0) hits++;
    counts.set(word, left - 1);
  }
  return wanted.length + found.length > 0 ? (2 * hits) / (wanted.length + found.length) : 1;
}
