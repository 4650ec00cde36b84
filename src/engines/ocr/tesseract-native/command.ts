import { spawn } from 'node:child_process';
import { cancelled, engineFailed, pageTimeout } from '../faults.js';

/** Last characters of stderr that are kept to explain a failure. */
const KEPT_STDERR = 500;

export interface CommandOptions {
  readonly input?: Uint8Array;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/**
 * Runs the `tesseract` at this absolute path with one thread (its own threads fight over small pages: twice
 * the time) and gives its stdout. The process is killed on timeout and abort. Errors: `engine_failed`, `page_timeout`, `cancelled`.
 */
export function runTesseract(
  command: string,
  args: readonly string[],
  { input, timeoutMs, signal }: CommandOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(cancelled(signal));
      return;
    }
    const child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, OMP_THREAD_LIMIT: '1' },
      windowsHide: true,
    });
    const chunks: Buffer[] = [];
    let complaint = '';
    const end = (act: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      child.kill('SIGKILL');
      act();
    };
    const abort = () => end(() => reject(cancelled(signal)));
    const timer = setTimeout(() => end(() => reject(pageTimeout(timeoutMs))), timeoutMs);
    signal?.addEventListener('abort', abort, { once: true });
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk).slice(-KEPT_STDERR);
    });
    // The child may end before it has read all of its input; its exit code tells why.
    child.stdin.on('error', () => {});
    child.on('error', (error) => end(() => reject(engineFailed('tesseract did not start', error))));
    child.on('close', (code, killedBy) => {
      const text = Buffer.concat(chunks).toString('utf8');
      if (code === 0) end(() => resolve(text));
      else end(() => reject(engineFailed(`tesseract ended with ${killedBy ?? code}`, complaint)));
    });
    child.stdin.end(input);
  });
}
