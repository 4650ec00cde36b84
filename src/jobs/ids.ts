import { randomBytes } from 'node:crypto';

/** Crockford's base 32 in lower case: no i, l, o, u, so ids survive being read aloud or by OCR. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 20;

export const JOB_ID = /^job_[0-9a-hjkmnp-tv-z]{20}$/;

/** `job_` and 20 random characters (100 bits): an id cannot be guessed. */
export function newJobId(): string {
  let id = 'job_';
  for (const byte of randomBytes(LENGTH)) id += ALPHABET[byte & 31];
  return id;
}
