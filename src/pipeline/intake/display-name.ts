/** Long enough for every real name, short enough for one line of an answer. */
const LONGEST_NAME = 120;

/**
 * A name fit to be shown: the last part of a path, without control characters, marks that turn the
 * writing direction (they disguise extensions), or anything a path could be made of.
 */
export function displayName(name: string, fallback = 'document'): string {
  const last = name.split(/[\\/]/).pop() ?? '';
  const clean = last
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\.+/, '');
  return Array.from(clean).slice(0, LONGEST_NAME).join('') || fallback;
}
