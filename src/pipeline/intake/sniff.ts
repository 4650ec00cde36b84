import { fileTypeFromBuffer } from 'file-type';
import { LegibleError } from '../../errors.js';
import type { DocumentFile } from '../api.js';
import { describeRefused, type Refused } from './refused-kinds.js';

/** Acrobat and every engine accept a header anywhere in the first 1 024 bytes (ISO 32000-1, implementation note 13). */
const PDF_HEADER_WINDOW = 1024;
/** Enough to tell text from anything else. */
const TEXT_SAMPLE = 4096;

/** What can be read, by file-type's extension. */
const READABLE: Readonly<Record<string, DocumentFile['mediaType']>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  apng: 'image/png',
  jpg: 'image/jpeg',
  tif: 'image/tiff',
  webp: 'image/webp',
  bmp: 'image/bmp',
  gif: 'image/gif',
  avif: 'image/avif',
};

/**
 * The media type by content; names and declared types are not looked at. Where a file is two things
 * at once, the one at its first byte counts. Errors: `unsupported_type`, saying what the file is.
 */
export async function sniff(bytes: Uint8Array): Promise<DocumentFile['mediaType']> {
  // Its byte order mark is also how MPEG audio begins, which is refused as well.
  if (/^(ÿþ|þÿ)/.test(Buffer.from(bytes.subarray(0, 2)).toString('latin1'))) {
    throw unsupported(describeRefused('text'));
  }
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  const readable = found && READABLE[found.ext];
  if (readable) return readable;
  if (!found && hasPdfHeader(bytes)) return 'application/pdf';
  throw unsupported(describeRefused(found?.ext ?? plainKind(bytes)));
}

function hasPdfHeader(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, PDF_HEADER_WINDOW)).toString('latin1');
  return /%PDF-\d/.test(head);
}

/** Kinds without a signature, in file-type's manner. */
function plainKind(bytes: Uint8Array): string {
  const sample = Buffer.from(bytes.subarray(0, TEXT_SAMPLE));
  if (bytes.every((byte) => byte === 0)) return 'zeros';
  const text = sample.toString('latin1').trimStart().toLowerCase();
  if (/^(<!doctype html|<html|<head|<body|<script)/.test(text.replace(/^ï»¿/, ''))) return 'html';
  if (/^(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?(<!doctype svg|<svg)/s.test(text)) return 'svg';
  if (text.startsWith('%!ps')) return 'ps';
  if (/^p[1-6]\s/.test(text)) return 'pnm';
  if (text.startsWith('at&tform')) return 'djvu';
  const control = sample.filter((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27)).length;
  return control === 0 ? 'text' : 'unknown';
}

const unsupported = ({ what, hint }: Refused): LegibleError =>
  new LegibleError('unsupported_type', `This is ${what}, which cannot be read here.`, hint);
