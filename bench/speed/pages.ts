import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scanned, seeded, skew } from '../../test/corpus/make/degrade.js';
import { flow } from '../../test/corpus/make/flow.js';
import { SERIF } from '../../test/corpus/make/fonts.js';
import { addJpeg, blur, toPng } from '../../test/corpus/make/images.js';
import { PdfFile } from '../../test/corpus/make/pdf-file.js';
import { type GrayImage, renderPage } from '../../test/corpus/make/pdfium.js';
import { Sheet } from '../../test/corpus/make/sheet.js';
import { SENTENCES, TITLES } from './prose.js';

const A4 = [595, 842] as const;
const DPI = 200;
const COLUMN = { width: 232, tops: 110, bottom: 780, left: [56, 307] } as const;
const BODY = { family: SERIF, size: 10, leading: 12, align: 'justify', indent: 10 } as const;

/** A scanned document in the forms that the contenders take. */
export interface ScannedDocument {
  readonly pages: number;
  readonly pdf: string;
  /** One 8-bit gray PNG a page, for programs that read no PDF. */
  readonly images: readonly string[];
  /** Text of all pages. */
  readonly truth: string;
}

function makePage(index: number): { image: GrayImage; text: string } {
  const random = seeded(1000 + index);
  const sheet = new Sheet(...A4);
  const title = TITLES[index % TITLES.length];
  sheet.centered(76, title, { font: 'Times-Bold', size: 18 });
  const texts = [title];
  for (const left of COLUMN.left) {
    let y: number = COLUMN.tops;
    while (y < COLUMN.bottom - 8 * BODY.leading) {
      const paragraph = Array.from(
        { length: 4 },
        () => SENTENCES[Math.floor(random() * SENTENCES.length)],
      ).join(' ');
      texts.push(paragraph);
      y = flow(sheet, paragraph, left, y, COLUMN.width, BODY);
    }
  }
  const drawn = skew(renderPage(sheet.toPdf(), 0, DPI), (random() - 0.5) * 1.6);
  return { image: drawn, text: texts.join('\n') };
}

/** Makes two-column A4 scans at 200 dpi, slightly skewed and grainy, every page different. */
export async function makeScannedDocument(pages: number, folder: string): Promise<ScannedDocument> {
  mkdirSync(folder, { recursive: true });
  const file = new PdfFile();
  const images: string[] = [];
  const texts: string[] = [];
  for (let index = 0; index < pages; index++) {
    const { image, text } = makePage(index);
    const page = scanned(await blur(image, 0.6), 2000 + index, 4);
    const sheet = new Sheet(...A4);
    sheet.image(await addJpeg(file, page, 60), 0, 0, ...A4);
    sheet.addTo(file);
    const path = join(folder, `page-${String(index + 1).padStart(3, '0')}.png`);
    writeFileSync(path, await toPng(page, DPI));
    images.push(path);
    texts.push(text);
  }
  const pdf = join(folder, `${pages}-pages.pdf`);
  writeFileSync(pdf, file.build());
  return { pages, pdf, images, truth: texts.join('\n') };
}
