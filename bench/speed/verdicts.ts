import { print } from '../report.js';
import type { Role } from './contenders.js';

/** What came of one program on one document, over all rounds. */
export interface Result {
  readonly name: string;
  readonly role: Role;
  readonly pages: number;
  /** Means; seconds. */
  readonly wall: number;
  readonly cpu: number;
  /** Highest, megabytes of all processes. */
  readonly peak: number;
  readonly growth?: number;
  /** F1 of the words against what was set. */
  readonly words: number;
  /** Not measured: stretched from a shorter document. */
  readonly stretched: boolean;
  /** Seconds of the recognition alone of a single page, engine warm. */
  readonly recognition?: number;
}

/** At most `ratio` of the other's time on the clock, for documents of `pages` pages. */
const RATIOS: readonly {
  of: Role;
  to: Role;
  ratio: number;
  pages: number;
  /** Only at equal or better words. */
  atEqualWords?: boolean;
}[] = [
  { of: 'legible', to: 'tesseract', ratio: 0.5, pages: 10 },
  { of: 'legible', to: 'ocrmypdf', ratio: 0.5, pages: 10 },
  { of: 'legible-native', to: 'tesseract', ratio: 0.25, pages: 10 },
  { of: 'legible-native', to: 'liteparse', ratio: 1, pages: 10, atEqualWords: true },
];
/** Shares of words that differ by less are equal. */
const EQUAL_WORDS = 0.0005;
/** From the start of the program to the text of a single page, by the recognition alone. */
const MAX_START_UP = 1.5;
const MAX_MEGABYTES = 1_200;
/** The last quarter of a run has this much more memory than its second at most. */
const MAX_GROWTH = 1.15;
const MANY_PAGES = 100;

export function printResults(results: readonly Result[]): void {
  print('\npages  program                      wall s  s/page  CPU s/page  peak MB   words');
  for (const { pages, name, wall, cpu, peak, words, stretched } of results) {
    const cells = [
      String(pages).padStart(5),
      name.padEnd(26),
      wall.toFixed(1).padStart(8),
      (wall / pages).toFixed(2).padStart(6),
      (cpu / pages).toFixed(2).padStart(10),
      peak.toFixed(0).padStart(8),
      words.toFixed(4).padStart(7),
    ];
    print(cells.join('  ') + (stretched ? '  (not run: stretched from fewer pages)' : ''));
  }
}

/** Our time by each peer's, for every size: what a bound is judged on is one of them. */
export function printRatios(results: readonly Result[]): void {
  const ours = results.filter(({ role }) => role.startsWith('legible'));
  const peers = results.filter(({ role }) => !role.startsWith('legible'));
  print('\nshare of the time of …');
  for (const own of ours)
    for (const peer of peers)
      if (peer.pages === own.pages)
        print(
          `  ${String(own.pages).padStart(3)} pages  ${own.name.padEnd(26)}${peer.name.padEnd(26)}` +
            `${(own.wall / peer.wall).toFixed(2)} of the clock, ${(own.cpu / peer.cpu).toFixed(2)} of the CPU` +
            (peer.stretched ? ' (stretched)' : ''),
        );
}

/** Prints the bounds; false when one does not hold. */
export function printVerdicts(results: readonly Result[]): boolean {
  let allHold = true;
  const verdict = (holds: boolean, text: string) => {
    allHold &&= holds;
    print(`  ${holds ? 'pass' : 'FAIL'}  ${text}`);
  };
  const find = (role: Role, pages: number) =>
    results.find((result) => result.role === role && result.pages === pages && !result.stretched);
  print();
  for (const { of, to, ratio, pages, atEqualWords } of RATIOS) {
    const [ours, theirs] = [find(of, pages), find(to, pages)];
    if (!ours || !theirs) {
      print(`  skip  ${of} to ${to}, ${pages} pages: not measured`);
      continue;
    }
    const share = ours.wall / theirs.wall;
    const rightWords = !atEqualWords || ours.words >= theirs.words - EQUAL_WORDS;
    const words = atEqualWords ? `, words ${ours.words.toFixed(4)} to ${theirs.words.toFixed(4)}` : '';
    verdict(
      share <= ratio && rightWords,
      `${of} to ${to}, ${pages} pages: ${share.toFixed(2)} ≤ ${ratio}${words}`,
    );
  }
  for (const { name, role, pages, wall, recognition, peak, growth } of results) {
    if (!role.startsWith('legible')) continue;
    if (recognition !== undefined)
      verdict(
        wall / recognition <= MAX_START_UP,
        `${name}, start-up to the text of a single page by its recognition alone (${recognition.toFixed(2)} s): ` +
          `${(wall / recognition).toFixed(2)} ≤ ${MAX_START_UP}`,
      );
    if (pages < MANY_PAGES) continue;
    verdict(peak < MAX_MEGABYTES, `${name}, ${pages} pages: ${peak.toFixed(0)} MB < ${MAX_MEGABYTES}`);
    if (growth !== undefined)
      verdict(
        growth <= MAX_GROWTH,
        `${name}, ${pages} pages: memory of the last quarter by the second ${growth.toFixed(2)} ≤ ${MAX_GROWTH}`,
      );
  }
  return allHold;
}
