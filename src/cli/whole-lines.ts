import { Transform, type TransformCallback } from 'node:stream';

const LINE_FEED = 10;

/**
 * Passes on whole lines only. The SDK joins its buffer anew with every chunk, which makes a line of
 * 20 MB (a `data:` source) take ten seconds; here each byte is copied once.
 */
export class WholeLines extends Transform {
  readonly #pending: Buffer[] = [];

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const end = chunk.lastIndexOf(LINE_FEED) + 1;
    if (end > 0) this.push(Buffer.concat([...this.#pending.splice(0), chunk.subarray(0, end)]));
    if (end < chunk.length) this.#pending.push(chunk.subarray(end));
    done();
  }

  override _flush(done: TransformCallback): void {
    if (this.#pending.length > 0) this.push(Buffer.concat(this.#pending));
    done();
  }
}
