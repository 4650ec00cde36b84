import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TesseractNative } from '#legible/engines/ocr/tesseract-native/engine.js';
import { findCommand } from '#legible/engines/ocr/tesseract-native/find-command.js';

const posix = process.platform !== 'win32';
let folder: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'legible-command-')));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function program(...path: string[]): Promise<string> {
  const file = join(folder, ...path);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, '#!/bin/sh\necho "tesseract 5.9.9"\n');
  await chmod(file, 0o755);
  return file;
}

describe('the search for a command', () => {
  it.runIf(posix)('takes the first program on the PATH', async () => {
    await mkdir(join(folder, 'first', 'tool'), { recursive: true });
    await mkdir(join(folder, 'second'));
    await writeFile(join(folder, 'second', 'tool'), 'not a program', { mode: 0o644 });
    const tool = await program('third', 'tool');
    const PATH = ['none', 'first', 'second', 'third'].map((name) => join(folder, name)).join(delimiter);
    expect(await findCommand('tool', { environment: { PATH } })).toBe(tool);
    expect(await findCommand('tool', { environment: {} })).toBeUndefined();
  });

  it('on Windows, looks for programs that start without a shell, also in quoted folders', async () => {
    await program('shell', 'tool.cmd');
    const tool = await program('programs', 'tool.exe');
    const PATH = `${join(folder, 'shell')};"${join(folder, 'programs')}"`;
    expect(await findCommand('tool', { environment: { PATH }, windows: true })).toBe(tool);
  });

  it.runIf(posix).each([true, false])(
    'never takes what lies in the working folder (windows: %s)',
    async (windows) => {
      const name = windows ? 'tool.exe' : 'tool';
      await program('node_modules', '.bin', name);
      await program('near', name);
      const entries = ['', '.', relative(process.cwd(), join(folder, 'near'))];
      entries.push(join(folder, 'node_modules', '.bin'));
      const PATH = entries.join(windows ? ';' : delimiter);
      expect(await findCommand('tool', { environment: { PATH }, windows })).toBeUndefined();
    },
  );

  it.runIf(posix)('keeps tesseract of the working folder from running', async () => {
    await program('near', 'tesseract');
    const before = process.env.PATH;
    try {
      process.env.PATH = relative(process.cwd(), join(folder, 'near'));
      expect(await new TesseractNative().status()).toMatchObject({ found: false });
      process.env.PATH = join(folder, 'near');
      expect(await new TesseractNative().status()).toMatchObject({ found: true });
    } finally {
      process.env.PATH = before;
    }
  });
});
