import * as z from 'zod';
import { LegibleError } from '../../errors.js';
import { FORMATS, PageRange, RUNNING_HEADS } from '../../pipeline/options.js';

/** Where a reading goes on. It carries format, selection and what is left out, so a cursor alone continues the same reading. */
const Cursor = z.object({
  /** Page number. */
  p: z.number().int().min(1),
  /** Pieces (blocks in JSON) of that page that were read already. */
  i: z.number().int().min(0),
  /** Characters of the next piece that were read already. */
  o: z.number().int().min(0),
  f: z.enum(FORMATS),
  /** Running heads, where they are not left out. */
  h: z.enum(RUNNING_HEADS).optional(),
  s: z.array(PageRange).optional(),
});
export type Cursor = z.infer<typeof Cursor>;

export const encodeCursor = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url');

/** Errors: `invalid_argument`. */
export function decodeCursor(text: string): Cursor {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch (cause) {
    throw new LegibleError(
      'invalid_argument',
      'This cursor is not one of ours.',
      'Pass `next_cursor` of the last answer unchanged, or leave the cursor out to read from the start.',
      { cause },
    );
  }
}
