import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { LegibleError } from '../../errors.js';

/** A file that a client sent, on disk; `remove` is idempotent. */
export interface Upload {
  readonly path: string;
  /** The client's name for it, folders removed. */
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  remove(): Promise<void>;
}

export interface ReceiveLimits {
  readonly directory: string;
  /** Uploads received at the same time. */
  readonly places: UploadPlaces;
  readonly maxBytes: number;
  /** Milliseconds without a byte after which a slow client is given up. */
  readonly idleMilliseconds: number;
}

/** Seconds after which a place is likely to be free. */
const RETRY_SECONDS = 2;

export const stalled = (): LegibleError =>
  new LegibleError('invalid_argument', 'The upload stalled.', 'Send it again over a steadier connection.');

export const tooLarge = (maxBytes: number): LegibleError =>
  new LegibleError(
    'file_too_large',
    `The file is larger than the limit of ${maxBytes / 1_000_000} MB.`,
    'Send a smaller file or fewer pages; the operator can raise --max-file-mb.',
  );

/** How many uploads are received at the same time, whichever way they come in. */
export class UploadPlaces {
  readonly #most: number;
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Answers what gives the place back. Errors: `too_many_uploads`. */
  take(): () => void {
    if (this.#taken >= this.#most) {
      throw new LegibleError(
        'too_many_uploads',
        `${this.#taken} ${this.#taken === 1 ? 'upload is' : 'uploads are'} under way.`,
        'Try again in a few seconds; the operator can raise --max-uploads.',
        { retryAfter: RETRY_SECONDS },
      );
    }
    this.#taken += 1;
    return () => {
      this.#taken -= 1;
    };
  }
}

/**
 * Streams `source` to a new file readable by the owner only; a partial file is removed on any failure.
 * Errors: `file_too_large`, `too_many_uploads`, `invalid_argument` when nothing arrives for too long.
 */
export async function receiveFile(
  source: Readable,
  name: string,
  limits: ReceiveLimits,
  signal?: AbortSignal,
): Promise<Upload> {
  const leave = limits.places.take();
  const path = join(limits.directory, `${randomUUID()}.part`);
  const hash = createHash('sha256');
  let bytes = 0;
  const remove = () => rm(path, { force: true });
  const idle = new AbortController();
  const timer = setTimeout(() => idle.abort(), limits.idleMilliseconds);
  try {
    await mkdir(limits.directory, { recursive: true, mode: 0o700 });
    await pipeline(
      source,
      async function* measured(chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          timer.refresh();
          bytes += chunk.length;
          if (bytes > limits.maxBytes) throw tooLarge(limits.maxBytes);
          hash.update(chunk);
          yield chunk;
        }
      },
      createWriteStream(path, { mode: 0o600, flush: true }),
      { signal: signal ? AbortSignal.any([signal, idle.signal]) : idle.signal },
    );
  } catch (error) {
    await remove();
    throw idle.signal.aborted ? stalled() : error;
  } finally {
    clearTimeout(timer);
    leave();
  }
  return { path, name: baseName(name), bytes, sha256: hash.digest('hex'), remove };
}

const baseName = (name: string): string => name.split(/[\\/]/).pop()?.trim() || 'document';

/** The bytes of an upload, in shared memory: worker threads read them without a copy. */
export async function readUpload(upload: Upload): Promise<Uint8Array> {
  const bytes = new Uint8Array(new SharedArrayBuffer(upload.bytes));
  const file = await open(upload.path, 'r');
  try {
    for (let offset = 0; offset < bytes.length; ) {
      const { bytesRead } = await file.read(bytes, offset, bytes.length - offset, offset);
      if (bytesRead === 0) break;
      offset += bytesRead;
    }
  } finally {
    await file.close();
  }
  return bytes;
}
