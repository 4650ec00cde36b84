import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Documents, type Made } from './documents.js';
import { Random } from './random.js';
import { Server } from './server.js';

export interface SoakOptions {
  readonly seconds: number;
  /** SIGKILLs of a server, spread over the first three quarters of the time. */
  readonly kills: number;
  readonly seed: number;
  /** Scans and photos too; their pages take a thousand times as long. */
  readonly ocr: boolean;
  /** Callers at the same time on each server. */
  readonly callers?: number;
  readonly log?: (text: string) => void;
}

interface Footprint {
  readonly megabytes: number;
  readonly handles: number;
}

export interface SoakReport {
  jobs: number;
  pages: number;
  refused: number;
  kills: number;
  workerKills: number;
  restarts: number;
  /** Accepted jobs that the server does not know any more. */
  lost: string[];
  /** Jobs that did not come to an end. */
  stuck: string[];
  /** Jobs whose status or text is not what it must be. */
  wrong: string[];
  /** Finished pages that were worked on again. */
  twice: string[];
  /** Rejections and exceptions that nobody caught. */
  escaped: string[];
  /** Servers that ended by themselves. */
  crashed: string[];
  /** Of each server while nothing was killed: once it is warm, and at the end. */
  footprints: { kind: string; before: Footprint; after: Footprint }[];
}

const CALLERS = 6;
/** A caller leaves a long job to itself and submits the next. */
const QUEUE_PER_CALLER = 5;
/** Milliseconds until a lane that found the queue full tries again. */
const REFUSED = 500;
/** Milliseconds in which every job must have ended once no more are submitted. */
const LAST_CALL = 180_000;

type Intent = 'finish' | 'cancel' | 'delete';

interface Tracked {
  readonly id: string;
  readonly document: Made;
  intent: Intent;
  /** The server has confirmed that the job was cancelled or deleted. */
  confirmed?: string;
}

/** One server under load: submits, reads, cancels and deletes until told to stop. */
class Load {
  readonly server: Server;
  readonly #documents: Documents;
  readonly #random: Random;
  readonly #report: SoakReport;
  readonly #ocr: boolean;
  readonly jobs: Tracked[] = [];
  /** Resolves when a killed server is back. */
  back: Promise<void> = Promise.resolve();
  stopping = false;
  ledger = new Map<string, number>();

  constructor(server: Server, documents: Documents, random: Random, report: SoakReport, ocr: boolean) {
    this.server = server;
    this.#documents = documents;
    this.#random = random;
    this.#report = report;
    this.#ocr = ocr;
  }

