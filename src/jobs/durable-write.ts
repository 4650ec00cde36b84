import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LegibleError } from '../errors.js';

/** Only the user who runs the server may read what it keeps. */
export const OWNER_FOLDER = 0o700;
const OWNER_FILE = 0o600;

/** Names of files that were being written when the process died. */
export const isTemporary = (name: string): boolean => name.startsWith('.tmp-');

/**
 * The file is there as a whole or not at all, and still there after a crash of process or machine:
 * written beside its place, flushed, renamed, and the folder flushed.
 */
export async function writeDurably(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = join(dirname(path), `.tmp-${randomBytes(8).toString('hex')}`);
  try {
    const file = await open(temporary, 'wx', OWNER_FILE);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await move(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw storeFailed(error);
  }
  await syncFolder(dirname(path));
}

/** On Windows whoever has a file open, a virus scanner say, stands in the way of moving it; rarely for long. */
const HELD = new Set(['EPERM', 'EACCES', 'EBUSY']);
/** Milliseconds before each further try, just under a second in all. */
const MOVE_AGAIN = process.platform === 'win32' ? [10, 40, 160, 640] : [];
const REMOVE_AGAIN = 4;

/** Renames a file or folder, over a file that is there. */
export async function move(from: string, to: string): Promise<void> {
  for (const milliseconds of MOVE_AGAIN) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (!HELD.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
    await sleep(milliseconds);
  }
  return rename(from, to);
}

/** Removes a folder with all that is in it; nothing when it is not there. */
export const removeFolder = (path: string): Promise<void> =>
  rm(path, { recursive: true, force: true, maxRetries: REMOVE_AGAIN });

/** Makes renames and links in the folder durable. Windows cannot open folders and does not need it. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** A failure of the disk as the caller may see it: without paths. */
export function storeFailed(error: unknown): LegibleError {
  const full = ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException)?.code ?? '');
  return new LegibleError(
    'store_failed',
    full
      ? 'The disk that keeps the jobs is full.'
      : 'The jobs could not be written to or read from the disk.',
    full
      ? 'Delete jobs that are not needed, or free space, then call again.'
      : 'Try again; if it stays, the operator should look at the log and at --data-dir.',
    { cause: error },
  );
}
