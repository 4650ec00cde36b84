import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DocumentJson } from '#legible/pipeline/write/index.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const CORPUS = fileURLToPath(new URL('../corpus/', import.meta.url));
const inCorpus = (name: string) => join(CORPUS, name);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'legible-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly env?: Record<string, string>;
  readonly input?: Uint8Array;
  /** Called with every new piece of stderr and a way to interrupt. */
  readonly onStderr?: (text: string, interrupt: () => void) => void;
}

function legible(args: readonly string[], { env, input, onStderr }: RunOptions = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, ...env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
      onStderr?.(stderr, () => child.kill('SIGINT'));
    });
    child.once('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(input);
  });
}

it('ends quietly when nobody reads on', async () => {
  const child = spawn(process.execPath, [CLI, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (piece) => {
    stderr += piece;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

describe('legible extract', () => {
  it('writes one document to stdout and what to know about it to stderr', async () => {
    const { code, stdout, stderr } = await legible(['extract', inCorpus('report.pdf'), '--pages', '1']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# /);
    expect(stdout.endsWith('\n')).toBe(true);
    expect(stdout).not.toContain('<!--');
    expect(stderr).toMatch(/^report\.pdf: 1 page; text layer: 1; confidence 100\n/);
  });

  it('keeps running heads and page numbers on request', async () => {
    const { stdout } = await legible(['extract', inCorpus('report.pdf'), '--running-heads', 'keep']);
    expect(stdout).toMatch(/^Harbour Office • Water quality report\n\n# /);
    expect(stdout).toMatch(/\n\n2\n$/);
  });

  it('reads a relative path, a file: URL and stdin', async () => {
    await copyFile(inCorpus('note.bmp'), join(folder, 'a note.bmp'));
    const expected = /piano tuner/;
    expect((await legible(['extract', 'a note.bmp'])).stdout).toMatch(expected);
    expect((await legible(['extract', `file://${folder}/a%20note.bmp`])).stdout).toMatch(expected);
    const input = await readFile(inCorpus('note.bmp'));
    expect((await legible(['extract', '-', '--quiet'], { input })).stdout).toMatch(expected);
  });

  it('writes a file a document, beside each other where names are equal', async () => {
    const out = join(folder, 'out');
    await writeFile(join(folder, 'report.pdf'), await readFile(inCorpus('report.pdf')));
    await copyFile(inCorpus('tables.pdf'), join(folder, 'Tables.pdf'));
    const files = [inCorpus('report.pdf'), 'report.pdf', inCorpus('tables.pdf'), 'Tables.pdf'];
    const { code, stdout } = await legible(['extract', ...files, '--out', out, '--format', 'text']);
    expect(code).toBe(0);
    expect(stdout).toBe('');
    expect((await readdir(out)).map((name) => name.toLowerCase()).sort()).toEqual([
      'report-2.txt',
      'report.txt',
      'tables-2.txt',
      'tables.txt',
    ]);
    expect(await readFile(join(out, 'report-2.txt'), 'utf8')).toBe(
      await readFile(join(out, 'report.txt'), 'utf8'),
    );
  });

  it('writes JSON as its schema says', async () => {
    const { stdout } = await legible(['extract', inCorpus('tables.pdf'), '--json']);
    const document = DocumentJson.parse(JSON.parse(stdout));
    expect(document.pages[0].blocks.some((block) => block.type === 'table' && block.cells?.length)).toBe(
      true,
    );
  });

  it('opens encrypted files by option and by environment', async () => {
    const file = inCorpus('encrypted-aes.pdf');
    const locked = await legible(['extract', file]);
    expect(locked).toMatchObject({ code: 3, stdout: '' });
    expect(locked.stderr).toContain('encrypted-aes.pdf: ');
    const [byOption, byEnvironment] = await Promise.all([
      legible(['extract', file, '--password', 'open sesame']),
      legible(['extract', file], { env: { LEGIBLE_PASSWORD: 'open sesame' } }),
    ]);
    expect(byOption.code).toBe(0);
    expect(byEnvironment.stdout).toBe(byOption.stdout);
  });

  it('reads the others when one file cannot be read, in the order of the command line', async () => {
    const files = ['report.pdf', 'no-such-file.pdf', 'tables.pdf', 'README.md'].map(inCorpus);
    const { code, stdout, stderr } = await legible(['extract', ...files]);
    expect(code).toBe(3);
    expect([...stdout.matchAll(/^<!-- (.*) -->$/gm)].map((match) => match[1])).toEqual([
      'report.pdf',
      'tables.pdf',
    ]);
    expect(stderr).toContain('no-such-file.pdf: There is no file at this path.');
    expect(stderr).toContain('README.md: ');
  });

  it('keeps finished pages when it is interrupted, and says so by its exit code', async () => {
    const out = join(folder, 'interrupted');
    const files = Array.from({ length: 12 }, () => inCorpus('rotated.pdf'));
    const scans = [inCorpus('note.bmp'), inCorpus('scan.pdf'), ...files, inCorpus('fax.tiff')];
    const { code } = await legible(
      ['extract', ...scans, '--out', out, '--max-jobs', '1', '--ocr', 'always'],
      {
        onStderr: (text, interrupt) => /note\.bmp: 1 page/.test(text) && interrupt(),
      },
    );
    expect(code).toBe(130);
    expect(await readdir(out)).toContain('note.md');
    expect(await readdir(out)).not.toContain('fax.md');
  });
});

describe('the command line', () => {
  it.each([
    [['extract'], 'No file is named.'],
    [['extract', 'x.pdf', '--format', 'docx'], 'Choose one of markdown, text, json, pdf.'],
    [['extract', 'x.pdf', '--pages', '3-1'], 'ends before it starts'],
    [['extract', 'x.pdf', '--nope'], "Unknown option '--nope'"],
    [['serve', '--port', 'many'], '--port'],
    [['serve', 'x.pdf'], 'serve takes no file'],
    [['frobnicate'], 'there is no command "frobnicate"'],
    [[inCorpus('report.pdf')], `legible extract ${inCorpus('report.pdf')}`],
  ])('%j is refused with what to do', async (args, message) => {
    const { code, stdout, stderr } = await legible(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('names an output folder that is none, and a page that is not there, without a trace of code', async () => {
    const file = inCorpus('report.pdf');
    const output = await legible(['extract', file, '--out', file]);
    expect(output.code).toBe(1);
    expect(output.stderr).toBe(
      `legible: ${file} cannot be written (EEXIST).\nName another folder with --out, or make room.\n`,
    );
    const page = await legible(['inspect', file, '--page', '9']);
    expect(page.code).toBe(3);
    expect(page.stderr).toMatch(/^legible: There is no page 9;.*\n.*\n$/);
  });

  it('has help and version', async () => {
    const [help, version] = await Promise.all([legible(['extract', '--help']), legible(['--version'])]);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toContain('--allow-dir');
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('doctor reads its test image', async () => {
    const { code, stdout } = await legible(['doctor']);
    expect(stdout).toMatch(/^ok {3}self-test: read two lines with /m);
    expect(stdout).toMatch(/^ok {3}languages: .*\beng\b/m);
    expect(code).toBe(0);
  });

  it('doctor fails when nothing can be read', async () => {
    const { code, stdout } = await legible(['doctor', '--engine', 'paddle']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^BAD {2}/m);
  });
});
