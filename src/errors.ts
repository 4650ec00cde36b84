/**
 * Every error that a user can meet: a stable code, what went wrong, what to do about it.
 *
 * `status` is the HTTP status of the REST dialects; `retryable` says whether the same call can
 * succeed later without a change.
 */
const ERRORS = {
  invalid_argument: { status: 422, retryable: false },
  source_not_found: { status: 404, retryable: false },
  path_not_allowed: { status: 403, retryable: false },
  url_not_allowed: { status: 403, retryable: false },
  fetch_failed: { status: 422, retryable: true },
  file_too_large: { status: 413, retryable: false },
  unsupported_type: { status: 415, retryable: false },
  empty_file: { status: 422, retryable: false },
  damaged_file: { status: 422, retryable: false },
  encrypted_pdf: { status: 422, retryable: false },
  wrong_password: { status: 422, retryable: false },
  too_many_pages: { status: 422, retryable: false },
  page_out_of_range: { status: 422, retryable: false },
  page_too_large: { status: 422, retryable: false },
  page_timeout: { status: 500, retryable: true },
  page_failed: { status: 500, retryable: false },
  language_missing: { status: 422, retryable: false },
  engine_failed: { status: 500, retryable: true },
  queue_full: { status: 503, retryable: true },
  job_timeout: { status: 500, retryable: false },
  job_not_found: { status: 404, retryable: false },
  job_not_ready: { status: 409, retryable: true },
  result_too_large: { status: 422, retryable: false },
  upload_not_found: { status: 404, retryable: false },
  unauthorized: { status: 401, retryable: false },
  forbidden: { status: 403, retryable: false },
  insufficient_credits: { status: 402, retryable: false },
  account_exists: { status: 409, retryable: false },
  rate_limited: { status: 429, retryable: true },
  sync_timeout: { status: 504, retryable: true },
  shutting_down: { status: 503, retryable: true },
  store_failed: { status: 500, retryable: true },
  cancelled: { status: 409, retryable: false },
  internal: { status: 500, retryable: false },
} as const;

export type ErrorCode = keyof typeof ERRORS;
export const ERROR_CODES = Object.keys(ERRORS) as ErrorCode[];

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
