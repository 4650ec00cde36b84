/** One file of the corpus. */
export interface CorpusDocument {
  readonly file: string;
  /** What it is there for, in one phrase; goes into the README's table. */
  readonly purpose: string;
  /** What a correct reading of it looks like. */
  readonly expected: string;
  readonly make: () => Promise<Buffer> | Buffer;
}
