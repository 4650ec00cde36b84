import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Format } from '../pipeline/options.js';
import { nameOf } from './sources.js';

const EXTENSIONS: Record<Format, string> = { markdown: 'md', text: 'txt', json: 'json' };

/** Where extracted documents go. */
export interface Output {
  /** Answers what to tell about the place, e.g. ` → out/report.md`; '' for stdout. */
  write(index: number, file: string, content: string): Promise<string>;
  /** There is nothing of this file. */
  skip(index: number): Promise<void>;
}

export async function openOutput(folder: string | undefined, format: Format, count: number): Promise<Output> {
  if (folder === undefined) return stdoutOutput(format, count);
  await mkdir(folder, { recursive: true });
  return folderOutput(folder, EXTENSIONS[format]);
}

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
      if (taken.has(path)) continue;
      taken.add(path);
      return path;
    }
  };
  return {
    async write(_index, file, content) {
      const path = placeOf(file);
      // A reader never sees half a document.
      await writeFile(`${path}.part`, ensureLineEnd(content));
      await rename(`${path}.part`, path);
      return ` → ${path}`;
    },
    skip: async () => undefined,
  };
}

/** Documents in the order of the command line, whichever is finished first; several are told apart by a line. */
function stdoutOutput(format: Format, count: number): Output {
  const waiting = new Map<number, string | undefined>();
  let next = 0;
  const flush = () => {
    for (; waiting.has(next); next++) {
      const content = waiting.get(next);
      waiting.delete(next);
      if (content !== undefined) process.stdout.write(content);
    }
  };
  // `legible extract … | head` closes the pipe early: nothing is wrong then.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  return {
    async write(index, file, content) {
      const head = count < 2 || format === 'json' ? '' : headLine(format, nameOf(file));
      waiting.set(index, head + ensureLineEnd(content));
      flush();
      return '';
    },
    async skip(index) {
      waiting.set(index, undefined);
      flush();
    },
  };
}

const headLine = (format: Format, name: string): string =>
  format === 'markdown' ? `<!-- ${name.replaceAll('--', '- -')} -->\n\n` : `==> ${name} <==\n\n`;

const ensureLineEnd = (content: string): string =>
  content === '' || content.endsWith('\n') ? content : `${content}\n`;
