import { LegibleError } from '../../errors.js';

/** `engine` begins the sentence: `PDF engine`. */
export const pageOutOfMemory = (engine: string, cause?: unknown): LegibleError =>
  new LegibleError(
    'page_out_of_memory',
    `The ${engine} ran out of the memory that it may use.`,
    'Leave this page out; --max-worker-mb raises the limit of the PDF engines.',
    { cause },
  );
