import { LegibleError } from '../../errors.js';
import { fileTooLarge } from './size.js';

const BETTER_WAY =
  'Pass a path, a URL or an upload: reference instead: long base64 text is often altered on its way through a model.';

/**
 * The bytes of a `data:` URI (RFC 2397), base64 in both alphabets or percent-encoded. Errors:
 * `invalid_argument`, `damaged_file` where characters were lost or altered, `file_too_large`.
 */
export function decodeDataUri(uri: string, maxBytes: number): Uint8Array {
  const comma = uri.indexOf(',');
  if (comma < 0) {
    throw new LegibleError(
      'invalid_argument',
      'The data: URI has no comma before its content.',
      'It takes the form data:application/pdf;base64,CONTENT.',
    );
  }
  const base64 = /;\s*base64\s*$/i.test(uri.slice('data:'.length, comma));
  // No encoding takes more than three characters a byte: what is far too long is refused undecoded.
  if ((uri.length - comma) / 3 > maxBytes) throw fileTooLarge(maxBytes);
  const bytes = base64 ? decodeBase64(uri.slice(comma + 1)) : decodePercent(uri.slice(comma + 1));
  if (bytes.byteLength > maxBytes) throw fileTooLarge(maxBytes, bytes.byteLength);
  return bytes;
}

function decodeBase64(content: string): Uint8Array {
  const text = (/%[0-9a-f]{2}/i.test(content) ? safeDecode(content) : content)
    .replace(/\s+/g, '')
    .replace(/=+$/, '');
  const wrong = /[^A-Za-z0-9+/_-]/.exec(text);
  if (wrong) throw damaged(`character ${wrong.index + 1} of ${text.length} is none of base64`);
  if (text.length % 4 === 1) throw damaged(`a number of characters is missing (there are ${text.length})`);
  return Buffer.from(text, 'base64');
}

function decodePercent(content: string): Uint8Array {
  const bytes: number[] = [];
  for (let i = 0; i < content.length; i++) {
    const escaped = /^%[0-9a-f]{2}/i.test(content.slice(i, i + 3));
    if (escaped) {
      bytes.push(Number.parseInt(content.slice(i + 1, i + 3), 16));
      i += 2;
    } else {
      bytes.push(...Buffer.from(content[i]));
    }
  }
  return Uint8Array.from(bytes);
}

function safeDecode(content: string): string {
  try {
    return decodeURIComponent(content);
  } catch {
    throw damaged('its percent escapes are broken');
  }
}

export const damaged = (how: string): LegibleError =>
  new LegibleError('damaged_file', `The data: URI is corrupted: ${how}.`, BETTER_WAY);
