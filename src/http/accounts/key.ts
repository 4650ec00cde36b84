import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** `lgk_` + 12 characters that name the key + `_` + 40 characters of secret. */
const KEY_PATTERN = /^lgk_([a-f0-9]{12})_([A-Za-z0-9]{40})$/;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export interface NewKey {
  readonly id: string;
  /** Shown once, kept nowhere. */
  readonly secret: string;
  /** What is stored: SHA-256 is enough for a secret of 238 random bits. */
  readonly hash: string;
}

/** A character a byte, bytes that would favour some characters left out. */
function randomText(length: number): string {
  const fair = 256 - (256 % ALPHABET.length);
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length))
      if (byte < fair && text.length < length) text += ALPHABET[byte % ALPHABET.length];
  }
  return text;
}

export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export function mintKey(): NewKey {
  const id = randomBytes(6).toString('hex');
  const secret = `lgk_${id}_${randomText(40)}`;
  return { id, secret, hash: hashSecret(secret) };
}

/** The id part of something that looks like a key. */
export const keyIdOf = (token: string): string | undefined => KEY_PATTERN.exec(token)?.[1];

/** Compares in constant time. */
export const secretMatches = (token: string, hash: string): boolean =>
  timingSafeEqual(Buffer.from(hashSecret(token), 'hex'), Buffer.from(hash, 'hex'));
