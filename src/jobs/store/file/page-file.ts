import { open, readFile } from 'node:fs/promises';
import type { PageDraft, PageSummary } from '../../../pipeline/api.js';
import { writeDurably } from '../../durable-write.js';
import type { PageDigest } from '../port.js';

/** Bytes read at a time when only the digest is wanted; most digests fit. */
const DIGEST_CHUNK = 8_192;

/**
 * A finished page in one file of two lines of JSON: the digest, then the layout. So page and digest
 * appear in one step, and the digest can be read without the rest.
 */
export async function writePage(path: string, draft: PageDraft, summary: PageSummary): Promise<number> {
  const digest: PageDigest = { record: draft.record, summary };
  const text = `${JSON.stringify(digest)}\n${JSON.stringify(draft.layout)}\n`;
  const bytes = Buffer.from(text);
  await writeDurably(path, bytes);
  return bytes.byteLength;
}

export async function readPage(path: string): Promise<PageDraft> {
  const text = await readFile(path, 'utf8');
  const border = text.indexOf('\n');
  const { record } = JSON.parse(text.slice(0, border)) as PageDigest;
  return { record, layout: JSON.parse(text.slice(border + 1)) };
}

export async function readDigest(path: string): Promise<PageDigest> {
  const file = await open(path, 'r');
  try {
    const chunks: Buffer[] = [];
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(DIGEST_CHUNK), 0, DIGEST_CHUNK, null);
      const chunk = buffer.subarray(0, bytesRead);
      const border = chunk.indexOf(10);
      chunks.push(border < 0 ? chunk : chunk.subarray(0, border));
      if (border >= 0 || bytesRead === 0) return JSON.parse(Buffer.concat(chunks).toString());
    }
  } finally {
    await file.close();
  }
}
