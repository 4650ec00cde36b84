import { basename, resolve } from 'node:path';
import type { Source } from '../jobs/api.js';

const STDIN = '-';
const isReference = (text: string): boolean => /^(?:https?|file|data):/i.test(text);

/** A file argument as a source: a path from the working folder, a URL, or `-` for stdin. */
export async function sourceOf(argument: string): Promise<Source> {
  if (argument !== STDIN) return { reference: isReference(argument) ? argument : resolve(argument) };
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return { upload: { bytes: Buffer.concat(chunks), name: 'stdin' } };
}

/** What a person calls the file. */
export function nameOf(argument: string): string {
  if (argument === STDIN) return 'stdin';
  if (/^data:/i.test(argument)) return 'data';
  if (!isReference(argument)) return basename(argument);
  const name = basename(new URL(argument).pathname);
  try {
    return decodeURIComponent(name) || new URL(argument).hostname;
  } catch {
    return name;
  }
}
