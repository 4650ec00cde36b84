import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { OWNER_FOLDER } from '../../durable-write.js';

/** Milliseconds between two signs of life; they count where the system does not say who is alive. */
const BEAT = 10_000;
/** An owner that was silent for so long is dead: six beats. */
const SILENCE = 60_000;
/** Where only its machine slept, an owner that woke gives a sign within a beat. */
const WAKING = BEAT + 2_000;
const CLAIM = /^owner\.(\d+)$/;

interface Claim {
  readonly pid: number;
  readonly host: string;
  /** What tells this process from a later one with the same id; '' where the system does not say. */
  readonly born: string;
}

export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Makes this process the only owner of the folder; undefined when another living process owns it.
 *
 * The owner is the claim with the highest number. Claims are created exclusively and never reused: a
 * dead owner's claim is outbid by the next number, so two processes that find the same dead owner
 * cannot both win, and nothing has to be removed before a claim can be made.
 */
export async function lockFolder(folder: string): Promise<FolderLock | undefined> {
  await mkdir(folder, { recursive: true, mode: OWNER_FOLDER });
  const claim: Claim = { pid: process.pid, host: hostname(), born: bornAt(process.pid) };
  for (;;) {
    const highest = await highestClaim(folder);
    if (highest > 0 && (await isAlive(join(folder, `owner.${highest}`)))) return undefined;
    const mine = join(folder, `owner.${highest + 1}`);
    if (!(await createClaim(folder, mine, claim))) continue;
    if ((await highestClaim(folder)) !== highest + 1) {
      await rm(mine, { force: true });
      continue;
    }
    await removeLower(folder, highest + 1);
    return keep(mine);
  }
}

/** Whole or not at all: a claim that others see always says whose it is. */
async function createClaim(folder: string, path: string, claim: Claim): Promise<boolean> {
  const temporary = join(folder, `.tmp-${randomBytes(8).toString('hex')}`);
  const text = JSON.stringify(claim);
  try {
    await writeFile(temporary, text, { mode: 0o600 });
    try {
      await link(temporary, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      // File systems without hard links.
      await writeFile(path, text, { mode: 0o600, flag: 'wx' });
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function claims(folder: string): Promise<number[]> {
  return (await readdir(folder)).flatMap((name) => CLAIM.exec(name)?.[1] ?? []).map(Number);
}

const highestClaim = async (folder: string): Promise<number> => Math.max(0, ...(await claims(folder)));

async function removeLower(folder: string, number: number): Promise<void> {
  const lower = (await claims(folder)).filter((other) => other < number);
  await Promise.all(lower.map((other) => rm(join(folder, `owner.${other}`), { force: true })));
}

async function isAlive(path: string): Promise<boolean> {
  let claim: Claim;
  try {
    claim = JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return false;
  }
  if (claim.host !== hostname()) return isFresh(await lastSign(path));
  try {
    process.kill(claim.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const born = bornAt(claim.pid);
  return claim.born && born ? claim.born === born : givesSigns(path);
}

/** Without start times, a living process with the owner's id may be another one; only the owner gives signs. */
async function givesSigns(path: string): Promise<boolean> {
  const last = await lastSign(path);
  if (isFresh(last)) return true;
  await new Promise((resolve) => setTimeout(resolve, WAKING));
  return (await lastSign(path)) > last;
}

const isFresh = (sign: number): boolean => Date.now() - sign < SILENCE;

/** Milliseconds since 1970; 0 when the claim is gone. */
const lastSign = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );

/** Start time of a process in clock ticks since boot (proc(5), field 22); '' where there is no /proc. */
function bornAt(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function keep(path: string): FolderLock {
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, BEAT);
  beat.unref();
  return {
    async release() {
      clearInterval(beat);
      await rm(path, { force: true });
    },
  };
}
