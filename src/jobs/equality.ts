import { createHash } from 'node:crypto';
import type { ExtractOptions } from '../pipeline/options.js';

/**
 * The key under which two requests are the same work: the content and everything that changes the
 * result. A password is part of it, so only those who know it share the result; the key is one way.
 */
export function workKey(sha256: string, options: ExtractOptions): string {
  const pages = options.pages?.map(({ start, end }) => [start, end]) ?? null;
  const parts = [
    sha256,
    pages,
    options.language.trim().toLowerCase(),
    options.ocr,
    options.engine,
    options.password ?? null,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
