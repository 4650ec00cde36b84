import type { RecognizeOptions, Segmentation } from './port.js';

/** Tesseract's page segmentation modes; 3 is right for pages: 6, the default of tesseract.js, loses reading order. */
const SEGMENTATION_MODES: Record<Segmentation, string> = {
  page: '3',
  column: '4',
  block: '6',
  line: '7',
  sparse: '11',
};

/** Tesseract variables for one call, the same for the command and for the WebAssembly core. */
export function tesseractVariables(
  options: RecognizeOptions,
  dpi: number,
): { tessedit_pageseg_mode: string } & Record<string, string> {
  return {
    tessedit_pageseg_mode: SEGMENTATION_MODES[options.segmentation],
    // Paragraphs are the layout's business; finding them costs a few hundredths of a page's time.
    paragraph_text_based: '0',
    user_defined_dpi: String(Math.round(Math.min(Math.max(dpi, 70), 2400))),
  };
}
