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
  readonly maxBytes: number;
  /** Milliseconds without a byte after which a slow client is given up. */
  readonly idleMilliseconds: number;
}

export const tooLarge = (maxBytes: number): LegibleError =>
  new LegibleError(
    'file_too_large',
    `The file is larger than the limit of ${maxBytes / 1_000_000} MB.`,
    'Send a smaller file or fewer pages; the operator can raise --max-file-mb.',
  );

/** Streams `source` to a new file readable by the owner only; a partial file is removed on any failure. */
export async function receiveFile(
  source: Readable,
  name: string,
  limits: ReceiveLimits,
  signal?: AbortSignal,
): Promise<Upload> {
  const path = join(limits.directory, `${randomUUID()}.part`);
  const hash = createHash('sha256');
  let bytes = 0;
  await mkdir(limits.directory, { recursive: true, mode: 0o700 });
  const remove = () => rm(path, { force: true });
  try {
    await pipeline(
      source,
      async function* measured(chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          bytes += chunk.length;
          if (bytes > limits.maxBytes) throw tooLarge(limits.maxBytes);
          hash.update(chunk);
          yield chunk;
        }
      },
      createWriteStream(path, { mode: 0o600, flush: true }),
      { signal },
    );
  } catch (error) {
    await remove();
    throw error;
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
