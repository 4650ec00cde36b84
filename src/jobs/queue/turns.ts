/** Parties remembered before those whose turn has passed are forgotten; they lose nothing by it. */
const MANY = 1_000;

/**
 * Start-time fair queueing (Goyal, Vin, Cheng 1996) for tasks of equal weight: each party's next task is
 * due one turn after its last, and whoever comes new joins at the present turn. So a party with one task
 * waits for the running ones only, however many tasks the others have handed in.
 */
export class Turns {
  readonly #next = new Map<string, number>();
  #present = 0;

  /** The turn of the party's next task; lower turns come first. */
  take(party: string): number {
    const turn = Math.max(this.#present, this.#next.get(party) ?? 0);
    this.#next.set(party, turn + 1);
    if (this.#next.size > MANY) this.#forgetPassed();
    return turn;
  }

  /** A task of this turn has started. */
  began(turn: number): void {
    this.#present = Math.max(this.#present, turn);
  }

  forget(party: string): void {
    this.#next.delete(party);
  }

  #forgetPassed(): void {
    for (const [party, turn] of this.#next) if (turn <= this.#present) this.#next.delete(party);
  }
}
