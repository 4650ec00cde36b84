import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { LegibleError } from '../errors.js';
import { type ReceiveLimits, receiveFile, stalled, type Upload } from '../jobs/uploads/receive.js';

/** Text fields are small: a page range, a format. */
const MAX_FIELD_BYTES = 16_384;
const MAX_FIELDS = 20;

/**
 * Reads a multipart body with exactly one file in the part called `fileField`, without holding it in
 * memory. Errors: `invalid_argument` (no multipart, no file, too many), `file_too_large`.
 */
export async function receiveMultipart(
  request: IncomingMessage,
  fileField: string,
  limits: ReceiveLimits,
): Promise<{ fields: Record<string, string>; upload: Upload }> {
  const fields: Record<string, string> = {};
  let receiving: Promise<Upload> | undefined;
  let fault: LegibleError | undefined;
  const stop = new AbortController();
  const invalid = (message: string): LegibleError =>
    new LegibleError(
      'invalid_argument',
      message,
      `Send multipart/form-data with one file in the part "${fileField}".`,
    );

  let parser: BusboyInstance;
  try {
    // `+ 1` lets the byte over the limit through, so that `receiveFile` is the one place that refuses.
    parser = new Busboy({
      headers: { ...request.headers, 'content-type': request.headers['content-type'] ?? '' },
      limits: { files: 2, fields: MAX_FIELDS, fieldSize: MAX_FIELD_BYTES, fileSize: limits.maxBytes + 1 },
    });
  } catch {
    throw invalid('The body is not multipart/form-data.');
  }
  parser.on('field', (name, value) => {
    fields[name] = value;
  });
  parser.on('file', (field, stream, name) => {
    if (field !== fileField || receiving) {
      fault ??= invalid(
        receiving
          ? 'More than one file was sent.'
          : `The part "${field}" holds a file; expected "${fileField}".`,
      );
      stream.resume();
      return;
    }
    receiving = receiveFile(stream, name, limits, stop.signal);
    receiving.catch((error) => {
      if (error instanceof LegibleError) fault ??= error;
      stop.abort();
    });
  });

  request.setTimeout(limits.idleMilliseconds, () => {
    fault ??= stalled();
    stop.abort();
  });
  try {
    await pipeline(request, parser, { signal: stop.signal });
  } catch {
    // The file's own stream knows nothing of a request that broke off: it is stopped here.
    stop.abort();
    await receiving?.catch(() => undefined);
    throw fault ?? invalid('The upload broke off, or its multipart body is malformed.');
  } finally {
    // The socket is gone when the client is.
    if (request.socket) request.setTimeout(0);
  }
  const upload = receiving && (await receiving);
  if (fault || !upload) {
    await upload?.remove();
    throw fault ?? invalid(`The part "${fileField}" is missing.`);
  }
  return { fields, upload };
}
