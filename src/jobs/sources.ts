import PQueue from 'p-queue';
import type { DocumentFile, Intake } from '../pipeline/api.js';
import type { Source } from './api.js';
import { readUpload } from './uploads/receive.js';
import { isUploadReference, type UploadTickets } from './uploads/tickets.js';

/** Sources read at the same time, and apart from them downloads: each is in memory until its job is stored. */
const INTAKE_PLACES = 8;

/** Reads what callers hand in, a few at a time. */
export class Sources {
  readonly #intake: Intake;
  readonly #uploads: UploadTickets | undefined;
  // Slow servers hold up other downloads only.
  readonly #reading = new PQueue({ concurrency: INTAKE_PLACES });
  readonly #downloading = new PQueue({ concurrency: INTAKE_PLACES });

  constructor(intake: Intake, uploads?: UploadTickets) {
    this.#intake = intake;
    this.#uploads = uploads;
  }

  /** Reads a source and hands its file over; its place is free again when `use` has ended. */
  read<T>(
    source: Source,
    owner: string,
    use: (file: DocumentFile) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const remote = 'reference' in source && /^\s*https?:/i.test(source.reference);
    return (remote ? this.#downloading : this.#reading).add(async () => {
      signal?.throwIfAborted();
      const file = await this.#fileOf(source, owner, signal);
      signal?.throwIfAborted();
      return use(file);
    });
  }

  async #fileOf(source: Source, owner: string, signal?: AbortSignal): Promise<DocumentFile> {
    const intake = this.#intake;
    if ('upload' in source) return intake.fromBytes(source.upload.bytes, source.upload.name);
    if (!this.#uploads || !isUploadReference(source.reference))
      return intake.fromReference(source.reference, signal);
    const upload = await this.#uploads.resolve(source.reference, owner);
    return intake.fromBytes(await readUpload(upload), upload.name);
  }
}
