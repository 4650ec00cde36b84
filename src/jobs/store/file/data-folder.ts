import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { move, OWNER_FOLDER, removeFolder } from '../../durable-write.js';
import { type FolderLock, lockFolder } from './folder-lock.js';

const BESIDE = /^beside-\d+$/;
/** More servers of one user at the same time than this is a mistake. */
const MOST_BESIDE = 1_000;

export interface DataFolder {
  /** Owned by this process until `release`. */
  readonly path: string;
  /** Another process owns the folder asked for; this one has a subfolder of its own. */
  readonly beside: boolean;
  release(): Promise<void>;
}

/**
 * Takes ownership of the folder for jobs, or of a subfolder `beside-N` while another process has it.
 * Whoever gets the folder itself takes over the jobs of subfolders that nobody owns any more.
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  const lock = await lockFolder(path);
  if (lock) {
    await takeOver(path);
    return owned(path, false, lock);
  }
  for (let number = 2; number <= MOST_BESIDE; number++) {
    const beside = join(path, `beside-${number}`);
    const besideLock = await lockFolder(beside);
    if (besideLock) return owned(beside, true, besideLock);
  }
  throw new Error(`More than ${MOST_BESIDE} servers share one data folder`);
}

/** The folder itself and every subfolder that servers beside its owner have used. */
export async function siblingFolders(path: string): Promise<string[]> {
  const names = await readdir(path).catch(() => []);
  return [path, ...names.filter((name) => BESIDE.test(name)).map((name) => join(path, name))];
}

const owned = (path: string, beside: boolean, lock: FolderLock): DataFolder => ({
  path,
  beside,
  release: () => lock.release(),
});

async function takeOver(path: string): Promise<void> {
  for (const name of (await readdir(path)).filter((entry) => BESIDE.test(entry))) {
    const beside = join(path, name);
    const lock = await lockFolder(beside);
    if (!lock) continue;
    const jobs = join(beside, 'jobs');
    await mkdir(join(path, 'jobs'), { recursive: true, mode: OWNER_FOLDER });
    for (const id of await readdir(jobs).catch(() => [])) {
      await move(join(jobs, id), join(path, 'jobs', id));
    }
    await removeFolder(jobs);
    await removeFolder(join(beside, 'trash'));
    // The folder itself stays: another process may be about to claim it.
    await lock.release();
  }
}
