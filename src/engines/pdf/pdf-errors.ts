import { LegibleError } from '../../errors.js';

export const damagedFile = (detail: string, cause?: unknown): LegibleError =>
  new LegibleError(
    'damaged_file',
    `The PDF is damaged: ${detail}.`,
    'Open it in a PDF program and save it anew, or send another copy.',
    { cause },
  );

export const encryptedPdf = (): LegibleError =>
  new LegibleError('encrypted_pdf', 'The PDF is encrypted.', 'Call again with its password.');

export const wrongPassword = (): LegibleError =>
  new LegibleError(
    'wrong_password',
    'The PDF is encrypted and the password given does not open it.',
    'Call again with the right password.',
  );

export const pageOutOfRange = (page: number, pageCount: number): LegibleError =>
  new LegibleError(
    'page_out_of_range',
    `There is no page ${page}: the document has ${pageCount === 1 ? '1 page' : `${pageCount} pages`}.`,
    `Ask for pages between 1 and ${pageCount}.`,
  );

export const pageFailed = (page: number, cause?: unknown): LegibleError =>
  new LegibleError(
    'page_failed',
    `Page ${page} of the PDF is damaged and cannot be read.`,
    'Leave this page out, or save the file anew with a PDF program.',
    { cause },
  );

export const noSuchImage = (page: number, index: number): LegibleError =>
  new LegibleError(
    'invalid_argument',
    `Page ${page} has no image ${index}.`,
    'Take the index from the images of the page.',
  );

export const undecodableImage = (page: number, index: number, cause?: unknown): LegibleError =>
  new LegibleError(
    'engine_failed',
    `Image ${index} of page ${page} cannot be decoded.`,
    'Render the page instead.',
    { cause },
  );

export const pageTooLarge = (page: number, width: number, height: number, maxPixels: number): LegibleError =>
  new LegibleError(
    'page_too_large',
    `Page ${page} would be an image of ${width} × ${height} pixels; the limit is ${Math.floor(maxPixels / 1e6)} megapixels.`,
    'Ask for a lower resolution or a smaller region, or raise the limit of megapixels a page.',
  );
