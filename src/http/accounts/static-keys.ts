import { LegibleError } from '../../errors.js';
import type { Authenticator, Principal } from '../principal.js';
import { unauthorized } from './accounts.js';
import { hashSecret, secretMatches } from './key.js';

/** A key that is easily guessed protects nothing. */
const SHORTEST_KEY = 16;

/**
 * Keys from the environment: `name:secret` or `secret`, separated by commas. Jobs belong to the key.
 * Errors: `invalid_argument` when there is none or one is too short.
 */
export function staticKeys(setting: string | undefined): Authenticator {
  const keys = (setting ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const colon = part.indexOf(':');
      const secret = part.slice(colon + 1);
      const hash = hashSecret(secret);
      return {
        secret,
        hash,
        principal: {
          id: `key-${hash.slice(0, 12)}`,
          label: colon < 0 ? 'key' : part.slice(0, colon),
        } satisfies Principal,
      };
    });
  if (keys.length === 0 || keys.some((key) => key.secret.length < SHORTEST_KEY)) {
    throw new LegibleError(
      'invalid_argument',
      `--auth static needs keys of at least ${SHORTEST_KEY} characters.`,
      'Set LEGIBLE_KEYS to `name:secret` pairs separated by commas.',
    );
  }
  return {
    async authenticate(token) {
      // Every key is compared, so that the time taken tells nothing about which one was close.
      const matches = keys.filter((key) => token !== undefined && secretMatches(token, key.hash));
      if (matches.length === 0) throw unauthorized(token !== undefined);
      return matches[0].principal;
    },
  };
}
