import PQueue from 'p-queue';
import { LegibleError } from '../errors.js';
import type { DocumentFile, Intake, Pipeline } from '../pipeline/api.js';
import type { RunningHeads } from '../pipeline/options.js';
import { parseLanguages } from '../pipeline/recognize/languages.js';
import { Admission } from './admission.js';
import type { JobService, Source, SubmitRequest } from './api.js';
import { JobBook } from './book.js';
import { isFinal, type Job } from './job.js';
import type { JobLimits } from './limits.js';
import { FREE, type Meter } from './meter.js';
import { Pace } from './pace.js';
import type { WorkQueue } from './queue/port.js';
import { createReader } from './read/reader.js';
import { reopen } from './reopen.js';
import { expiryOf, KEEP_ALL, Retention, type RetentionLimits } from './retention.js';
import type { JobStore } from './store/port.js';
import { readUpload } from './uploads/receive.js';
import { isUploadReference, type UploadTickets } from './uploads/tickets.js';
import { createViewer } from './viewer.js';

/** Milliseconds after which interrupted jobs are taken up when nobody calls: the first answer comes first. */
const RECOVERY_DELAY = 1_000;
/** Sources read at the same time, and apart from them downloads: each is in memory until its job is stored. */
const INTAKE_PLACES = 8;

export interface JobServiceParts {
  readonly pipeline: Pipeline;
  readonly intake: Intake;
  /** Closed with the service. */
  readonly store: JobStore;
  readonly queue: WorkQueue;
  readonly limits: JobLimits;
  /** Everything is kept when absent. */
  readonly retention?: RetentionLimits;
  /** Files that came over HTTP, for `upload:` references. */
  readonly uploads?: UploadTickets;
  /** Nobody pays when absent. */
  readonly meter?: Meter;
  /** For readings that do not say; left out when absent. */
  readonly runningHeads?: RunningHeads;
  /** For what goes wrong behind everybody's back. */
  readonly onError?: (error: unknown, what: string) => void;
}

