import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXPECTATIONS } from './expectations.js';
import { openReader } from './make/read.js';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const EVIDENCE = /^<!-- page .* -->$/gm;

/** Levenshtein distance of two strings. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
}

/** Markdown without its evidence lines, white space evened out: line ends count as one character. */
const bodyOf = (golden: string): string =>
  golden
    .replace(EVIDENCE, '')
    .trim()
    .replace(/[ \t]+/g, ' ');
const evidenceOf = (golden: string): string[] => golden.match(EVIDENCE) ?? [];

describe('the test documents read as the golden files say', () => {
  let reader: Awaited<ReturnType<typeof openReader>>;
  beforeAll(async () => {
    reader = await openReader(FOLDER.replace(/[\\/]$/, ''));
  });
  afterAll(() => reader?.close());

  it.each(EXPECTATIONS)('$file', async (expectation) => {
    const golden = readFileSync(join(FOLDER, 'golden', `${expectation.file}.md`), 'utf8');
    const got = await reader.read(expectation);
    expect(evidenceOf(got)).toEqual(evidenceOf(golden));
    const [want, have] = [bodyOf(golden), bodyOf(got)];
    // Equal texts, or a readable difference in the report when they are further apart than allowed.
    if (distance(want, have) > expectation.tolerance * want.length) expect(have).toBe(want);
  });

  it('has an expectation for every golden file', () => {
    const files = readdirSync(join(FOLDER, 'golden')).sort();
    expect(files).toEqual(EXPECTATIONS.map(({ file }) => `${file}.md`).sort());
  });
});

describe('documents that cannot be read as they are', () => {
  let reader: Awaited<ReturnType<typeof openReader>>;
  beforeAll(async () => {
    reader = await openReader(FOLDER.replace(/[\\/]$/, ''));
  });
  afterAll(() => reader?.close());

  it('asks for the password of an encrypted PDF', async () => {
    await expect(reader.read({ file: 'encrypted-aes.pdf' })).rejects.toMatchObject({ code: 'encrypted_pdf' });
  });

  it('says that a password is wrong', async () => {
    const attempt = reader.read({ file: 'encrypted-aes.pdf', password: 'open barley' });
    await expect(attempt).rejects.toMatchObject({ code: 'wrong_password' });
  });

  it('saves what it can of a truncated PDF, or says that it is damaged', async () => {
    const result = await reader
      .read({ file: 'truncated.pdf' })
      .catch((error: { code: string }) => error.code);
    expect(result === 'damaged_file' || result.includes('Water Quality in the Old Harbour')).toBe(true);
  });
});
