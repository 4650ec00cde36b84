import { join } from 'node:path';
import type { JobService } from '#legible/jobs/api.js';
import type { EngineChoice } from '#legible/pipeline/options.js';
import type { BenchArguments } from './arguments.js';
import { judge, type Verdict } from './bounds.js';
import {
  type Corpus,
  type CorpusFile,
  documentsOf,
  partialCorpus,
  type SetName,
  TRANSCRIBED,
} from './corpus.js';
import { extractAll, type Outcome } from './extract.js';
import { print, printScores, printVerdicts, progress } from './report.js';
import { cpuSeconds, watchMemory } from './resources.js';
import { baselines, score } from './scorer.js';
import { silentFailures } from './silent.js';

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);

function printCost(outcomes: readonly Outcome[], wall: number, cpu: number, peak: number): void {
  const records = outcomes.flatMap((outcome) => outcome.pages);
  const pages = records.length || 1;
  const ways = new Map<string, number>();
  for (const { source, engines } of records) {
    const way = [source, ...engines.filter((engine) => source !== 'text_layer' || engine !== 'pdfium')].join(
      ' ',
    );
    ways.set(way, (ways.get(way) ?? 0) + 1);
  }
  print(`  read as ${[...ways].map(([way, count]) => `${count} ${way}`).join(', ')}`);
  print(
    `  ${outcomes.length} documents, ${pages} pages in ${seconds(wall)} s: ${(wall / 1000 / pages).toFixed(2)} s a page, ` +
      `${(cpu / pages).toFixed(2)} CPU s a page, peak memory ${peak.toFixed(0)} MB`,
  );
}

function printTrouble(outcomes: readonly Outcome[]): void {
  const failedPages = outcomes.flatMap((outcome) =>
    outcome.pages
      .filter((page) => page.source === 'failed')
      .map((page) => `${outcome.name} page ${page.number}: ${page.error?.code} ${page.error?.message}`),
  );
  for (const outcome of outcomes) if (outcome.error) print(`  refused  ${outcome.name}: ${outcome.error}`);
  for (const page of failedPages) print(`  failed   ${page}`);
}

/** Reads one set, scores it and prints everything about it. */
export async function measureSet(
  jobs: JobService,
  corpus: Corpus,
  set: SetName,
  out: string,
  options: Pick<BenchArguments, 'limit' | 'match' | 'each' | 'running-heads'> & {
    engine: EngineChoice;
    files?: readonly CorpusFile[];
  },
): Promise<Verdict[]> {
  const files = options.files ?? documentsOf(corpus, set, options);
  const answers = join(out, set);
  const runningHeads = options['running-heads'] ?? (TRANSCRIBED.has(set) ? 'keep' : 'omit');
  const memory = watchMemory();
  const cpuStart = cpuSeconds();
  const start = performance.now();
  let done = 0;
  const outcomes = await extractAll(
    jobs,
    files,
    answers,
    { engine: options.engine, runningHeads },
    (outcome) => {
      progress(`${set} ${++done}/${files.length} ${outcome.name}`);
    },
  );
  progress('');
  const wall = performance.now() - start;
  const cpu = cpuSeconds() - cpuStart;
  const kept =
    runningHeads === 'keep' ? ' (running heads, feet and page numbers kept: the truth has all print)' : '';
  print(`\n${set}${kept}`);
  let verdicts: Verdict[] = [];
  if (set !== 'hostile') {
    const whole = options.limit === undefined && options.match === undefined;
    const folder = whole ? corpus.folder : partialCorpus(corpus, set, files, join(out, 'part-of-corpus'));
    const scored = score(corpus, folder, set, answers, options.each);
    for (const line of scored.lines) print(`    ${line}`);
    printScores([scored.score, ...baselines(corpus, set)]);
    verdicts = judge(scored.score);
    printVerdicts(verdicts);
    const { judged, silent } = await silentFailures(corpus, set, answers, outcomes);
    if (judged > 0) {
      const names = silent.length > 0 ? `: ${silent.join(', ')}` : '';
      print(
        `  ${silent.length ? 'FAIL' : 'pass'}  silent failures ${silent.length} of ${judged} documents${names}`,
      );
    }
  }
  printCost(outcomes, wall, cpu, memory.stop().peak);
  printTrouble(outcomes);
  return verdicts;
}
