/** How a test document is read and how far the reading may be from `golden/`. */
export interface Expectation {
  readonly file: string;
  /** Share of characters that may differ; 0 for native text. OCR differs by engine and its version. */
  readonly tolerance: number;
  readonly password?: string;
}

/** Clean print at a fair resolution. */
const SCAN = 0.01;
/** Small or damaged print, and structure that hangs on it. */
const HARD = 0.05;

export const EXPECTATIONS: readonly Expectation[] = [
  { file: 'report.pdf', tolerance: 0 },
  { file: 'two-columns.pdf', tolerance: 0 },
  { file: 'tables.pdf', tolerance: 0 },
  { file: 'form.pdf', tolerance: 0 },
  { file: 'form-scan.pdf', tolerance: SCAN },
  { file: 'scan.pdf', tolerance: SCAN },
  { file: 'mixed.pdf', tolerance: SCAN },
  { file: 'rotated.pdf', tolerance: SCAN },
  { file: 'fax.tiff', tolerance: SCAN },
  { file: 'note.bmp', tolerance: SCAN },
  { file: 'screenshot.png', tolerance: HARD },
  { file: 'inverted.png', tolerance: SCAN },
  { file: 'hidden-layer.pdf', tolerance: SCAN },
  { file: 'injection.pdf', tolerance: 0 },
  { file: 'broken-font.pdf', tolerance: SCAN },
  { file: 'blank.pdf', tolerance: 0 },
  { file: 'encrypted-rc4.pdf', tolerance: 0 },
  { file: 'encrypted-aes.pdf', tolerance: 0, password: 'open sesame' },
];
