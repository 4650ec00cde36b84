import { createHash } from 'node:crypto';
import { LegibleError } from '../../errors.js';
import type { DocumentFile, Intake } from '../api.js';
import type { AllowedFolders } from './allowed-folders.js';
import { damaged, decodeDataUri } from './data-uri.js';
import { displayName } from './display-name.js';
import { readLocalFile } from './local-file.js';
import { isWholePng } from './png-integrity.js';
import { parseReference } from './reference.js';
import { toShared } from './shared-bytes.js';
import { emptyFile, fileTooLarge } from './size.js';

export { type AllowedFolders, everywhere, foldersOnly, homeFolders } from './allowed-folders.js';

export interface IntakeOptions {
  /** Largest file in bytes. */
  readonly maxBytes: number;
  readonly allowedFolders: AllowedFolders;
  readonly allowPrivateNetwork: boolean;
  /** Milliseconds for a download. */
  readonly fetchTimeout: number;
}

/** Errors of both ways in: `unsupported_type`, `empty_file`, `file_too_large`, and those of each kind of source. */
export function createIntake(options: IntakeOptions): Intake {
  const { maxBytes } = options;

  async function load(text: string, signal?: AbortSignal) {
    const reference = parseReference(text);
    switch (reference.kind) {
      case 'path':
        return readLocalFile(reference.path, options.allowedFolders, maxBytes);
      case 'url': {
        const { fetchUrl } = await import('./fetch-url.js');
        return fetchUrl(reference.url, { ...options, timeout: options.fetchTimeout }, signal);
      }
      case 'data': {
        const bytes = decodeDataUri(reference.text, maxBytes);
        // Lost groups of four characters are still valid base64; PNG's checksums show the loss.
        const png = bytes[0] === 0x89 && bytes[1] === 0x50;
        if (png && !isWholePng(bytes)) throw damaged('parts of the PNG inside are missing or altered');
        return { bytes, name: '' };
      }
      case 'upload':
        // Whoever takes uploads resolves these before it asks for a file.
        throw noUploads();
    }
  }

  async function check(bytes: Uint8Array, name: string): Promise<DocumentFile> {
    if (bytes.byteLength === 0) throw emptyFile();
    if (bytes.byteLength > maxBytes) throw fileTooLarge(maxBytes, bytes.byteLength);
    const { sniff } = await import('./sniff.js');
    const mediaType = await sniff(bytes);
    const extension = mediaType.slice(mediaType.indexOf('/') + 1);
    return {
      sha256: createHash('sha256').update(bytes).digest('hex'),
      name: displayName(name, `document.${extension}`),
      mediaType,
      bytes: toShared(bytes),
    };
  }

  return {
    async fromReference(reference, signal) {
      const { bytes, name } = await load(reference, signal);
      signal?.throwIfAborted();
      return check(bytes, name);
    },
    fromBytes: check,
  };
}

const noUploads = () =>
  new LegibleError(
    'upload_not_found',
    'This server takes no uploads.',
    'Pass an absolute path, a URL or a data: URI.',
  );
