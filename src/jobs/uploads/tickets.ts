import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Readable } from 'node:stream';
import { LegibleError } from '../../errors.js';
import { KeptUploads } from './kept-uploads.js';
import { type ReceiveLimits, receiveFile, type Upload } from './receive.js';

/** Time to start the upload; a person may have to fetch the file first. */
const TICKET_MILLISECONDS = 15 * 60_000;
/** Time to use an uploaded file. */
const FILE_MILLISECONDS = 60 * 60_000;

/** Files of one owner that wait to be sent or used: more would fill the disk before they expire. */
const MOST_OF_ONE_OWNER = 100;

/** Permission to send one file. */
export interface UploadTicket {
  /** `upload:…`, what `extract_document` takes as its source afterwards. */
  readonly reference: string;
  /** Where the file goes with one `PUT`; knowing it is the permission. */
  readonly url: string;
  readonly expiresAt: number;
}

const SCHEME = 'upload:';
export const isUploadReference = (reference: string): boolean => reference.startsWith(SCHEME);

interface Entry {
  readonly owner: string;
  readonly token: string;
  expiresAt: number;
  state: 'open' | 'receiving' | 'received';
  upload?: Upload;
}

const notFound = (): LegibleError =>
  new LegibleError(
    'upload_not_found',
    'There is no such upload: it expired, was used, or belongs to another key.',
    'Ask for a new upload and send the file again.',
  );

/** Uploads that wait to be sent or used. What is expired is removed at the next call. */
export class UploadTickets {
  readonly #entries = new Map<string, Entry>();
  /** For whoever receives files in another way: the places are shared. */
  readonly limits: ReceiveLimits;
  readonly #kept: KeptUploads | undefined;
  #cleaned = false;

  /** With `durable`, received files outlive the process until they expire. */
  constructor(limits: ReceiveLimits, { durable = false } = {}) {
    this.limits = limits;
    this.#kept = durable ? new KeptUploads(limits.directory) : undefined;
  }

  /** Tickets whose file has not arrived. */
  get open(): number {
    return [...this.#entries.values()].filter((entry) => entry.state !== 'received').length;
  }

  /** A ticket whose URL is below `baseUrl`, its path included. Errors: `too_many_uploads`. */
  async create(owner: string, baseUrl: string): Promise<UploadTicket> {
    await this.sweep();
    const waiting = [...this.#entries.values()].filter((entry) => entry.owner === owner).length;
    if (waiting >= MOST_OF_ONE_OWNER) {
      throw new LegibleError(
        'too_many_uploads',
        `${waiting} uploads wait to be sent or used.`,
        'Use or delete them first; they expire within the hour.',
      );
    }
    const id = randomBytes(10).toString('hex');
    const token = randomBytes(24).toString('base64url');
    const expiresAt = Date.now() + TICKET_MILLISECONDS;
    this.#entries.set(id, { owner, token, expiresAt, state: 'open' });
    const url = new URL(`uploads/${id}/${token}`, baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`).href;
    return { reference: `${SCHEME}${id}`, url, expiresAt };
  }

  /** Takes the file of a ticket, once; a failed attempt may be repeated. Errors: `upload_not_found`, `file_too_large`. */
  async receive(
    id: string,
    token: string,
    source: Readable,
    name: string,
    signal?: AbortSignal,
  ): Promise<Upload> {
    await this.sweep();
    const entry = this.#entries.get(id);
    if (entry?.state !== 'open' || !sameToken(entry.token, token)) throw notFound();
    entry.state = 'receiving';
    try {
      const upload = await receiveFile(source, name, this.limits, signal);
      const expiresAt = Date.now() + FILE_MILLISECONDS;
      const { owner } = entry;
      entry.upload = (await this.#kept?.keep(id, { owner, expiresAt, upload })) ?? upload;
      entry.state = 'received';
      entry.expiresAt = expiresAt;
      return entry.upload;
    } finally {
      if (entry.state === 'receiving') entry.state = 'open';
    }
  }

  /** The file behind `upload:…`, for its owner. It stays until it expires, so that a failed call can be repeated. */
  async resolve(reference: string, owner: string): Promise<Upload> {
    await this.sweep();
    const id = reference.slice(SCHEME.length);
    const entry = this.#entries.get(id) ?? (await this.#kept?.find(id));
    if (entry?.owner !== owner || entry.expiresAt <= Date.now()) throw notFound();
    if (!entry.upload) {
      throw new LegibleError(
        'upload_not_found',
        'The file of this upload has not arrived yet.',
        'Send it with `curl -T FILE URL` first.',
      );
    }
    return entry.upload;
  }

  /** Removes what is expired. */
  async sweep(now = Date.now()): Promise<void> {
    if (!this.#cleaned) {
      this.#cleaned = true;
      await this.#kept?.sweep(now);
    }
    for (const [id, entry] of this.#entries) {
      if (entry.expiresAt > now || entry.state === 'receiving') continue;
      this.#entries.delete(id);
      await entry.upload?.remove();
    }
  }

  /** Removes a file before its time, for its owner. */
  async remove(reference: string, owner: string): Promise<void> {
    const id = reference.slice(SCHEME.length);
    const entry = this.#entries.get(id) ?? (await this.#kept?.find(id));
    if (entry?.owner !== owner) return;
    this.#entries.delete(id);
    await entry.upload?.remove();
  }

  /** Durable files stay for the next process. */
  async close(): Promise<void> {
    if (this.#kept) return;
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    await Promise.all(entries.map((entry) => entry.upload?.remove()));
  }
}

function sameToken(expected: string, presented: string): boolean {
  const a = Buffer.from(expected);
  const b = Buffer.from(presented);
  return a.length === b.length && timingSafeEqual(a, b);
}
