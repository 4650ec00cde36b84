import type { OcrWord } from './port.js';

const TAG = /<(?:div|span) class=['"](ocr\w*)['"][^>]*?title=(?:"([^"]*)"|'([^']*)')[^>]*>/g;
const BBOX = /bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)/;
const BASELINE = /baseline (-?[\d.]+) (-?[\d.]+)/;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

const figure = (title: string, name: string): number =>
  Number(new RegExp(`${name} (-?[\\d.]+)`).exec(title)?.[1] ?? 0);

/**
 * Words of Tesseract's hOCR in its reading order. hOCR is preferred to TSV because it alone carries the
 * baselines and letter heights, and to tesseract.js's `blocks` because it costs less: each output walks the page's words
 * again from their start for every word or letter. The baseline of a line runs at `offset + slope * x`, measured from the
 * bottom-left corner of the line's box (hOCR 1.2, "baseline").
 */
export function wordsFromHocr(hocr: string): OcrWord[] {
  const words: OcrWord[] = [];
  let line = -1;
  let block = -1;
  let baseline = (_x: number): number => 0;
  let xHeight = 0;
  for (const match of hocr.matchAll(TAG)) {
    const name = match[1];
    const title = match[2] ?? match[3];
    const bbox = BBOX.exec(title);
    if (!bbox) continue;
    const [x0, y0, x1, y1] = bbox.slice(1).map(Number);
    if (name === 'ocr_carea') {
      block++;
    } else if (name === 'ocrx_word') {
      const start = match.index + match[0].length;
      const text = plainText(hocr.slice(start, hocr.indexOf('</span>', start)));
      if (!text) continue;
      words.push({
        text,
        box: { x0, y0, x1, y1 },
        confidence: figure(title, 'x_wconf'),
        baseline: baseline((x0 + x1) / 2),
        xHeight,
        line,
        block: Math.max(0, block),
      });
    } else if (title.includes('x_size')) {
      // ocr_line and its kin: ocr_header, ocr_caption, ocr_textfloat.
      line++;
      const [, slope, offset] = (BASELINE.exec(title) ?? ['', '0', '0']).map(Number);
      baseline = (x) => y1 + offset + slope * (x - x0);
      xHeight = Math.max(
        0,
        figure(title, 'x_size') - figure(title, 'x_descenders') - figure(title, 'x_ascenders'),
      );
    }
  }
  return words;
}

const plainText = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name])
    .trim();
