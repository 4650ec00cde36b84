/**
 * Every error that a user can meet: a stable code, what went wrong, what to do about it.
 *
 * `status` is the HTTP status of the REST dialects; `retryable` says whether the same call can
 * succeed later without a change; `meaning` stands in the README.
 */
export const ERRORS = {
  invalid_argument: {
    status: 422,
    retryable: false,
    meaning: 'An argument or setting is wrong; the message names it.',
  },
  source_not_found: {
    status: 404,
    retryable: false,
    meaning: 'There is no file at the path.',
  },
  path_not_allowed: {
    status: 403,
    retryable: false,
    meaning: 'The file is outside the folders that may be read, or a hidden or credential file.',
  },
  url_not_allowed: {
    status: 403,
    retryable: false,
    meaning: 'The address is private, or no http(s) address.',
  },
  fetch_failed: {
    status: 422,
    retryable: true,
    meaning: 'The address did not answer with a file in time.',
  },
  file_too_large: {
    status: 413,
    retryable: false,
    meaning: 'The file is larger than `--max-file-mb`.',
  },
  unsupported_type: {
    status: 415,
    retryable: false,
    meaning: 'The content is no PDF and no image that can be read; the message says what it is.',
  },
  empty_file: {
    status: 422,
    retryable: false,
    meaning: 'The file has no content.',
  },
  damaged_file: {
    status: 422,
    retryable: false,
    meaning: 'The file is truncated or its structure cannot be read.',
  },
  encrypted_pdf: {
    status: 422,
    retryable: false,
    meaning: 'The PDF needs a password.',
  },
  wrong_password: {
    status: 422,
    retryable: false,
    meaning: 'The password does not open the PDF.',
  },
  too_many_pages: {
    status: 422,
    retryable: false,
    meaning: 'More pages are selected than `--max-pages`.',
  },
  page_out_of_range: {
    status: 422,
    retryable: false,
    meaning: 'The document has no such page.',
  },
  page_too_large: {
    status: 422,
    retryable: false,
    meaning: 'The page image is larger than `--max-megapixels`.',
  },
  page_timeout: {
    status: 500,
    retryable: true,
    meaning: 'A page took longer than `--page-timeout`; the others are not affected.',
  },
  page_out_of_memory: {
    status: 500,
    retryable: true,
    meaning:
      'A page needed more memory than its worker may have (`--max-worker-mb` for PDF engines); the others are not affected.',
  },
  page_failed: {
    status: 500,
    retryable: false,
    meaning: 'A page could not be read; the others are not affected.',
  },
  language_missing: {
    status: 422,
    retryable: false,
    meaning: 'There is no data for the language; the hint names the package to install.',
  },
  engine_failed: {
    status: 500,
    retryable: true,
    meaning: 'A recogniser or PDF engine ended unexpectedly, twice.',
  },
  queue_full: {
    status: 503,
    retryable: true,
    meaning: '`--max-queue` jobs are waiting; the message says when to try again.',
  },
  too_many_uploads: {
    status: 503,
    retryable: true,
    meaning: '`--max-uploads` uploads are under way, or too many of one key wait to be used.',
  },
  job_timeout: {
    status: 500,
    retryable: false,
    meaning: 'The job took longer than `--job-timeout`; finished pages can be read.',
  },
  job_not_found: {
    status: 404,
    retryable: false,
    meaning: 'There is no such job, or it belongs to somebody else.',
  },
  job_not_ready: {
    status: 409,
    retryable: true,
    meaning: 'The answer needs something of the job that is not there yet, or not any more.',
  },
  result_too_large: {
    status: 422,
    retryable: false,
    meaning: 'One block, or the stored result, is larger than its limit.',
  },
  upload_not_found: {
    status: 404,
    retryable: false,
    meaning: 'The upload expired, was never sent, or belongs to another key.',
  },
  unauthorized: {
    status: 401,
    retryable: false,
    meaning: 'The key is missing or unknown.',
  },
  forbidden: {
    status: 403,
    retryable: false,
    meaning: 'The key, the host name or the calling site may not do this.',
  },
  insufficient_credits: {
    status: 402,
    retryable: false,
    meaning: 'The account has fewer pages left than the document needs.',
  },
  account_exists: {
    status: 409,
    retryable: false,
    meaning: 'There is an account for this address already.',
  },
  rate_limited: {
    status: 429,
    retryable: true,
    meaning: 'Too many requests in a minute; `Retry-After` says how long to wait.',
  },
  sync_timeout: {
    status: 504,
    retryable: true,
    meaning: 'The synchronous call took longer than `--sync-timeout`; the job goes on.',
  },
  shutting_down: {
    status: 503,
    retryable: true,
    meaning: 'The server is stopping.',
  },
  store_failed: {
    status: 500,
    retryable: true,
    meaning: 'The data folder could not be read or written.',
  },
  cancelled: {
    status: 409,
    retryable: false,
    meaning: 'The job or the call was cancelled.',
  },
  internal: {
    status: 500,
    retryable: false,
    meaning: 'A fault of Legible; stderr has the cause.',
  },
} as const;

export type ErrorCode = keyof typeof ERRORS;

export interface ErrorInfo {
  readonly code: ErrorCode;
  /** What went wrong, without paths of the server or secrets. */
  readonly message: string;
  /** What the caller can do now; an imperative sentence. */
  readonly hint: string;
}

export class LegibleError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  /** Seconds after which a retry makes sense, where that is known. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    hint: string,
    options: { cause?: unknown; retryAfter?: number } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'LegibleError';
    this.code = code;
    this.hint = hint;
    this.retryAfter = options.retryAfter;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }

  toInfo(): ErrorInfo {
    return { code: this.code, message: this.message, hint: this.hint };
  }

  /** Errors cross worker threads and the job store as plain data. */
  static fromInfo(info: ErrorInfo): LegibleError {
    return new LegibleError(info.code, info.message, info.hint);
  }
}

/** Any thrown value as a LegibleError; what is not one already becomes `internal` with its cause kept for the log. */
export function toLegibleError(error: unknown): LegibleError {
  if (error instanceof LegibleError) return error;
  if (error instanceof Error && error.name === 'AbortError') {
    return new LegibleError(
      'cancelled',
      'The work was cancelled.',
      'Submit the document again to restart it.',
      { cause: error },
    );
  }
  return new LegibleError(
    'internal',
    'Something failed inside Legible.',
    'Try again; if it happens again, report the document kind and the log line on stderr.',
    { cause: error },
  );
}