/** The jobs of one server. The pipeline is closed by whoever made it, after the service. */
export function createJobService(parts: JobServiceParts): JobService {
  const { pipeline, intake, store, queue, limits, uploads } = parts;
  const { retention: keep = KEEP_ALL, meter = FREE, onError = () => {} } = parts;
  const book = new JobBook(store, (job) => meter.settle(job.owner, job.id, job.pagesCompleted.length));
  const pace = new Pace();
  const expiry = (now: number) => expiryOf(keep, now);
  const background = (work: Promise<unknown>, what: string) => work.catch((error) => onError(error, what));
  const onEnd = () => void background(retention.sweep(), 'retention');
  const admission = new Admission({ pipeline, store, book, queue, limits, pace, meter, expiry, onEnd });
  const viewer = createViewer(pipeline, store);
  const reader = createReader(pipeline, store, parts.runningHeads);
  // Slow servers hold up other downloads only.
  const reading = new PQueue({ concurrency: INTAKE_PLACES });
  const downloading = new PQueue({ concurrency: INTAKE_PLACES });
  const retention = new Retention(store, keep, (job) => remove(job.id));
  /** `upload:` references of this process's jobs: deleting a job deletes the upload too. */
  const uploadOfJob = new Map<string, string>();
  let recovered: Promise<unknown> | undefined;

  async function owned(id: string, owner: string): Promise<Job> {
    const job = await book.get(id);
    if (!job || job.owner !== owner) throw jobNotFound();
    return job;
  }

  async function remove(id: string): Promise<void> {
    await admission.release(id);
    admission.forget(id);
    uploadOfJob.delete(id);
    viewer.forget(id);
    reader.forget(id);
    await book.remove(id);
  }

  async function fileOf(source: Source, owner: string, signal?: AbortSignal): Promise<DocumentFile> {
    if ('upload' in source) return intake.fromBytes(source.upload.bytes, source.upload.name);
    if (!uploads || !isUploadReference(source.reference))
      return intake.fromReference(source.reference, signal);
    const upload = await uploads.resolve(source.reference, owner);
    return intake.fromBytes(await readUpload(upload), upload.name);
  }

  /** Jobs of a process that died may have ended, or vanished, without a settlement. */
  async function settleOutstanding(): Promise<void> {
    for (const { owner, jobId } of await meter.outstanding()) {
      const job = await book.get(jobId);
      if (!job || isFinal(job.status)) await meter.settle(owner, jobId, job?.pagesCompleted.length ?? 0);
    }
  }

  const recover = () => {
    recovered ??= background(
      (async () => {
        await admission.recover();
        await settleOutstanding();
        // Looks at every stored page: nobody should wait for it.
        void background(retention.sweep(), 'retention');
      })(),
      'recovery',
    );
    return recovered;
  };
  const recovery = setTimeout(recover, RECOVERY_DELAY);
  recovery.unref();

  const service: JobService = {
    async submit({ source, options, owner, signal }: SubmitRequest) {
      admission.assertOpen();
      admission.assertRoom();
      parseLanguages(options.language);
      await recover();
      const remote = 'reference' in source && /^\s*https?:/i.test(source.reference);
      return (remote ? downloading : reading).add(async () => {
        signal?.throwIfAborted();
        const file = await fileOf(source, owner, signal);
        signal?.throwIfAborted();
        const job = await admission.admit(file, options, owner);
        if ('reference' in source && isUploadReference(source.reference)) {
          uploadOfJob.set(job.id, source.reference);
        }
        return job;
      });
    },

    get: owned,

    async waitForChange(id, owner, revision, milliseconds, signal) {
      const deadline = Date.now() + milliseconds;
      for (;;) {
        const change = book.nextChange(id, Math.max(0, deadline - Date.now()), signal);
        try {
          const job = await owned(id, owner);
          const over = admission.closing || signal?.aborted || Date.now() >= deadline;
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
      while (!isFinal(job.status) && Date.now() < deadline && !signal?.aborted && !admission.closing) {
        const { revision } = job;
        job = await service.waitForChange(id, owner, revision, deadline - Date.now(), signal);
        if (job.revision > revision) onChange?.(job);
      }
      return job;
    },

    async list({ owner, limit, offset, status }) {
      const jobs = (await book.list()).filter(
        (job) => job.owner === owner && (status === undefined || job.status === status),
      );
      return { jobs: jobs.slice(offset, offset + limit), total: jobs.length };
    },

    async cancel(id, owner) {
      const job = await owned(id, owner);
      if (isFinal(job.status)) return job;
      await admission.release(id);
      const finishedAt = Date.now();
      const changed = await book.change(id, ({ status }) =>
        isFinal(status) ? undefined : { status: 'cancelled', finishedAt, expiresAt: expiry(finishedAt) },
      );
      if (!changed) throw jobNotFound();
      return changed;
    },

    async delete(id, owner) {
      const upload = uploadOfJob.get(id);
      await owned(id, owner);
      if (upload) await uploads?.remove(upload, owner);
      await remove(id);
    },

    async read(id, owner, request) {
      return reader.read(await owned(id, owner), request);
    },

    async readWhole(id, owner, request) {
      return reader.whole(await owned(id, owner), request);
    },

    async pageRecords(id, owner) {
      await owned(id, owner);
      return [...(await store.getDigests(id)).values()].map(({ record }) => record);
    },

    async search(id, owner, query, limit, pages) {
      return reader.search(await owned(id, owner), query, limit, pages);
    },

    async doubtful(id, owner, request) {
      return reader.doubtful(await owned(id, owner), request);
    },

    async viewPage(id, owner, page, options) {
      return viewer.view(await owned(id, owner), admission.passwordOf(id), page, options);
    },

    async searchablePdf(id, owner) {
      const job = await owned(id, owner);
      if (!isFinal(job.status)) {
        throw new LegibleError(
          'job_not_ready',
          'The job still runs.',
          'Ask for the PDF when its status is done.',
        );
      }
      const pages = await reader.pages(job);
      const document = await reopen(pipeline, store, job, admission.passwordOf(id));
      try {
        return await document.searchablePdf(pages);
      } finally {
        await document.close();
      }
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
        pagesBySource: pace.bySource,
      };
    },

    async close(graceMilliseconds) {
      clearTimeout(recovery);
      await admission.close(graceMilliseconds);
      await recovered;
      await retention.close();
      await viewer.close();
      await store.close();
    },
  };
  return service;
}

const jobNotFound = () =>
  new LegibleError(
    'job_not_found',
    'There is no such job.',
    'List the jobs for their ids; jobs vanish when they are deleted or expire.',
  );
