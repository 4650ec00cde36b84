import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { PdfFile } from '#legible/engines/pdf/port.js';

/** The bytes as the engines take them. */
export function pdfFile(bytes: Uint8Array, password?: string): PdfFile {
  const id = createHash('sha256').update(bytes).digest('hex');
  return { id, bytes, ...(password === undefined ? {} : { password }) };
}

/** A document of `test/corpus/`. */
export async function corpusFile(name: string, password?: string): Promise<PdfFile> {
  return pdfFile(await readFile(new URL(`../corpus/${name}`, import.meta.url)), password);
}
