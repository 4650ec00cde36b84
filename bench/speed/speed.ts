import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { print, progress } from '../report.js';
import { type Contender, findContenders, ROLES, type Role } from './contenders.js';
import { makeScannedDocument, type ScannedDocument } from './pages.js';
import { type Timing, time } from './time.js';
import { printRatios, printResults, printVerdicts, type Result } from './verdicts.js';
import { wordF1 } from './words.js';

/** Slow programs read no longer documents; their times are stretched from the longest that they read. */
const MOST_PAGES_FOR_SLOW = 20;
const RECOGNITION = fileURLToPath(new URL('recognition.js', import.meta.url));

interface Run {
  readonly timing: Timing;
  readonly words: number;
  readonly recognition?: number;
}

export interface SpeedOptions {
  readonly pages: readonly number[];
  readonly repeat: number;
  readonly only?: readonly string[] | undefined;
  readonly peers?: string | undefined;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function toResult({ name, role }: Contender, pages: number, runs: readonly Run[]): Result {
  const growths = runs.flatMap(({ timing }) => timing.memory.growth ?? []);
  const recognitions = runs.flatMap(({ recognition }) => recognition ?? []);
  return {
    name,
    role,
    pages,
    wall: mean(runs.map(({ timing }) => timing.wall)),
    cpu: mean(runs.map(({ timing }) => timing.cpu)),
    peak: Math.max(...runs.map(({ timing }) => timing.memory.peak)),
    ...(growths.length > 0 && { growth: Math.max(...growths) }),
    ...(recognitions.length > 0 && { recognition: mean(recognitions) }),
    words: Math.min(...runs.map(({ words }) => words)),
    stretched: false,
  };
}

async function runOnce(contender: Contender, document: ScannedDocument, answers: string): Promise<Run> {
  rmSync(answers, { recursive: true, force: true });
  mkdirSync(answers, { recursive: true });
  const timing = await time(contender.command(document, answers), contender.environment);
  const words = wordF1(document.truth, contender.read(answers));
  if (document.pages !== 1 || !contender.role.startsWith('legible')) return { timing, words };
  const engine = contender.environment?.LEGIBLE_ENGINE ?? '';
  const alone = await time(
    [process.execPath, RECOGNITION, engine, document.images[0]],
    contender.environment,
  );
  return { timing, words, recognition: Number(alone.output) };
}

/** The results of slow programs for a size that they did not read, from the longest that they did. */
function stretch(results: readonly Result[], pages: number, skipped: readonly Contender[]): Result[] {
  return skipped.flatMap(({ role }) => {
    const own = results.filter((result) => result.role === role).sort((a, b) => b.pages - a.pages)[0];
    if (!own) return [];
    const factor = pages / own.pages;
    return [{ ...own, pages, wall: own.wall * factor, cpu: own.cpu * factor, stretched: true }];
  });
}

/**
 * Times whole documents, from the start of the program to its end. In each round every contender reads the same
 * document in turn, so that other load on the machine hits all of them. Returns the exit code.
 */
export async function speed(out: string, { pages, repeat, only, peers }: SpeedOptions): Promise<number> {
  const unknown = only?.filter((name) => !ROLES.includes(name as Role)) ?? [];
  if (unknown.length > 0) throw new Error(`--only knows ${ROLES.join(', ')}, not ${unknown.join(', ')}`);
  const { found, missing } = findContenders(out, peers);
  let contenders = found.filter(({ role }) => only === undefined || only.includes(role));
  print(`timed: ${contenders.map((contender) => contender.name).join('; ')}`);
  if (missing.length > 0) print(`not on this machine: ${missing.join('; ')}`);
  const results: Result[] = [];
  let ourFault = false;
  for (const size of [...pages].sort((a, b) => a - b)) {
    progress(`making ${size} pages`);
    const document = await makeScannedDocument(size, join(out, `${size}-pages`));
    const skipped = contenders.filter(({ slow }) => slow && size > MOST_PAGES_FOR_SLOW);
    const timed = contenders.filter((contender) => !skipped.includes(contender));
    const runs = new Map<Contender, Run[]>(timed.map((contender) => [contender, []]));
    for (let round = 0; round < repeat; round++)
      for (const [contender, own] of runs) {
        progress(`${size} pages, round ${round + 1} of ${repeat}: ${contender.name}`);
        try {
          own.push(await runOnce(contender, document, join(out, 'answers', `${contender.role}-${size}`)));
        } catch (error) {
          ourFault ||= contender.role.startsWith('legible');
          progress('');
          print(`left out: ${contender.name}, ${size} pages: ${(error as Error).message.split('\n')[0]}`);
          runs.delete(contender);
          contenders = contenders.filter((other) => other !== contender);
        }
      }
    results.push(...[...runs].map(([contender, own]) => toResult(contender, size, own)));
    results.push(...stretch(results, size, skipped));
  }
  progress('');
  printResults(results);
  printRatios(results);
  return printVerdicts(results) && !ourFault ? 0 : 1;
}
