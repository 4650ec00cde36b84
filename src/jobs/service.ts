import { LegibleError } from '../errors.js';
import type { DocumentFile, Intake, Pipeline } from '../pipeline/api.js';
import type { RunningHeads } from '../pipeline/options.js';
import { parseLanguages } from '../pipeline/recognize/languages.js';
import { Admission } from './admission.js';
import type { JobService, SubmitRequest } from './api.js';
import { JobBook } from './book.js';
import { isFinal, type Job } from './job.js';
import type { JobLimits } from './limits.js';
import { FREE, type Meter } from './meter.js';
import { Pace } from './pace.js';
import type { WorkQueue } from './queue/port.js';
import { createReader } from './read/reader.js';
import { reopen } from './reopen.js';
import { expiryOf, KEEP_ALL, Retention, type RetentionLimits } from './retention.js';
import { Sources } from './sources.js';
import type { JobStore } from './store/port.js';
import { isUploadReference, type UploadTickets } from './uploads/tickets.js';
import { createViewer } from './viewer.js';
import { createWaits } from './waits.js';

/** Milliseconds after which interrupted jobs are taken up when nobody calls: the first answer comes first. */
const RECOVERY_DELAY = 1_000;

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
  const sources = new Sources(intake, uploads);
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

  return {
    async submit({ source, options, owner, signal }: SubmitRequest) {
      admission.assertOpen();
      admission.assertRoom();
      parseLanguages(options.language);
      await recover();
      const admit = async (file: DocumentFile) => {
        const job = await admission.admit(file, options, owner);
        if ('reference' in source && isUploadReference(source.reference)) {
          uploadOfJob.set(job.id, source.reference);
        }
        return job;
      };
      return sources.read(source, owner, admit, signal);
    },

    get: owned,
    ...createWaits({ book, owned, closing: () => admission.closing }),

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
}

const jobNotFound = () =>
  new LegibleError(
    'job_not_found',
    'There is no such job.',
    'List the jobs for their ids; jobs vanish when they are deleted or expire.',
  );