  async run(callers: number): Promise<void> {
    await Promise.all(Array.from({ length: callers }, () => this.#lane()));
  }

  async #lane(): Promise<void> {
    while (!this.stopping) {
      await this.back;
      try {
        const job = await this.#submit();
        if (job) await this.#follow(job);
      } catch {
        // The server was killed during a call; what it had accepted is checked at the end.
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }

  async #submit(): Promise<Tracked | undefined> {
    const document = this.#random.chance(0.2) ? this.#documents.hostile() : this.#documents.good(this.#ocr);
    const answer = await this.server.call('extract_document', { source: document.path, wait_seconds: 0 });
    const id = /job_[0-9a-z]{20}/.exec(answer.text)?.[0];
    if (!id) {
      this.#report.refused += 1;
      if (!document.hostile && !/queue_full|shutting_down/.test(answer.text)) {
        this.#report.wrong.push(`${document.base} was refused: ${answer.text.slice(0, 200)}`);
      }
      if (/queue_full/.test(answer.text)) await pause(REFUSED);
      return undefined;
    }
    const dice = this.#random.next();
    const intent: Intent = dice < 0.8 ? 'finish' : dice < 0.9 ? 'cancel' : 'delete';
    const job: Tracked = { id, document, intent };
    this.jobs.push(job);
    this.#report.jobs += 1;
    return job;
  }

  async #follow(job: Tracked): Promise<void> {
    const job_id = job.id;
    if (job.intent === 'finish') {
      await this.server.call('get_job_status', { job_id, wait_seconds: 2 + this.#random.below(8) });
      if (this.#random.chance(0.3)) await this.server.call('get_result', { job_id, max_chars: 4_000 });
      if (this.#random.chance(0.1))
        await this.server.call('search_result', { job_id, query: 'harbour lantern' });
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, this.#random.below(500)));
    const tool = job.intent === 'cancel' ? 'cancel_job' : 'delete_job';
    const answer = await this.server.call(tool, { job_id });
    if (!answer.isError) job.confirmed = String(answer.data.status ?? 'deleted');
  }
}

/** Works, breaks and counts; see `SoakReport` for what must be empty afterwards. */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const { log = () => {}, callers = CALLERS } = options;
  const random = new Random(options.seed);
  const folder = mkdtempSync(join(tmpdir(), 'legible-soak-'));
  const report: SoakReport = {
    jobs: 0,
    pages: 0,
    refused: 0,
    kills: 0,
    workerKills: 0,
    restarts: 0,
    lost: [],
    stuck: [],
    wrong: [],
    twice: [],
    escaped: [],
    crashed: [],
    footprints: [],
  };
  const flags = [
    '--allow-dir',
    folder,
    '--page-timeout',
    '60',
    '--max-queue',
    `${callers * QUEUE_PER_CALLER}`,
    '--keep-days',
    '1',
  ];
  const documents = new Documents(join(folder, 'documents'), options.seed + 1);
  const loads = (['stdio', 'http'] as const).map(
    (kind, index) =>
      new Load(
        new Server(kind, join(folder, kind), flags),
        documents,
        new Random(options.seed + 10 + index),
        report,
        options.ocr,
      ),
  );
  try {
    await Promise.all(loads.map(({ server }) => server.start()));
    const running = loads.map((load) => load.run(callers));
    const end = Date.now() + options.seconds * 1000;
    const calm = Date.now() + options.seconds * 750;
    for (let kill = 0; kill < options.kills; kill++) {
      await pause(((calm - Date.now()) / (options.kills - kill)) * (0.5 + random.next()));
      await strike(loads[kill % loads.length], random, report);
      log(`${report.jobs} jobs, ${report.kills} kills`);
    }
    // The last server to come back has to load its engines first.
    await pause((calm + end) / 2 - Date.now());
    const before = loads.map(({ server }) => server.footprint());
    await pause(end - Date.now());
    for (const load of loads) load.stopping = true;
    await Promise.all(running);
    log('waiting for the last jobs');
    for (const load of loads) await account(load, report);
    loads.forEach(({ server }, index) => {
      const [first, last] = [before[index], server.footprint()];
      if (first && last) report.footprints.push({ kind: server.kind, before: first, after: last });
    });
  } finally {
    for (const { server } of loads) {
      await server.stop().catch((error) => report.crashed.push(String(error)));
      report.escaped.push(...server.escaped.map((line) => `${server.kind}: ${line}`));
    }
    rmSync(folder, { recursive: true, force: true });
  }
  return report;
}

/** Kills a server, or one of its workers, and brings the server back. */
async function strike(load: Load, random: Random, report: SoakReport): Promise<void> {
  const { server } = load;
  if (server.killWorker((pids) => random.pick(pids))) report.workerKills += 1;
  if (!server.alive) report.crashed.push(`${server.kind}: ${server.stderr}`);
  let back = () => {};
  load.back = new Promise((resolve) => {
    back = resolve;
  });
  if (random.chance(0.15)) await server.stop();
  else {
    await server.kill();
    report.kills += 1;
  }
  checkLedger(load, report);
  await server.start();
  report.restarts += 1;
  back();
}

/** Pages that were there at the last look must still be the same files, unless their job is gone. */
function checkLedger(load: Load, report: SoakReport): void {
  const now = load.server.storedPages();
  for (const [page, inode] of load.ledger) {
    if (now.has(page) && now.get(page) !== inode) report.twice.push(`${load.server.kind} ${page}`);
  }
  load.ledger = now;
}

/** What became of every accepted job. */
async function account(load: Load, report: SoakReport): Promise<void> {
  const { server } = load;
  const deadline = Date.now() + LAST_CALL;
  const references = new Map<string, string>();
  for (const job of load.jobs) {
    const name = `${server.kind} ${job.id} (${job.document.path}, ${job.document.base})`;
    const status = await finalStatus(server, job.id, deadline);
    if (status === undefined) {
      if (job.intent !== 'delete') report.lost.push(name);
      continue;
    }
    report.pages += Number(status.pages_completed);
    if (!['done', 'error', 'cancelled'].includes(String(status.status)))
      report.stuck.push(`${name}: ${status.status}`);
    else if (job.confirmed === 'deleted') report.wrong.push(`${name}: deleted, and still there`);
    else if (job.confirmed !== undefined && status.status !== job.confirmed)
      report.wrong.push(`${name}: ${job.confirmed} became ${status.status}`);
    else if (job.intent === 'finish' && !job.document.hostile)
      await checkText(server, job, status, references, report, name);
  }
  checkLedger(load, report);
}

async function finalStatus(
  server: Server,
  job_id: string,
  deadline: number,
): Promise<Record<string, unknown> | undefined> {
  for (;;) {
    const answer = await server.call('get_job_status', { job_id, wait_seconds: 20 });
    if (answer.isError) return undefined;
    const final = ['done', 'error', 'cancelled'].includes(String(answer.data.status));
    if (final || Date.now() > deadline) return answer.data;
  }
}

/** A good document is done, whole, and reads like all others of its base. */
async function checkText(
  server: Server,
  job: Tracked,
  status: Record<string, unknown>,
  references: Map<string, string>,
  report: SoakReport,
  name: string,
): Promise<void> {
  const { base, pages } = job.document;
  const whole =
    status.status === 'done' && status.pages_failed === 0 && (pages === 0 || status.page_count === pages);
  if (!whole || status.pages_completed !== status.page_count) {
    report.wrong.push(`${name}: ${JSON.stringify(status).slice(0, 400)}`);
    return;
  }
  const text = await server.text(`legible://jobs/${job.id}/document.md`);
  const reference = references.get(base);
  if (reference === undefined) references.set(base, text);
  else if (reference !== text) report.wrong.push(`${name}: its text differs from that of another ${base}`);
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
