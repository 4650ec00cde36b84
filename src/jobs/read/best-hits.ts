import type { SearchHit } from '../api.js';

/** A hit, and whether the document itself states the text it stands in. */
export interface Found extends SearchHit {
  readonly certainText: boolean;
}

/** Hits kept for each one wanted before the worse are dropped. */
const SLACK = 4;

/**
 * The best hits of any number. In text that the document states itself a near miss is another word,
 * so it counts only when there is no exact hit at all.
 */
export class BestHits {
  readonly #limit: number;
  /** Near misses in certain text are kept apart until it is known whether they count. */
  #nearMisses: Found[] = [];
  #hits: Found[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  get none(): boolean {
    return this.#hits.length === 0 && this.#nearMisses.length === 0;
  }

  add(found: readonly Found[]): void {
    for (const hit of found) {
      const nearMiss = hit.score < 1 && hit.certainText;
      (nearMiss ? this.#nearMisses : this.#hits).push(hit);
    }
    if (this.#hits.length > SLACK * this.#limit) this.#hits = this.#bestOf(this.#hits);
    if (this.#nearMisses.length > SLACK * this.#limit) this.#nearMisses = this.#bestOf(this.#nearMisses);
  }

  /** Best first, then in page order. */
  all(): SearchHit[] {
    const exact = this.#hits.some(({ score }) => score === 1);
    return this.#bestOf(exact ? this.#hits : [...this.#hits, ...this.#nearMisses]).map(
      ({ certainText: _, ...hit }) => hit,
    );
  }

  /** Equal hits stay in the order in which they were found. */
  #bestOf(hits: Found[]): Found[] {
    return hits.sort((a, b) => b.score - a.score || a.page - b.page).slice(0, this.#limit);
  }
}
