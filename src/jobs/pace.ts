import type { PageSource } from '../document/page.js';

/** Weight of the newest page in the running mean: the last twenty or so pages count. */
const NEWEST = 0.1;
/** Seconds to name when nothing was measured yet. */
const FIRST_GUESS = 10;
/** Nobody should be told to come back later than this, in seconds. */
const LONGEST = 600;

/** Finished pages of one source and the seconds they took in all. */
export interface PageTotal {
  readonly pages: number;
  readonly seconds: number;
}

/** Counts finished work and estimates how long a refused caller should stay away. */
export class Pace {
  jobs = 0;
  pages = 0;
  /** Seconds a page takes in its thread; 0 while nothing is known. */
  secondsPerPage = 0;
  readonly bySource = new Map<PageSource, PageTotal>();
  #secondsPerJob = 0;

  page(milliseconds: number, source: PageSource): void {
    this.pages += 1;
    const { pages, seconds } = this.bySource.get(source) ?? { pages: 0, seconds: 0 };
    this.bySource.set(source, { pages: pages + 1, seconds: seconds + milliseconds / 1000 });
    this.secondsPerPage = mean(this.secondsPerPage, milliseconds / 1000);
  }

  job(milliseconds: number): void {
    this.jobs += 1;
    this.#secondsPerJob = mean(this.#secondsPerJob, milliseconds / 1000);
  }

  /** Seconds until one of `places` is expected to come free. */
  secondsUntilPlace(places: number): number {
    const seconds = this.#secondsPerJob ? this.#secondsPerJob / places : FIRST_GUESS;
    return Math.min(LONGEST, Math.max(1, Math.ceil(seconds)));
  }
}

const mean = (before: number, value: number): number =>
  before === 0 ? value : before + NEWEST * (value - before);
