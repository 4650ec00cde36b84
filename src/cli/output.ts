import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LegibleError } from '../errors.js';
import { FORMATS } from '../pipeline/options.js';
import { nameOf } from './sources.js';

/** What `extract` writes: the formats of the tools, and the document itself with a text layer. */
export const OUTPUT_FORMATS = [...FORMATS, 'pdf'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

const EXTENSIONS: Record<OutputFormat, string> = {
  markdown: 'md',
  text: 'txt',
  json: 'json',
  // Beside its source the file must not take the source's name.
  pdf: 'searchable.pdf',
};

/** Where extracted documents go. */
export interface Output {
  /** Answers what to tell about the place, e.g. ` → out/report.md`; '' for stdout. */
  write(index: number, file: string, content: string | Uint8Array): Promise<string>;
  /** There is nothing of this file. */
  skip(index: number): Promise<void>;
}

export async function openOutput(
  folder: string | undefined,
  format: OutputFormat,
  count: number,
): Promise<Output> {
  if (folder === undefined && format === 'pdf' && (count > 1 || process.stdout.isTTY)) {
    throw new LegibleError(
      'invalid_argument',
      'A PDF is not for the terminal.',
      'Name a folder with --out, or redirect the output of one file.',
    );
  }
  if (folder === undefined) return stdoutOutput(format, count);
  await mkdir(folder, { recursive: true }).catch((error) => {
    throw notWritable(folder, error);
  });
  return folderOutput(folder, EXTENSIONS[format]);
}

/** The person at the command line named the place, and may be told of it. */
const notWritable = (path: string, cause: unknown): LegibleError =>
  new LegibleError(
    'store_failed',
    `${path} cannot be written (${(cause as NodeJS.ErrnoException).code ?? cause}).`,
    'Name another folder with --out, or make room.',
    { cause },
  );

/** One file a document; of two documents with one name, the second becomes `NAME-2.md`. */
function folderOutput(folder: string, extension: string): Output {
  const taken = new Set<string>();
  const placeOf = (file: string): string => {
    const name = nameOf(file)
      .replace(/\.[^.]+$/, '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: no file system takes them
      .replace(/[<>:"/\\|?*\u0000-\u001f]/g, '_');
    for (let number = 1; ; number++) {
      const path = join(folder, `${name || 'document'}${number > 1 ? `-${number}` : ''}.${extension}`);
      // Where case does not tell names apart, `Report.md` would replace `report.md`.
      const key = path.toLowerCase();
      if (taken.has(key)) continue;
      taken.add(key);
      return path;
    }
  };
  return {
    async write(_index, file, content) {
      const path = placeOf(file);
      // A reader never sees half a document.
      try {
        await writeFile(`${path}.part`, typeof content === 'string' ? ensureLineEnd(content) : content);
        await rename(`${path}.part`, path);
      } catch (error) {
        throw notWritable(path, error);
      }
      return ` → ${path}`;
    },
    skip: async () => undefined,
  };
}

/** Documents in the order of the command line, whichever is finished first; several are told apart by a line. */
function stdoutOutput(format: OutputFormat, count: number): Output {
  const waiting = new Map<number, string | Uint8Array | undefined>();
  let next = 0;
  const flush = () => {
    for (; waiting.has(next); next++) {
      const content = waiting.get(next);
      waiting.delete(next);
      if (content !== undefined) process.stdout.write(content);
    }
  };
  return {
    async write(index, file, content) {
      const head = count < 2 || format === 'json' ? '' : headLine(format, nameOf(file));
      waiting.set(index, typeof content === 'string' ? head + ensureLineEnd(content) : content);
      flush();
      return '';
    },
    async skip(index) {
      waiting.set(index, undefined);
      flush();
    },
  };
}

const headLine = (format: OutputFormat, name: string): string =>
  format === 'markdown' ? `<!-- ${name.replaceAll('--', '- -')} -->\n\n` : `==> ${name} <==\n\n`;

const ensureLineEnd = (content: string): string =>
  content === '' || content.endsWith('\n') ? content : `${content}\n`;
