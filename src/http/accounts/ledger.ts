import { constants } from 'node:fs';
import { mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import PQueue from 'p-queue';
import * as z from 'zod';

const at = z.number();
/** One line of the ledger. The state of all accounts is the fold of its lines. */
export const LedgerEntry = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('key'),
    at,
    id: z.string(),
    email: z.string(),
    hash: z.string(),
    pages: z.number(),
    signup: z.boolean(),
  }),
  z.object({ type: z.literal('revoke'), at, id: z.string() }),
  z.object({ type: z.literal('grant'), at, id: z.string(), pages: z.number() }),
  z.object({ type: z.literal('reserve'), at, id: z.string(), job: z.string(), pages: z.number() }),
  z.object({ type: z.literal('settle'), at, id: z.string(), job: z.string(), pages: z.number() }),
]);
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/**
 * An append-only file of JSON lines. A line counts once its line feed is on disk, so a crash loses at
 * most an entry that nobody was told about. Several processes may append (`O_APPEND`, one write a
 * line): the operator's `legible keys` works beside a running server, which reads on before each use.
 */
export class Ledger {
  readonly #path: string;
  readonly #apply: (entry: LedgerEntry) => void;
  readonly #turn = new PQueue({ concurrency: 1 });
  #read = 0;

  constructor(path: string, apply: (entry: LedgerEntry) => void) {
    this.#path = path;
    this.#apply = apply;
  }

  /** Applies what was appended since the last call, by anyone. */
  refresh(): Promise<void> {
    return this.#turn.add(() => this.#readOn());
  }

  /**
   * Brings the state up to date, lets `decide` look at it, and appends what it returns. Nothing else
   * of this process runs in between.
   */
  append(decide: () => LedgerEntry | undefined): Promise<void> {
    return this.#turn.add(async () => {
      await this.#readOn();
      const entry = decide();
      if (!entry) return;
      await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
      const file = await open(this.#path, constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY, 0o600);
      try {
        // The leading line feed ends a line that a crash may have torn; empty lines mean nothing.
        await file.write(`\n${JSON.stringify(entry)}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await this.#readOn();
    });
  }

  async #readOn(): Promise<void> {
    const size = await stat(this.#path).then(
      (found) => found.size,
      () => 0,
    );
    if (size <= this.#read) return;
    const file = await open(this.#path, 'r');
    try {
      const chunk = Buffer.alloc(size - this.#read);
      await file.read(chunk, 0, chunk.length, this.#read);
      const end = chunk.lastIndexOf(0x0a) + 1;
      for (const line of chunk.toString('utf8', 0, end).split('\n')) {
        const entry = LedgerEntry.safeParse(parseLine(line));
        if (entry.success) this.#apply(entry.data);
      }
      this.#read += end;
    } finally {
      await file.close();
    }
  }
}

/** Empty lines, and lines torn by a crash, are nothing. */
function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
