/**
 * Counts pages against whoever pays for them. The job service calls it in this order, for each job
 * once: `reserve` at submission, `settle` when the job is final.
 */
export interface Meter {
  /** Rejects with `insufficient_credits` naming balance and need. */
  reserve(owner: string, jobId: string, pages: number): Promise<void>;
  /** Charges `pages` of what was reserved and gives the rest back; without a reservation nothing happens. */
  settle(owner: string, jobId: string, pages: number): Promise<void>;
}
