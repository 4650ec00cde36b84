import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import type { PageRecord } from '#legible/document/page.js';
import type { JobService } from '#legible/jobs/api.js';
import type { EngineChoice, RunningHeads } from '#legible/pipeline/options.js';
import type { CorpusFile } from './corpus.js';

const OWNER = 'local';
/** Longer than any job may take; the job's own limits end it. */
const A_DAY = 86_400_000;
/** The answers are read whole. */
const NO_LIMIT = 100_000_000;

/** What came of one document. */
export interface Outcome {
  readonly name: string;
  readonly milliseconds: number;
  readonly pages: readonly PageRecord[];
  /** Present when the document was refused or failed as a whole. */
  readonly error?: string;
}

/** How the documents are read and written. */
export interface Asked {
  readonly engine: EngineChoice;
  readonly runningHeads: RunningHeads;
}

async function extractOne(
  jobs: JobService,
  file: CorpusFile,
  { engine, runningHeads }: Asked,
): Promise<{ outcome: Outcome; markdown: string }> {
  const start = performance.now();
  const elapsed = () => Math.round(performance.now() - start);
  try {
    const { id } = await jobs.submit({
      source: { reference: file.path },
      options: { language: 'auto', ocr: 'auto', engine },
      owner: OWNER,
    });
    const job = await jobs.waitUntilFinal(id, OWNER, A_DAY);
    const milliseconds = elapsed();
    if (job.status !== 'done') {
      const error = `${job.error?.code ?? job.status}: ${job.error?.message ?? ''}`;
      return { outcome: { name: file.name, milliseconds, pages: [], error }, markdown: '' };
    }
    const pages = await jobs.pageRecords(id, OWNER);
    const { content } = await jobs.read(id, OWNER, { format: 'markdown', runningHeads, maxChars: NO_LIMIT });
    await jobs.delete(id, OWNER);
    return { outcome: { name: file.name, milliseconds, pages }, markdown: content };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return {
      outcome: {
        name: file.name,
        milliseconds: elapsed(),
        pages: [],
        error: `${code ?? 'unknown'}: ${message}`,
      },
      markdown: '',
    };
  }
}

/**
 * Reads the documents as the tools would, as many side by side as there are cores, and writes
 * `NAME.md` for each and `outcomes.json` for all into `out`.
 */
export async function extractAll(
  jobs: JobService,
  files: readonly CorpusFile[],
  out: string,
  asked: Asked,
  onDone: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = new Array(files.length);
  let next = 0;
  const work = async () => {
    while (next < files.length) {
      const index = next++;
      const { outcome, markdown } = await extractOne(jobs, files[index], asked);
      const path = join(out, `${files[index].name}.md`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, markdown);
      outcomes[index] = outcome;
      onDone(outcome);
    }
  };
  mkdirSync(out, { recursive: true });
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), files.length) }, work));
  writeFileSync(join(out, 'outcomes.json'), JSON.stringify(outcomes, null, 1));
  return outcomes;
}
