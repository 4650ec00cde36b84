import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VERSION } from '../version.js';

const PROGRAM = fileURLToPath(new URL('..', import.meta.url));
/** Whatever changes a result lies in these. */
const PARTS = ['document', 'engines', 'pipeline'];

let known: string | undefined;

/**
 * What made a result: the version, and when the program was built, so that a rebuilt program of the
 * same version does not hand out what its predecessor recognised.
 */
export function producer(): string {
  known ??= `${VERSION}+${Math.round(newestChange()).toString(36)}`;
  return known;
}

function newestChange(): number {
  let newest = 0;
  for (const part of PARTS) {
    for (const entry of readdirSync(join(PROGRAM, part), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.js')) continue;
      newest = Math.max(newest, statSync(join(entry.parentPath, entry.name)).mtimeMs);
    }
  }
  return newest;
}
