import { LegibleError } from '../../errors.js';

/** `31.2 MB`: decimal units, as file managers and the settings use them. */
function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${round(bytes / 1000)} kB`;
  return `${round(bytes / 1_000_000)} MB`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

export const fileTooLarge = (maxBytes: number, bytes?: number): LegibleError =>
  new LegibleError(
    'file_too_large',
    bytes === undefined
      ? `The file is larger than the limit of ${fileSize(maxBytes)}.`
      : `The file has ${fileSize(bytes)}; the limit is ${fileSize(maxBytes)}.`,
    'Split it or make it smaller, or ask the operator to raise --max-file-mb.',
  );

export const emptyFile = (): LegibleError =>
  new LegibleError(
    'empty_file',
    'The file is empty (0 bytes).',
    'Check that it was saved or downloaded completely, then call again.',
  );
