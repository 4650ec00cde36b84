import { LegibleError } from '../../errors.js';
import { shareBytes } from '../workers/shared-bytes.js';
import type { ThreadPool } from '../workers/thread-pool.js';
import type { PdfEngine, PdfFile, RenderOptions } from './port.js';

/** Arguments of the tasks that a PDF thread exports: `open`, `readPage`, `render`, `extractImage`. */
export interface PdfTask {
  readonly file: PdfFile;
  readonly page: number;
  readonly options?: RenderOptions;
  readonly index?: number;
}

/** The port on top of threads that export one task a method. `timeout` is milliseconds for one call. */
export function threadedPdfEngine(name: string, pool: ThreadPool, timeout: number): PdfEngine {
  const run = <T>(method: string, task: PdfTask, signal: AbortSignal | undefined): Promise<T> => {
    const file = { ...task.file, bytes: shareBytes(task.file.bytes) };
    const onTimeout = () => callTimedOut(task.page === 0 ? 'Opening the PDF' : `Page ${task.page}`, timeout);
    return pool.run<T>(method, { ...task, file }, { signal, timeout, onTimeout });
  };
  return {
    name,
    open: (file, signal) => run('open', { file, page: 0 }, signal),
    readPage: (file, page, signal) => run('readPage', { file, page }, signal),
    render: (file, page, options, signal) => run('render', { file, page, options }, signal),
    extractImage: (file, page, index, signal) => run('extractImage', { file, page, index }, signal),
    close: () => pool.close(),
  };
}

/** `what` begins the sentence: `Page 7`. */
export const callTimedOut = (what: string, timeout: number): LegibleError =>
  new LegibleError(
    'page_timeout',
    `${what} took longer than ${Math.round(timeout / 1000)} s.`,
    'Leave this page out, or raise the time limit for a page.',
  );
