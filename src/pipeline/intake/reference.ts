import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LegibleError } from '../../errors.js';

/** What a source string names. */
export type Reference =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'url'; readonly url: URL }
  | { readonly kind: 'data'; readonly text: string }
  | { readonly kind: 'upload' };

const WINDOWS_PATH = /^(?:[a-z]:[\\/]|\\\\)/i;
const WINDOWS_FILE_URL = /^file:\/{2,3}[a-z][:|]/i;

/** Errors: `invalid_argument`, naming the forms that are understood. */
export function parseReference(text: string, platform: NodeJS.Platform = process.platform): Reference {
  const source = unquote(text.trim());
  if (source === '') throw notUnderstood('The source is empty.');
  if (source.includes('\0')) throw notUnderstood('The source contains a null character.');
  if (/^data:/i.test(source)) return { kind: 'data', text: source };
  if (/^upload:/i.test(source)) return { kind: 'upload' };
  if (/^https?:\/\//i.test(source)) return { kind: 'url', url: parseUrl(source) };
  const windows = WINDOWS_PATH.test(source) || WINDOWS_FILE_URL.test(source);
  if (windows && platform !== 'win32') {
    throw notUnderstood('This is a Windows path, but the server does not run on Windows.');
  }
  if (/^file:/i.test(source)) return { kind: 'path', path: fileUrlToPath(source) };
  if (source === '~' || source.startsWith('~/') || source.startsWith('~\\')) {
    return { kind: 'path', path: join(homedir(), source.slice(2)) };
  }
  if (isAbsolute(source)) return { kind: 'path', path: source };
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(source)) {
    throw notUnderstood(`Sources of the kind ${source.slice(0, source.indexOf(':'))}: are not supported.`);
  }
  throw notUnderstood('A relative path means nothing to the server.');
}

const notUnderstood = (message: string): LegibleError =>
  new LegibleError(
    'invalid_argument',
    message,
    'Pass an absolute path, a file:, http(s): or data: URL, or an upload: reference.',
  );

/** Agents pass paths as they would type them in a shell. */
const unquote = (text: string): string =>
  text.length > 1 && /^(["'`]).*\1$/s.test(text) ? text.slice(1, -1) : text;

function parseUrl(source: string): URL {
  if (!URL.canParse(source)) throw notUnderstood('This URL is not well formed.');
  const url = new URL(source);
  if (url.username || url.password) throw notUnderstood('A URL with a name or password is not accepted.');
  return url;
}

function fileUrlToPath(source: string): string {
  try {
    return fileURLToPath(source);
  } catch {
    throw notUnderstood('This file: URL is not well formed; it takes the form file:///folder/name.pdf.');
  }
}
