import PQueue from 'p-queue';
import type { WorkQueue } from './port.js';

/**
 * A queue inside this process. Pages are ordered by start-time fair queueing (Goyal, Vin, Cheng 1996):
 * a job's next page is due one turn after its last, and a new job joins at the present turn, so a
 * one-page job behind a 300-page one waits for the running pages only.
 */
export function createInProcessQueue(places: { jobs: number; pages: number }): WorkQueue {
  const jobs = new PQueue({ concurrency: places.jobs });
  const pages = new PQueue({ concurrency: places.pages });
  const nextTurn = new Map<string, number>();
  let presentTurn = 0;

  return {
    admitJob: (work, signal) => start(jobs, work, signal, 0),
    async runPage(job, work, signal) {
      const turn = Math.max(presentTurn, nextTurn.get(job) ?? 0);
      nextTurn.set(job, turn + 1);
      const task = () => {
        presentTurn = Math.max(presentTurn, turn);
        return work();
      };
      return start(pages, task, signal, -turn);
    },
    forgetJob(job) {
      nextTurn.delete(job);
    },
    get waitingJobs() {
      return jobs.size;
    },
    get runningJobs() {
      return jobs.pending;
    },
    jobPlaces: places.jobs,
    pagePlaces: places.pages,
  };
}

/** p-queue's signal frees the place of a running task before the task has stopped, so it is only passed on while waiting. */
async function start<T>(
  queue: PQueue,
  work: () => Promise<T>,
  signal: AbortSignal,
  priority: number,
): Promise<T> {
  signal.throwIfAborted();
  const waiting = new AbortController();
  const leave = () => waiting.abort(signal.reason);
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await queue.add(
      () => {
        signal.removeEventListener('abort', leave);
        return work();
      },
      { signal: waiting.signal, priority },
    );
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
