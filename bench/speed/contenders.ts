import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ScannedDocument } from './pages.js';

/** A way to turn a scanned document into text, as somebody would call it in a shell. */
export interface Contender {
  readonly name: string;
  /** What it stands for in the verdicts. */
  readonly role:
    | 'legible'
    | 'legible-native'
    | 'tesseract'
    | 'tesseract-cores'
    | 'ocrmypdf'
    | 'tesseract.js'
    | 'liteparse';
  readonly environment?: Readonly<Record<string, string>>;
  /** Program and arguments; what it writes goes into `out`. */
  command(document: ScannedDocument, out: string): readonly string[];
  /** The text that came out. */
  read(out: string): string;
}

function runs(program: string, argument = '--version'): boolean {
  try {
    execFileSync(program, [argument], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const readAll = (out: string, extension: string): string =>
  readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension))
    .sort()
    .map((file) => readFileSync(join(out, file), 'utf8'))
    .join('\n');

const CLI = resolve('dist', 'cli.js');
const BARE = fileURLToPath(new URL('bare-tesseract-js.js', import.meta.url));

const legible = (role: Contender['role'], name: string, engine: string): Contender => ({
  name,
  role,
  environment: { LEGIBLE_ENGINE: engine },
  command: ({ pdf }, out) => [
    process.execPath,
    CLI,
    'extract',
    pdf,
    '--out',
    out,
    '--allow-dir',
    resolve(pdf, '..'),
  ],
  read: (out) => readAll(out, '.md'),
});

/** The contenders that this machine has. */
export function findContenders(): Contender[] {
  const found: Contender[] = [legible('legible', 'legible (tesseract.js)', 'tesseract.js')];
  if (runs('tesseract')) {
    found.push(
      legible('legible-native', 'legible (tesseract found)', 'auto'),
      {
        name: 'tesseract, as called',
        role: 'tesseract',
        command: ({ images }, out) => {
          writeFileSync(join(out, 'pages.list'), images.join('\n'));
          return ['tesseract', join(out, 'pages.list'), join(out, 'text')];
        },
        read: (out) => readAll(out, '.txt'),
      },
      {
        name: 'tesseract, a page a core',
        role: 'tesseract-cores',
        environment: { OMP_THREAD_LIMIT: '1' },
        command: ({ images }, out) => {
          writeFileSync(join(out, 'pages.list'), images.join('\n'));
          const each = `tesseract "$1" ${JSON.stringify(out)}/$(basename "$1") 2>/dev/null`;
          const cores = String(availableParallelism());
          return ['xargs', '-a', join(out, 'pages.list'), '-P', cores, '-n', '1', 'bash', '-c', each, 'page'];
        },
        read: (out) => readAll(out, '.txt'),
      },
    );
  }
  if (runs('ocrmypdf'))
    found.push({
      name: 'ocrmypdf --sidecar',
      role: 'ocrmypdf',
      command: ({ pdf }, out) => ['ocrmypdf', '--sidecar', join(out, 'text.txt'), pdf, join(out, 'out.pdf')],
      read: (out) => readAll(out, '.txt'),
    });
  if (runs('lit'))
    found.push({
      name: 'liteparse',
      role: 'liteparse',
      command: ({ pdf }, out) => ['lit', 'parse', pdf, '-o', join(out, 'text.txt')],
      read: (out) => readAll(out, '.txt'),
    });
  found.push({
    name: 'tesseract.js, bare',
    role: 'tesseract.js',
    command: ({ images }, out) => {
      writeFileSync(join(out, 'pages.list'), images.join('\n'));
      return [process.execPath, BARE, join(out, 'pages.list'), join(out, 'text.txt')];
    },
    read: (out) => readAll(out, '.txt'),
  });
  return found;
}
