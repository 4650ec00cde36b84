import { LRUCache } from 'lru-cache';
import { LegibleError } from '../errors.js';
import type { DocumentFile, Intake, Pipeline } from '../pipeline/api.js';
import type { ExtractOptions } from '../pipeline/options.js';
import type { JobService, Source, SubmitRequest } from './api.js';
import { JobBook } from './book.js';
import { workKey } from './equality.js';
import { newJobId } from './ids.js';
import { isFinal, type Job } from './job.js';
import type { JobLimits } from './limits.js';
import { FREE, type Meter } from './meter.js';
import { Pace } from './pace.js';
import type { WorkQueue } from './queue/port.js';
import { createReader } from './read/reader.js';
import { Run, type RunParts } from './run.js';
import type { JobStore } from './store/port.js';
import { readUpload } from './uploads/receive.js';
import { isUploadReference, type UploadTickets } from './uploads/tickets.js';
import { createViewer } from './viewer.js';

/** Finished results that can be found again by their key; a few hundred bytes each. */
const KNOWN_RESULTS = 10_000;

export interface JobServiceParts {
  readonly pipeline: Pipeline;
  readonly intake: Intake;
  /** Closed with the service. */
  readonly store: JobStore;
  readonly queue: WorkQueue;
  readonly limits: JobLimits;
  /** Files that came over HTTP, for `upload:` references. */
  readonly uploads?: UploadTickets;
  /** Nobody pays when absent. */
  readonly meter?: Meter;
}

