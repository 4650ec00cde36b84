import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findPackage, listScope, packageFolders } from '../packages.js';

/** Scope of the npm packages with Tesseract's language data, published by the tesseract.js project. */
export const LANGUAGE_SCOPE = '@tesseract.js-data';
/** Data variants inside such a package, best first: integer models are half the cost of the others at equal quality. */
const VARIANTS = ['4.0.0_best_int', '4.0.0'] as const;
/** Where distributions put `*.traineddata`. */
const SYSTEM_FOLDERS = [
  '/usr/share/tesseract-ocr/5/tessdata',
  '/usr/share/tesseract-ocr/4.00/tessdata',
  '/usr/share/tesseract-ocr/tessdata',
  '/usr/share/tessdata',
  '/usr/share/tesseract/tessdata',
  '/usr/local/share/tessdata',
  '/opt/homebrew/share/tessdata',
  'C:\\Program Files\\Tesseract-OCR\\tessdata',
];
/**
 * System files above this size hold float models or the legacy engine beside the integer one (English: fast 4 MB,
 * best 15 MB, standard 23 MB), slower than npm's data at equal quality, so npm's come first then.
 */
const FAST_DATA_MAX_BYTES = 9_000_000;
const SUFFIX = '.traineddata';

export interface LanguageDataOptions {
  /** Folder named by the user; wins over everything. */
  readonly tessdata?: string;
  readonly enginesDir?: string;
}

/** A language's data file; `gzip` tells whether it must be unpacked. */
export interface LanguageFile {
  readonly code: string;
  readonly path: string;
  readonly gzip: boolean;
  readonly origin: 'setting' | 'system' | 'npm';
}

/**
 * Finds Tesseract language data on this machine and never downloads any: the folder of the settings,
 * `TESSDATA_PREFIX`, `tessdata` in the engines folder, small (`fast`) files in the usual system folders, npm packages, large system files.
 */
export class LanguageData {
  readonly #options: LanguageDataOptions;

  constructor(options: LanguageDataOptions = {}) {
    this.#options = options;
  }

  /** Codes of all languages that have data, `osd` and other helpers left out, sorted. */
  list(): string[] {
    const codes = new Set<string>();
    for (const folder of [...this.#chosenFolders(), ...SYSTEM_FOLDERS]) {
      if (!existsSync(folder)) continue;
      for (const name of readdirSync(folder))
        if (name.endsWith(SUFFIX)) codes.add(name.slice(0, -SUFFIX.length));
    }
    for (const code of listScope(LANGUAGE_SCOPE, this.#packageFolders()))
      if (this.#fromNpm(code)) codes.add(code);
    for (const helper of ['osd', 'equ', 'snum']) codes.delete(helper);
    return [...codes].sort();
  }

  /** The best data file for a code, or null. */
  find(code: string): LanguageFile | null {
    return (
      this.#fromFolders(code, this.#chosenFolders(), 'setting') ??
      this.#fromFolders(code, SYSTEM_FOLDERS, 'system', FAST_DATA_MAX_BYTES) ??
      this.#fromNpm(code) ??
      this.#fromFolders(code, SYSTEM_FOLDERS, 'system')
    );
  }

  #chosenFolders(): string[] {
    const folders: string[] = [];
    if (this.#options.tessdata) folders.push(this.#options.tessdata);
    const prefix = process.env.TESSDATA_PREFIX;
    if (prefix) folders.push(prefix, join(prefix, 'tessdata'));
    if (this.#options.enginesDir) folders.push(join(this.#options.enginesDir, 'tessdata'));
    return folders;
  }

  #packageFolders(): string[] {
    return packageFolders(this.#options.enginesDir);
  }

  #fromNpm(code: string): LanguageFile | null {
    const folder = findPackage(`${LANGUAGE_SCOPE}/${code}`, this.#packageFolders());
    if (!folder) return null;
    for (const variant of VARIANTS) {
      const path = join(folder, variant, `${code}${SUFFIX}.gz`);
      if (existsSync(path)) return { code, path, gzip: true, origin: 'npm' };
    }
    return null;
  }

  #fromFolders(
    code: string,
    folders: readonly string[],
    origin: 'setting' | 'system',
    maxBytes = Infinity,
  ): LanguageFile | null {
    for (const folder of folders) {
      const path = join(folder, `${code}${SUFFIX}`);
      if (existsSync(path) && statSync(path).size <= maxBytes) return { code, path, gzip: false, origin };
    }
    return null;
  }
}
