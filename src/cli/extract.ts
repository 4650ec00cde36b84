import { type Config, loadConfig } from '../config.js';
import { LegibleError, toLegibleError } from '../errors.js';
import type { JobService } from '../jobs/api.js';
import { isFinal, type Job, LOCAL_OWNER } from '../jobs/job.js';
import { exceptionLines, summaryLine } from '../mcp/summary.js';
import { type ExtractOptions, OCR_MODES } from '../pipeline/options.js';
import { parsePageRanges } from '../pipeline/page-ranges.js';
import { type Exit, worst } from './exit-codes.js';
import { OUTPUT_FORMATS, type Output, type OutputFormat, openOutput } from './output.js';
import { Progress } from './progress.js';
import { nameOf, sourceOf } from './sources.js';

const OPTIONS = {
  out: { type: 'string' },
  pages: { type: 'string' },
  language: { type: 'string' },
  format: { type: 'string' },
  json: { type: 'boolean' },
  ocr: { type: 'string' },
  password: { type: 'string' },
  quiet: { type: 'boolean' },
} as const;

/** Longest wait for a change; the loop asks again. */
const POLL_MILLISECONDS = 60_000;
/** One document more than are worked on, so that none waits for the next file to be read. */
const READ_AHEAD = 1;

interface Request {
  readonly files: readonly string[];
  readonly options: ExtractOptions;
  readonly format: OutputFormat;
  readonly out: string | undefined;
  readonly quiet: boolean;
}

/** `legible extract FILE…`: the same jobs as the tools', written to files or to stdout in the order of the files. */
export async function extract(argv: readonly string[]): Promise<Exit> {
  const { config, positionals, values } = loadConfig(argv, process.env, OPTIONS);
  const request = readRequest(positionals, values, config);
  const output = await openOutput(request.out, request.format, request.files.length);
  const { createApp } = await import('../app.js');
  const app = await createApp(config, { everyFile: true });
  const progress = new Progress(request.files.length, process.stderr.isTTY && !request.quiet);
  const interrupt = new AbortController();
  const onSignal = () => {
    if (interrupt.signal.aborted) process.exit(130);
    interrupt.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    const exits = await inTurns(request.files, config.maxJobs + READ_AHEAD, interrupt.signal, (file, index) =>
      extractOne({ file, index, request, jobs: app.jobs, output, progress, signal: interrupt.signal }),
    );
    return worst(interrupt.signal.aborted ? [...exits, 'interrupted'] : exits);
  } finally {
    progress.clear();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    await app.close(0);
  }
}

/** Runs `work` for all items, `width` at a time; none is begun after the signal. */
async function inTurns<T>(
  items: readonly string[],
  width: number,
  signal: AbortSignal,
  work: (item: string, index: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length && !signal.aborted) {
      const index = next++;
      results.push(await work(items[index], index));
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  return results;
}

interface OneFile {
  readonly file: string;
  readonly index: number;
  readonly request: Request;
  readonly jobs: JobService;
  readonly output: Output;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

async function extractOne(one: OneFile): Promise<Exit> {
  const { file, index, request, jobs, output, progress, signal } = one;
  try {
    const source = await sourceOf(file);
    const job = await finish(
      await jobs.submit({ source, options: request.options, owner: LOCAL_OWNER, signal }),
      one,
    );
    const reading = await jobs.read(job.id, LOCAL_OWNER, {
      format: request.format === 'pdf' ? 'text' : request.format,
      maxChars: Number.MAX_SAFE_INTEGER,
    });
    progress.clear();
    const content =
      request.format === 'pdf' ? await jobs.searchablePdf(job.id, LOCAL_OWNER) : reading.content;
    const place = await output.write(index, file, content);
    if (!request.quiet) {
      const notes = exceptionLines(reading.pages, await jobs.warnings(job.id, LOCAL_OWNER));
      progress.say(
        [`${summaryLine(job, reading.pages)}${place}`, ...notes.map((note) => `  ${note}`)].join('\n'),
      );
    }
    await jobs.delete(job.id, LOCAL_OWNER);
    if (job.error) progress.say(`legible: ${nameOf(file)}: ${job.error.message} ${job.error.hint}`);
    return job.status !== 'done' || job.pagesFailed.length > 0 ? 'incomplete' : 'ok';
  } catch (error) {
    await output.skip(index);
    const { code, message, hint, cause } = toLegibleError(error);
    if (signal.aborted) return 'interrupted';
    progress.say(`legible: ${nameOf(file)}: ${message} ${hint}`);
    if (code === 'internal') progress.say(String(cause instanceof Error ? cause.stack : cause));
    return code === 'internal' ? 'failed' : 'unread';
  } finally {
    progress.fileDone();
  }
}

/** Waits for the job; an interrupt cancels it, and what was finished by then is still read. */
async function finish(submitted: Job, { file, jobs, progress, signal }: OneFile): Promise<Job> {
  let job = submitted;
  const tell = (changed: Job) =>
    progress.update(file, changed.pagesCompleted.length + changed.pagesFailed.length, changed.pages.length);
  tell(job);
  while (!isFinal(job.status) && !signal.aborted)
    job = await jobs.waitUntilFinal(job.id, LOCAL_OWNER, POLL_MILLISECONDS, tell, signal);
  return isFinal(job.status) ? job : jobs.cancel(job.id, LOCAL_OWNER);
}

function readRequest(
  files: readonly string[],
  values: Readonly<Record<string, string | boolean | undefined>>,
  config: Config,
): Request {
  if (files.length === 0)
    throw new LegibleError('invalid_argument', 'No file is named.', 'Run `legible extract FILE…`.');
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined);
  const pages = text('pages');
  const password = text('password') ?? process.env.LEGIBLE_PASSWORD;
  return {
    files,
    options: {
      ...(pages !== undefined && { pages: parsePageRanges(pages) }),
      language: text('language') ?? 'auto',
      ocr: oneOf('ocr', text('ocr') ?? 'auto', OCR_MODES),
      engine: config.engine,
      ...(password && { password }),
    },
    format: values.json === true ? 'json' : oneOf('format', text('format') ?? 'markdown', OUTPUT_FORMATS),
    out: text('out'),
    quiet: values.quiet === true,
  };
}

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((choice) => choice === value);
  if (found) return found;
  throw new LegibleError(
    'invalid_argument',
    `--${name} "${value}" is not known.`,
    `Choose one of ${allowed.join(', ')}.`,
  );
}
