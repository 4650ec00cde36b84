import { Agent, buildConnector, fetch } from 'undici';
import { LegibleError } from '../../errors.js';
import { isPrivateAddress, isPrivateHost } from './private-address.js';
import { emptyFile, fileTooLarge } from './size.js';

/** Download sites use two or three; more is a loop. */
const MOST_REDIRECTS = 5;

export interface FetchLimits {
  readonly maxBytes: number;
  /** Milliseconds for the whole download. */
  readonly timeout: number;
  readonly allowPrivateNetwork: boolean;
}

export interface Fetched {
  readonly bytes: Uint8Array;
  /** Not cleaned yet. */
  readonly name: string;
}

/**
 * Downloads a file. Each hop's host is refused when it is private as written, and again by the
 * address that was really connected to, so a name that resolves differently the second time gains
 * nothing. Errors: `url_not_allowed`, `fetch_failed`, `file_too_large`, `empty_file`, `cancelled`.
 */
export async function fetchUrl(url: URL, limits: FetchLimits, signal?: AbortSignal): Promise<Fetched> {
  const dispatcher = guardedAgent(limits);
  const timeout = AbortSignal.timeout(limits.timeout);
  try {
    const either = signal ? AbortSignal.any([signal, timeout]) : timeout;
    return await download(url, limits, dispatcher, either);
  } catch (error) {
    const refused = findLegibleError(error);
    if (refused) throw refused;
    signal?.throwIfAborted();
    throw fetchFailed(
      timeout.aborted
        ? `The download took longer than ${limits.timeout / 1000} s.`
        : `The download failed: ${networkReason(error)}.`,
      error,
    );
  } finally {
    await dispatcher.destroy().catch(() => undefined);
  }
}

function guardedAgent({ allowPrivateNetwork, timeout }: FetchLimits): Agent {
  const connect = buildConnector({ timeout });
  return new Agent({
    connect(options, callback) {
      connect(options, (...result) => {
        const [error, socket] = result;
        if (error) return callback(error, null);
        // Proxies and unix sockets have no remote address: nothing is known about them, so they are refused.
        if (!allowPrivateNetwork && isPrivateAddress(socket?.remoteAddress ?? '')) {
          socket?.destroy();
          return callback(privateAddress(), null);
        }
        return callback(null, socket);
      });
    },
  });
}

async function download(
  start: URL,
  limits: FetchLimits,
  dispatcher: Agent,
  signal: AbortSignal,
): Promise<Fetched> {
  let url = start;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      throw new LegibleError(
        'url_not_allowed',
        'The address leads to something that is not http(s).',
        'Pass a direct http(s) link to the file.',
      );
    }
    if (!limits.allowPrivateNetwork && isPrivateHost(url.hostname)) throw privateAddress();
    const response = await fetch(url, {
      dispatcher,
      signal,
      redirect: 'manual',
      headers: { accept: 'application/pdf, image/*;q=0.9, */*;q=0.5', 'user-agent': 'legible' },
    });
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      if (!URL.canParse(location, url.href)) throw fetchFailed('The server redirects to a broken address.');
      url = new URL(location, url);
      continue;
    }
    if (!response.ok) throw badStatus(response.status);
    const declared = Number(response.headers.get('content-length'));
    if (declared > limits.maxBytes) throw fileTooLarge(limits.maxBytes, declared);
    const bytes = await readBody(response.body ?? [], limits.maxBytes);
    if (bytes.byteLength === 0) throw emptyFile();
    return { bytes, name: fileName(response.headers.get('content-disposition'), url) };
  }
  throw fetchFailed(`The address redirects more than ${MOST_REDIRECTS} times.`);
}

/** Counts after decompression, so a small download cannot grow past the limit. */
async function readBody(body: AsyncIterable<Uint8Array> | Iterable<never>, maxBytes: number) {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > maxBytes) throw fileTooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function fileName(disposition: string | null, url: URL): string {
  const extended = disposition && /filename\*\s*=\s*[\w-]*'[^']*'([^;]+)/i.exec(disposition)?.[1];
  const plain = disposition && /filename\s*=\s*(?:"([^"]*)"|([^;]+))/i.exec(disposition);
  const fromPath = url.pathname.split('/').pop() ?? '';
  return decode(extended || (plain && (plain[1] ?? plain[2])) || fromPath);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** fetch wraps what the connector throws, sometimes twice. */
function findLegibleError(error: unknown): LegibleError | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof LegibleError) return cause;
  }
  return undefined;
}

const NETWORK_REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name could not be looked up',
  ECONNREFUSED: 'the server refuses the connection',
  ECONNRESET: 'the server closed the connection',
  UND_ERR_SOCKET: 'the server closed the connection',
  UND_ERR_CONNECT_TIMEOUT: 'the server does not answer',
  ETIMEDOUT: 'the server does not answer',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
};

function networkReason(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code && NETWORK_REASONS[code]) return NETWORK_REASONS[code];
  }
  return 'the connection broke';
}

const privateAddress = () =>
  new LegibleError(
    'url_not_allowed',
    'The address is private: this machine or its own network.',
    'Pass a public address or a path; the operator can open private networks with --allow-private-network.',
  );

const fetchFailed = (message: string, cause?: unknown) =>
  new LegibleError(
    'fetch_failed',
    message,
    'Check the address, or download the file and pass its path or an upload: reference.',
    { cause },
  );

function badStatus(status: number): LegibleError {
  if (status === 401 || status === 403) return fetchFailed(`The server wants a login (HTTP ${status}).`);
  if (status === 404 || status === 410)
    return fetchFailed(`There is no file at this address (HTTP ${status}).`);
  return fetchFailed(`The server answered with HTTP ${status}.`);
}
