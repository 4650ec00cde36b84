import { spawn } from 'node:child_process';
import { type MemoryUse, watchMemory } from '../resources.js';

export interface Timing {
  /** Seconds on the clock from start to exit. */
  readonly wall: number;
  /** User and system seconds of the program and everything it started. */
  readonly cpu: number;
  /** Of all its processes together. */
  readonly memory: MemoryUse;
  /** What it printed last, at most 2 000 characters. */
  readonly output: string;
}

/** Characters of output that are kept. */
const KEPT = 2_000;

/** `0m1.234s` → 1.234 */
const toSeconds = (text: string): number => {
  const [, minutes, seconds] = /(\d+)m([\d.]+)s/.exec(text) ?? [];
  return Number(minutes) * 60 + Number(seconds);
};

/** Runs a program to its end. Rejects with its last error lines when it fails. */
export function time(
  command: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Timing> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    // `times` prints what the shell's children used, once they have ended.
    const child = spawn('bash', ['-c', '"$@"; code=$?; times >&3; exit $code', 'time', ...command], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const memory = watchMemory(child.pid);
    let errors = '';
    let output = '';
    let times = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-KEPT);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-KEPT);
    });
    child.stdio[3]?.on('data', (chunk: Buffer) => {
      times += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const wall = (performance.now() - start) / 1000;
      const used = memory.stop();
      if (code !== 0) return reject(new Error(`${command[0]} ended with ${code}: ${errors.trim()}`));
      const [user, system] = (times.trim().split('\n')[1] ?? '').split(/\s+/).map(toSeconds);
      resolve({ wall, cpu: user + system, memory: used, output });
    });
  });
}
