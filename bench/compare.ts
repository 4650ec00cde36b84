import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Corpus, SETS, type SetName } from './corpus.js';
import { print, printScores } from './report.js';
import { score } from './scorer.js';

/** Documents listed a set, on each side. */
const SHOWN = 12;
/** Differences below this are noise of the last digit. */
const NOTABLE = 0.005;

/** `name  key 0.123  key 0.456` → the value that the scorer sorts by: the last one named here that is there. */
function mainValue(line: string): { name: string; value: number } | undefined {
  const name = line.slice(0, 46).trim();
  for (const key of ['overall', 'teds', 'all', 'words']) {
    const match = new RegExp(`\\b${key} (\\d\\.\\d+)`).exec(line.slice(46));
    if (match) return { name, value: Number(match[1]) };
  }
  return undefined;
}

/** Prints both lines of each set and the documents that moved most. Returns the exit code. */
export function compare(corpus: Corpus, before: string, after: string, wanted?: readonly string[]): number {
  const sets = SETS.filter((set) => (wanted ?? SETS).includes(set) && set !== 'hostile');
  for (const set of sets as SetName[]) {
    if (!existsSync(join(before, set)) || !existsSync(join(after, set))) continue;
    const [old, now] = [before, after].map((folder) =>
      score(corpus, corpus.folder, set, join(folder, set), true),
    );
    print(`\n${set}`);
    printScores([
      { ...old.score, who: 'before' },
      { ...now.score, who: 'after' },
    ]);
    const earlier = new Map(
      old.lines.map(mainValue).flatMap((entry) => (entry ? [[entry.name, entry.value]] : [])),
    );
    const moved = now.lines
      .map(mainValue)
      .flatMap((entry) => (entry ? [{ ...entry, gain: entry.value - (earlier.get(entry.name) ?? 0) }] : []))
      .filter((entry) => Math.abs(entry.gain) >= NOTABLE)
      .sort((a, b) => a.gain - b.gain);
    const shown = moved.length > 2 * SHOWN ? [...moved.slice(0, SHOWN), ...moved.slice(-SHOWN)] : moved;
    for (const { name, value, gain } of shown)
      print(`    ${gain > 0 ? '+' : '−'}${Math.abs(gain).toFixed(3)}  ${value.toFixed(3)}  ${name}`);
  }
  return 0;
}