/** The jobs of one server. The pipeline is closed by whoever made it, after the service. */
export function createJobService(parts: JobServiceParts): JobService {
  const { pipeline, intake, store, queue, limits, uploads, meter = FREE } = parts;
  const book = new JobBook(store, (job) => meter.settle(job.owner, job.id, job.pagesCompleted.length));
  const pace = new Pace();
  const runs = new Map<string, Run>();
  const runOfJob = new Map<string, Run>();
  const passwords = new Map<string, string>();
  const results = new LRUCache<string, string>({ max: KNOWN_RESULTS });
  const runParts: RunParts = {
    ...{ pipeline, store, book, queue, limits, pace },
    expiry: () => undefined,
    // A page that failed today may succeed tomorrow: only whole results are given again.
    onWhole: (key, jobId) => results.set(key, jobId),
  };
  const viewer = createViewer(pipeline, store);
  const reader = createReader(pipeline, store);
  let closing = false;

  async function owned(id: string, owner: string): Promise<Job> {
    const job = await book.get(id);
    if (!job || job.owner !== owner) throw jobNotFound();
    return job;
  }

  function assertOpen(): void {
    if (closing) {
      throw new LegibleError('shutting_down', 'The server is shutting down.', 'Call again when it is back.');
    }
  }

  function assertRoom(): void {
    const { waitingJobs, runningJobs, jobPlaces } = queue;
    if (runningJobs < jobPlaces || waitingJobs < limits.maxQueue) return;
    const retryAfter = pace.secondsUntilPlace(jobPlaces);
    throw new LegibleError(
      'queue_full',
      `queue full, ${waitingJobs} ${waitingJobs === 1 ? 'job' : 'jobs'} waiting, try again in about ${retryAfter} s`,
      `Wait ${retryAfter} s, then call again.`,
      { retryAfter },
    );
  }

  /** A finished equal result under a new job; undefined when there is none (any more). */
  async function adopt(key: string, job: Job): Promise<Job | undefined> {
    const earlier = results.get(key);
    if (!earlier) return undefined;
    return book.exclusively(earlier, async () => {
      const source = await book.get(earlier);
      if (source?.status !== 'done') {
        if (!source || isFinal(source.status)) results.delete(key);
        return undefined;
      }
      await store.copyContent(earlier, job.id);
      const { info, outline, pages, pagesCompleted, pagesFailed } = source;
      const adopted: Job = {
        ...job,
        ...{ info, outline, pages, pagesCompleted, pagesFailed },
        status: 'done',
        startedAt: job.createdAt,
        finishedAt: Date.now(),
        expiresAt: runParts.expiry(Date.now()),
        // Whether others have sent the same document is nobody's business.
        ...(source.owner === job.owner && { cachedFrom: earlier }),
      };
      await book.create(adopted);
      return adopted;
    });
  }

  async function join(run: Run, job: Job): Promise<Job | undefined> {
    runOfJob.set(job.id, run);
    const joined = await run.join(job.id, async (leader) => {
      await store.copyContent(leader.id, job.id);
      const { status, startedAt, info, outline, pages, pagesCompleted, pagesFailed } = leader;
      await book.create({ ...job, status, startedAt, info, outline, pages, pagesCompleted, pagesFailed });
    });
    if (!joined) runOfJob.delete(job.id);
    return joined ? book.get(job.id) : undefined;
  }

  function begin(key: string, options: ExtractOptions, job: Job, write: () => Promise<void>): Run {
    const run = new Run(runParts, key, options, job.id, write);
    runs.set(key, run);
    runOfJob.set(job.id, run);
    const ended = () => {
      if (runs.get(key) === run) runs.delete(key);
      for (const id of [job.id, ...run.members]) {
        if (runOfJob.get(id) === run) runOfJob.delete(id);
      }
    };
    run.stopped.then(ended, ended);
    return run;
  }

  /** A document that cannot be opened costs nothing; its job will say why. */
  async function reservePages(job: Job, file: DocumentFile, options: ExtractOptions): Promise<void> {
    if (!(await meter.charges(job.owner))) return;
    const document = await pipeline.open(file, options).catch(() => undefined);
    if (!document) return;
    await document.close();
    await meter.reserve(job.owner, job.id, document.pages.length);
  }

  async function fileOf(source: Source, owner: string, signal?: AbortSignal): Promise<DocumentFile> {
    if ('upload' in source) return intake.fromBytes(source.upload.bytes, source.upload.name);
    if (!uploads || !isUploadReference(source.reference))
      return intake.fromReference(source.reference, signal);
    const upload = await uploads.resolve(source.reference, owner);
    return intake.fromBytes(await readUpload(upload), upload.name);
  }

  async function admit(file: DocumentFile, options: ExtractOptions, owner: string): Promise<Job> {
    const key = workKey(file.sha256, options);
    for (;;) {
      assertOpen();
      const job = newJob(file, options, owner);
      if (options.password !== undefined) passwords.set(job.id, options.password);
      const running = runs.get(key);
      const shared = running?.open ? await join(running, job) : await adopt(key, job);
      if (shared) return shared;
      await reservePages(job, file, options);
      try {
        if (runs.get(key)?.open) continue;
        assertOpen();
        assertRoom();
        const run = begin(key, options, job, async () => {
          await store.putFile(job.id, file);
          await book.create(job);
        });
        await run.begun;
      } finally {
        // Another request began the work, or this one was refused: what was reserved goes back.
        if (!(await book.get(job.id))) await meter.settle(owner, job.id, 0);
      }
      return job;
    }
  }

  /** Jobs of a process that died may have ended, or vanished, without a settlement. */
  async function settleOutstanding(): Promise<void> {
    for (const { owner, jobId } of await meter.outstanding()) {
      const job = await book.get(jobId);
      if (!job || isFinal(job.status)) await meter.settle(owner, jobId, job?.pagesCompleted.length ?? 0);
    }
  }
  settleOutstanding().catch(() => undefined);

  const service: JobService = {
    async submit({ source, options, owner, signal }: SubmitRequest) {
      assertOpen();
      assertRoom();
      const file = await fileOf(source, owner, signal);
      signal?.throwIfAborted();
      return admit(file, options, owner);
    },

    get: owned,

    async waitForChange(id, owner, revision, milliseconds, signal) {
      const deadline = Date.now() + milliseconds;
      for (;;) {
        const change = book.nextChange(id, Math.max(0, deadline - Date.now()), signal);
        try {
          const job = await owned(id, owner);
          const over = closing || signal?.aborted || Date.now() >= deadline;
          if (job.revision > revision || isFinal(job.status) || over) return job;
          await change.settled;
        } finally {
          change.stop();
        }
      }
    },

    async waitUntilFinal(id, owner, milliseconds, onChange, signal) {
      const deadline = Date.now() + milliseconds;
      let job = await owned(id, owner);
      while (!isFinal(job.status) && Date.now() < deadline && !signal?.aborted && !closing) {
        const { revision } = job;
        job = await service.waitForChange(id, owner, revision, deadline - Date.now(), signal);
        if (job.revision > revision) onChange?.(job);
      }
      return job;
    },

    async list({ owner, limit, offset, status }) {
      const jobs = (await store.listJobs()).filter(
        (job) => job.owner === owner && (status === undefined || job.status === status),
      );
      return { jobs: jobs.slice(offset, offset + limit), total: jobs.length };
    },

    async cancel(id, owner) {
      const job = await owned(id, owner);
      if (isFinal(job.status)) return job;
      await runOfJob.get(id)?.leave(id);
      const finishedAt = Date.now();
      const changed = await book.change(id, ({ status }) =>
        isFinal(status)
          ? undefined
          : { status: 'cancelled', finishedAt, expiresAt: runParts.expiry(finishedAt) },
      );
      if (!changed) throw jobNotFound();
      return changed;
    },

    async delete(id, owner) {
      await owned(id, owner);
      await runOfJob.get(id)?.leave(id);
      runOfJob.delete(id);
      passwords.delete(id);
      await viewer.forget(id);
      reader.forget(id);
      await book.remove(id);
    },

    async read(id, owner, request) {
      return reader.read(await owned(id, owner), request);
    },

    async pageRecords(id, owner) {
      await owned(id, owner);
      return [...(await store.getDigests(id)).values()].map(({ record }) => record);
    },

    async search(id, owner, query, limit) {
      return reader.search(await owned(id, owner), query, limit);
    },

    async viewPage(id, owner, page, options) {
      return viewer.view(await owned(id, owner), passwords.get(id), page, options);
    },

    async warnings(id, owner) {
      return reader.warnings(await owned(id, owner));
    },

    stats() {
      return {
        queued: queue.waitingJobs,
        processing: queue.runningJobs,
        jobsProcessed: pace.jobs,
        pagesProcessed: pace.pages,
        secondsPerPage: pace.secondsPerPage,
      };
    },

    async close(graceMilliseconds) {
      closing = true;
      book.wakeAll();
      await Promise.all([...runs.values()].map((run) => run.drain(graceMilliseconds)));
      await viewer.close();
      await store.close();
    },
  };
  return service;
}

function newJob(file: DocumentFile, { password, ...options }: ExtractOptions, owner: string): Job {
  return {
    id: newJobId(),
    owner,
    status: 'queued',
    revision: 1,
    fileName: file.name,
    mediaType: file.mediaType,
    sha256: file.sha256,
    bytes: file.bytes.byteLength,
    options,
    pages: [],
    pagesCompleted: [],
    pagesFailed: [],
    createdAt: Date.now(),
    ...(password !== undefined && { withPassword: true }),
  };
}

const jobNotFound = () =>
  new LegibleError(
    'job_not_found',
    'There is no such job.',
    'Call list_jobs for the ids; jobs vanish when they are deleted or expire.',
  );
