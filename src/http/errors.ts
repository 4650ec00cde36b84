import * as z from 'zod';
import { type LegibleError, toLegibleError } from '../errors.js';

/** The body of every error, in both dialects. */
export const ErrorBody = z.object({
  error: z.object({
    code: z.string().describe('Stable, snake_case.'),
    message: z.string().describe('What went wrong.'),
    hint: z.string().describe('What to do.'),
    retryable: z.boolean(),
  }),
  detail: z.string().describe('Message and hint in one sentence, where clients of the first dialect look.'),
});

const DEFAULT_RETRY_SECONDS = 5;

/** Statuses after which a client should come back by itself. */
const RETRY_STATUSES = new Set([429, 503]);

export function errorResponse(thrown: unknown, options: { status?: number; extra?: object } = {}): Response {
  const error: LegibleError = toLegibleError(thrown);
  const status = options.status ?? error.status;
  const headers = new Headers();
  if (RETRY_STATUSES.has(status))
    headers.set('Retry-After', String(Math.ceil(error.retryAfter ?? DEFAULT_RETRY_SECONDS)));
  if (status === 401) headers.set('WWW-Authenticate', 'Bearer realm="legible"');
  const body: z.infer<typeof ErrorBody> = {
    error: { code: error.code, message: error.message, hint: error.hint, retryable: error.retryable },
    detail: `${error.message} ${error.hint}`,
  };
  return Response.json({ ...body, ...options.extra }, { status, headers });
}
