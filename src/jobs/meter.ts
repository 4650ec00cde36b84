/**
 * Counts pages against whoever pays for them. For each job the service calls `reserve` once, at
 * submission, and `settle` when the job is final or gone.
 */
export interface Meter {
  /** Does this owner pay? Pages are only counted in advance where somebody does. */
  charges(owner: string): Promise<boolean>;
  /** Rejects with `insufficient_credits` naming balance and need. */
  reserve(owner: string, jobId: string, pages: number): Promise<void>;
  /** Charges `pages` of what was reserved and gives the rest back; without a reservation nothing happens. */
  settle(owner: string, jobId: string, pages: number): Promise<void>;
  /** Reservations that were never settled: their process may have died. */
  outstanding(): Promise<readonly { readonly owner: string; readonly jobId: string }[]>;
}

/** Nobody pays. */
export const FREE: Meter = {
  charges: async () => false,
  reserve: async () => {},
  settle: async () => {},
  outstanding: async () => [],
};
