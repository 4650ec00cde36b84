/**
 * Who works when. Two levels: owners take turns in having their oldest waiting job admitted; the pages
 * of the admitted jobs share the threads so that each job gets its turn, however many pages it has.
 *
 * A task whose signal fires while it waits rejects with the signal's reason and never starts. Once
 * started, the task itself must listen; its place is free again only when its promise has settled.
 */
export interface WorkQueue {
  admitJob(owner: string, work: () => Promise<void>, signal: AbortSignal): Promise<void>;
  runPage<T>(job: string, work: () => Promise<T>, signal: AbortSignal): Promise<T>;
  /** The job hands in no more pages. */
  forgetJob(job: string): void;
  /** Jobs that were not admitted yet. */
  readonly waitingJobs: number;
  /** Jobs that are being worked on. */
  readonly runningJobs: number;
  readonly jobPlaces: number;
  readonly pagePlaces: number;
}
