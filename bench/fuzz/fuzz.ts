import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { mutate } from '../soak/mutate.js';
import { Random } from '../soak/random.js';
import { Server } from '../soak/server.js';

export interface FuzzOptions {
  readonly files: readonly string[];
  readonly count: number;
  /** File number `n` follows from `seed + n` alone, so one case can be repeated by itself. */
  readonly seed: number;
  /** Each file once, as it is, in place of mutations. */
  readonly plain?: boolean;
  /** Where files are kept that ended the server or did not come to an end. */
  readonly keep?: string;
  readonly log?: (text: string) => void;
}

export interface FuzzReport {
  cases: number;
  /** Cases by how they ended: `done`, `partial`, `refused`, and the codes of jobs in error. */
  outcomes: Map<string, number>;
  /** Cases after which the server was gone. */
  crashes: string[];
  /** Cases that did not end within the limits. */
  hangs: string[];
  /** Cases that ended without a reason. */
  silent: string[];
  /** Rejections and exceptions that nobody caught. */
  escaped: string[];
}

/** Seconds; far above what a whole file of these takes, far below what a person waits. */
const PAGE_TIMEOUT = 20;
const JOB_TIMEOUT = 60;
/** Beyond both limits, the 50 s that a call may wait included. */
const HANG = (JOB_TIMEOUT + 15) * 1000;
const SIDE_BY_SIDE = 4;
/** Larger ones cost more time than their mutations are worth. */
const LARGEST = 2_000_000;

const KINDS = ['.pdf', '.png', '.jpg', '.jpeg', '.tif', '.tiff', '.webp', '.gif', '.bmp', '.avif'];

/** Documents below the folders, by default those small enough to be mutated by the thousand. */
export function documentsBelow(folders: readonly string[], largest = LARGEST): string[] {
  return folders
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))))
    .filter((path) => KINDS.includes(extname(path).toLowerCase()))
    .filter((path) => statSync(path).isFile() && statSync(path).size <= largest)
    .sort();
}

/** Sends mutated documents through a real server: it must stay up, and every job must end with a reason. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const report: FuzzReport = {
    cases: 0,
    outcomes: new Map(),
    crashes: [],
    hangs: [],
    silent: [],
    escaped: [],
  };
  const folder = mkdtempSync(join(tmpdir(), 'legible-fuzz-'));
  const flags = [
    '--ephemeral',
    '--allow-dir',
    folder,
    '--page-timeout',
    `${PAGE_TIMEOUT}`,
    '--job-timeout',
    `${JOB_TIMEOUT}`,
  ];
  const server = new Server('stdio', join(folder, 'data'), flags);
  await server.start();
  let next = 0;
  let restarting: Promise<void> | undefined;

  const keep = (path: string) => {
    if (!options.keep) return;
    mkdirSync(options.keep, { recursive: true });
    writeFileSync(join(options.keep, basename(path)), readFileSync(path));
  };
  const restart = () => {
    restarting ??= server
      .kill()
      .then(() => server.start())
      .finally(() => {
        restarting = undefined;
      });
    return restarting;
  };
  const count = (outcome: string) => report.outcomes.set(outcome, (report.outcomes.get(outcome) ?? 0) + 1);

  const total = options.plain ? options.files.length : options.count;
  const lane = async () => {
    while (next < total) {
      const number = next++;
      const random = new Random(options.seed + number);
      const source = options.plain ? options.files[number] : random.pick(options.files);
      const path = join(folder, `${options.seed + number}-${basename(source)}`);
      writeFileSync(path, options.plain ? readFileSync(source) : mutate(readFileSync(source), random));
      const name = options.plain ? source : `seed ${options.seed + number}, ${basename(source)}`;
      try {
        await restarting;
        count(await outcomeOf(server, path));
      } catch (error) {
        keep(path);
        if (server.alive && !restarting) report.hangs.push(`${name}: ${(error as Error).message}`);
        else report.crashes.push(`${name}: ${server.stderr.slice(-500)}`);
        await restart();
      }
      report.cases += 1;
      if (report.cases % 50 === 0) options.log?.(`${report.cases} of ${total}`);
      rmSync(path, { force: true });
    }
  };
  try {
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane));
  } finally {
    await server.kill();
    report.escaped.push(...server.escaped);
    rmSync(folder, { recursive: true, force: true });
  }
  return report;

  async function outcomeOf(on: Server, path: string): Promise<string> {
    const answer = await on.call('extract_document', { source: path, wait_seconds: 0 });
    const id = /job_[0-9a-z]{20}/.exec(answer.text)?.[0];
    if (!id) return 'refused';
    const deadline = Date.now() + HANG;
    for (;;) {
      const { data } = await on.call('get_job_status', { job_id: id, wait_seconds: 40 });
      const { status, pages_failed, error } = data as {
        status: string;
        pages_failed: number;
        error?: { code: string };
      };
      if (status === 'error') {
        if (!error?.code) report.silent.push(basename(path));
        await on.call('delete_job', { job_id: id });
        return `error: ${error?.code}`;
      }
      if (status === 'done') {
        const read = await on.call('get_result', { job_id: id, max_chars: 20_000 });
        if (read.isError) report.silent.push(`${basename(path)}: ${read.text.slice(0, 200)}`);
        await on.call('delete_job', { job_id: id });
        return pages_failed > 0 ? 'partial' : 'done';
      }
      if (Date.now() > deadline) throw new Error(`still ${status} after ${HANG / 1000} s`);
    }
  }
}
