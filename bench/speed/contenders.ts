import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { ScannedDocument } from './pages.js';

export const ROLES = [
  'legible',
  'legible-data',
  'legible-native',
  'tesseract',
  'tesseract-cores',
  'ocrmypdf',
  'tesseract.js',
  'liteparse',
] as const;
/** What a program stands for in the verdicts. */
export type Role = (typeof ROLES)[number];

/** A way to turn a scanned document into text, as somebody would call it in a shell. */
export interface Contender {
  readonly name: string;
  readonly role: Role;
  /** Too slow for the longest documents. */
  readonly slow?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  /** Program and arguments; what it writes goes into `out`. */
  command(document: ScannedDocument, out: string): readonly string[];
  /** The text that came out. */
  read(out: string): string;
}

export interface Contenders {
  readonly found: readonly Contender[];
  /** Programs that this machine has not, with how to get them. */
  readonly missing: readonly string[];
}

function outputOf(program: string, argument: string, path = process.env.PATH): string | undefined {
  try {
    return execFileSync(program, [argument], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, PATH: path },
    });
  } catch {
    return undefined;
  }
}

const readAll = (out: string, extension: string): string =>
  readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension))
    .sort()
    .map((file) => readFileSync(join(out, file), 'utf8'))
    .join('\n');

/** A hundred scanned pages are larger than what is read by default. */
const MAX_FILE_MB = '200';

const CLI = resolve('dist', 'cli.js');
const BARE = fileURLToPath(new URL('bare-tesseract-js.js', import.meta.url));

const legible = (
  role: Role,
  name: string,
  engine: string,
  environment: Readonly<Record<string, string>> = {},
): Contender => ({
  name,
  role,
  environment: { LEGIBLE_ENGINE: engine, LEGIBLE_MAX_FILE_MB: MAX_FILE_MB, ...environment },
  command: ({ pdf }, out) => [process.execPath, CLI, 'extract', pdf, '--out', out],
  read: (out) => readAll(out, '.md'),
});

/** The data that npm ships, unpacked into a folder that wins over what else is on the machine. */
function unpackNpmData(folder: string): string {
  const require = createRequire(import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const code of ['eng', 'osd']) {
    const data = dirname(require.resolve(`@tesseract.js-data/${code}/package.json`));
    const packed = readFileSync(join(data, '4.0.0_best_int', `${code}.traineddata.gz`));
    writeFileSync(join(folder, `${code}.traineddata`), gunzipSync(packed));
  }
  return folder;
}

const listOf = ({ images }: ScannedDocument, out: string): string => {
  const list = join(out, 'pages.list');
  writeFileSync(list, images.join('\n'));
  return list;
};

const TESSERACT: Contender = {
  name: 'tesseract, as called',
  role: 'tesseract',
  slow: true,
  command: (document, out) => ['tesseract', listOf(document, out), join(out, 'text')],
  read: (out) => readAll(out, '.txt'),
};

const TESSERACT_CORES: Contender = {
  name: 'tesseract, a page a core',
  role: 'tesseract-cores',
  environment: { OMP_THREAD_LIMIT: '1' },
  command: (document, out) => {
    const each = `tesseract "$1" ${JSON.stringify(out)}/$(basename "$1") 2>/dev/null`;
    const cores = String(availableParallelism());
    return ['xargs', '-a', listOf(document, out), '-P', cores, '-n', '1', 'bash', '-c', each, 'page'];
  },
  read: (out) => readAll(out, '.txt'),
};

const OCRMYPDF: Contender = {
  name: 'ocrmypdf --sidecar',
  role: 'ocrmypdf',
  slow: true,
  command: ({ pdf }, out) => ['ocrmypdf', '--sidecar', join(out, 'text.txt'), pdf, join(out, 'out.pdf')],
  read: (out) => readAll(out, '.txt'),
};

const BARE_TESSERACT_JS: Contender = {
  name: 'tesseract.js, bare',
  role: 'tesseract.js',
  slow: true,
  command: (document, out) => [process.execPath, BARE, listOf(document, out), join(out, 'text.txt')],
  read: (out) => readAll(out, '.txt'),
};

const liteparse = (path: string, tessdata: string): Contender => ({
  name: 'liteparse',
  role: 'liteparse',
  // Without the variable it downloads data.
  environment: { PATH: path, TESSDATA_PREFIX: tessdata },
  command: ({ pdf }, out) => ['lit', 'parse', pdf, '--quiet', '-o', join(out, 'text.txt')],
  read: (out) => readAll(out, '.txt'),
});

/** The contenders that this machine has. `peers` is an npm folder with further ones, `scratch` a folder for their data. */
export function findContenders(scratch: string, peers?: string): Contenders {
  const npmData = { LEGIBLE_TESSDATA: unpackNpmData(join(scratch, 'npm-data')) };
  const found: Contender[] = [legible('legible', "legible, npm's data", 'tesseract.js', npmData)];
  const missing: string[] = [];
  const languages = outputOf('tesseract', '--list-langs');
  const tessdata = /"(.+)"/.exec(languages ?? '')?.[1];
  if (languages !== undefined) {
    // Data that a distribution ships is smaller and faster; the default installation uses it where it is.
    if (tessdata) found.push(legible('legible-data', 'legible, data found', 'tesseract.js'));
    found.push(
      legible('legible-native', 'legible, tesseract found', 'tesseract-native'),
      TESSERACT,
      TESSERACT_CORES,
    );
  } else missing.push('tesseract (apt install tesseract-ocr)');
  if (outputOf('ocrmypdf', '--version') !== undefined) found.push(OCRMYPDF);
  else missing.push('ocrmypdf (apt install ocrmypdf)');
  const path = [...(peers ? [resolve(peers, 'node_modules', '.bin')] : []), process.env.PATH].join(delimiter);
  if (!tessdata) missing.push('liteparse (needs the data of tesseract)');
  else if (outputOf('lit', '--version', path) !== undefined) found.push(liteparse(path, tessdata));
  else missing.push('liteparse (npm install --prefix DIR @llamaindex/liteparse, then --peers DIR)');
  found.push(BARE_TESSERACT_JS);
  return { found, missing };
}
