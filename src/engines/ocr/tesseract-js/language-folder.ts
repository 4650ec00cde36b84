import { rmSync } from 'node:fs';
import { copyFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { LanguageFile } from '../language-data.js';
import type { LanguageSet } from './protocol.js';

/**
 * Brings the data of several languages into one folder, the only form in which tesseract.js takes them.
 * Languages that lie together already are used where they are; npm has a package for each, so
 * combinations of those are copied into a temporary folder.
 */
export class LanguageFolder {
  #folder: Promise<string> | undefined;
  readonly #copies = new Map<string, Promise<void>>();
  #remove = () => {};

  async together(files: readonly LanguageFile[]): Promise<LanguageSet> {
    const codes = files.map((file) => file.code).join('+');
    const [first] = files;
    const folder = dirname(first.path);
    if (files.every((file) => dirname(file.path) === folder && file.gzip === first.gzip)) {
      return { codes, folder, gzip: first.gzip };
    }
    // tesseract.js looks into the bytes for gzip, so one ending serves for both kinds.
    await Promise.all(files.map((file) => this.#copy(file)));
    return { codes, folder: await this.#temporary(), gzip: false };
  }

  close(): void {
    this.#remove();
  }

  #copy(file: LanguageFile): Promise<void> {
    let copy = this.#copies.get(file.path);
    if (!copy) {
      copy = this.#temporary().then((folder) =>
        copyFile(file.path, join(folder, basename(file.path, '.gz'))),
      );
      this.#copies.set(file.path, copy);
    }
    return copy;
  }

  #temporary(): Promise<string> {
    this.#folder ??= mkdtemp(join(tmpdir(), 'legible-tessdata-')).then((folder) => {
      const atExit = () => rmSync(folder, { recursive: true, force: true });
      process.once('exit', atExit);
      this.#remove = () => {
        process.off('exit', atExit);
        atExit();
      };
      return folder;
    });
    return this.#folder;
  }
}
