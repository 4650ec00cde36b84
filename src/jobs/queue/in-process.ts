import PQueue from 'p-queue';
import type { WorkQueue } from './port.js';
import { Turns } from './turns.js';

/** A queue inside this process: owners take turns with their jobs, and jobs with their pages. */
export function createInProcessQueue(places: { jobs: number; pages: number }): WorkQueue {
  const jobs = new PQueue({ concurrency: places.jobs });
  const pages = new PQueue({ concurrency: places.pages });
  const turnsOfOwners = new Turns();
  const turnsOfJobs = new Turns();

  function inTurn<T>(
    queue: PQueue,
    turns: Turns,
    party: string,
    work: () => Promise<T>,
    signal: AbortSignal,
  ) {
    signal.throwIfAborted();
    const turn = turns.take(party);
    const task = () => {
      turns.began(turn);
      return work();
    };
    return start(queue, task, signal, -turn);
  }

  return {
    admitJob: async (owner, work, signal) => inTurn(jobs, turnsOfOwners, owner, work, signal),
    runPage: async (job, work, signal) => inTurn(pages, turnsOfJobs, job, work, signal),
    forgetJob: (job) => turnsOfJobs.forget(job),
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
