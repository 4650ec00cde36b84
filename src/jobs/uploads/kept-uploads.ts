import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '../durable-write.js';
import type { Upload } from './receive.js';

const ID = /^[0-9a-f]{20}$/;
/** A file that is still arriving is written to all the time; one left behind by a dead process is not. */
const ABANDONED = 3_600_000;

/** A received file and whose it is, as it outlives the process. */
export interface KeptUpload {
  readonly owner: string;
  readonly expiresAt: number;
  readonly upload: Upload;
}

interface Facts extends Omit<KeptUpload, 'upload'> {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Received files in a folder: `ID.file` and, written last, `ID.json`. Several processes may share the
 * folder, since ids are random and nothing is changed after it was written.
 */
export class KeptUploads {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Moves the received file to its place; it counts once this resolves. */
  async keep(id: string, { owner, expiresAt, upload }: KeptUpload): Promise<Upload> {
    const kept = this.#upload(id, upload);
    await rename(upload.path, kept.path);
    const { name, bytes, sha256 } = upload;
    const facts: Facts = { owner, expiresAt, name, bytes, sha256 };
    await writeDurably(join(this.#folder, `${id}.json`), JSON.stringify(facts));
    return kept;
  }

  async find(id: string): Promise<KeptUpload | undefined> {
    if (!ID.test(id)) return undefined;
    const text = await readFile(join(this.#folder, `${id}.json`), 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    const { owner, expiresAt, ...facts }: Facts = JSON.parse(text);
    return { owner, expiresAt, upload: this.#upload(id, facts) };
  }

  /** Removes expired files and what broken-off uploads left. */
  async sweep(now: number): Promise<void> {
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const [id] = name.split('.');
      const old = async () => {
        const found = await stat(join(this.#folder, name)).catch(() => undefined);
        return found !== undefined && now - found.mtimeMs > ABANDONED;
      };
      if (name.endsWith('.json') && ID.test(id)) {
        const kept = await this.find(id);
        if (kept && kept.expiresAt <= now) await kept.upload.remove();
      } else if ((name.endsWith('.part') || name.startsWith('.tmp-')) && (await old())) {
        await rm(join(this.#folder, name), { force: true });
      }
    }
  }

  #upload(id: string, { name, bytes, sha256 }: Pick<Upload, 'name' | 'bytes' | 'sha256'>): Upload {
    const path = join(this.#folder, `${id}.file`);
    const remove = async () => {
      await rm(join(this.#folder, `${id}.json`), { force: true });
      await rm(path, { force: true });
    };
    return { path, name, bytes, sha256, remove };
  }
}
