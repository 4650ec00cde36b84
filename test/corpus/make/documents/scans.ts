import { bilevel, invert, mapPixels, perspective, scanned, seeded, skew, turn } from '../degrade.js';
import type { CorpusDocument } from '../document.js';
import { flow } from '../flow.js';
import { SANS, SERIF } from '../fonts.js';
import { addBilevel, addJpeg, blur, toBmp, toFaxTiff, toJpeg, toPng } from '../images.js';
import { PdfFile, type Ref } from '../pdf-file.js';
import { type GrayImage, renderPage } from '../pdfium.js';
import { Sheet } from '../sheet.js';

const LETTER = [612, 792] as const;
const A5 = [420, 595] as const;
const BODY = { family: SERIF, size: 12, leading: 16 } as const;
const draw = (sheet: Sheet, dpi: number): GrayImage => renderPage(sheet.toPdf(), 0, dpi);

/** A page that is nothing but its image. */
function imagePage(file: PdfFile, image: Ref, size: readonly [number, number]): void {
  const sheet = new Sheet(...size);
  sheet.image(image, 0, 0, ...size);
  sheet.addTo(file);
}

function letterSheet(): Sheet {
  const sheet = new Sheet(...LETTER);
  const [x, width] = [80, 452];
  sheet.text(x, 96, 'The Keeper\u2019s Inventory', { font: 'Times-Bold', size: 20 });
  let y = flow(
    sheet,
    'When the last keeper of the lighthouse retired, the town council asked him to write down what the tower contained, so that nothing would be lost in the change to automatic light. He took three weeks over it. What follows is the beginning of his list, copied as he wrote it.',
    x,
    128,
    width,
    BODY,
  );
  sheet.text(x, y + 18, 'On the ground floor', { font: 'Times-Bold', size: 15 });
  y = flow(
    sheet,
    'One iron stove, cracked on the left side but sound. Two benches, made by my predecessor from the timbers of a wreck. A barometer that has read 29.6 since the storm of 1987 and should be left as it is, because visitors like it. Forty metres of rope, good; sixty metres of rope, not good.',
    x,
    y + 42,
    width,
    BODY,
  );
  y = flow(
    sheet,
    'The door sticks in wet weather. Lift it a little and push with the shoulder. The key under the third stone is not the key to this door; I have never found out what it opens, and I have tried it on everything within a day\u2019s walk.',
    x,
    y + 8,
    width,
    BODY,
  );
  sheet.text(x, y + 18, 'On the stairs', { font: 'Times-Bold', size: 15 });
  y += 42;
  for (const entry of [
    'One hundred and twelve steps, of which the ninth is loose.',
    'Four windows facing the sea and one facing the bakery.',
    'A shelf with the log books of 1921 to 1994, complete.',
    'A cat, who was here before me and is not on the payroll.',
  ]) {
    sheet.text(x + 10, y, '\u2022', { font: 'Times-Roman', size: 12 });
    y = flow(sheet, entry, x + 26, y, width - 26, BODY);
  }
  flow(
    sheet,
    'I have counted the steps every morning for thirty-one years and the number has not changed, though it feels higher now than it did. Please keep the log. It takes five minutes a day, and somebody will want to know.',
    x,
    y + 8,
    width,
    BODY,
  );
  return sheet;
}

function replySheet(): Sheet {
  const sheet = new Sheet(...LETTER);
  const [x, width] = [80, 452];
  sheet.text(x, 96, 'Answer of the Council', { font: 'Times-Bold', size: 20 });
  const y = flow(
    sheet,
    'The council thanks the keeper for 31 years of service and for his inventory, which was read aloud at the meeting of 14 October. It was decided that the stove be repaired, the barometer left alone, and the log continued by the harbour office.',
    x,
    128,
    width,
    BODY,
  );
  flow(
    sheet,
    'Regarding the cat, no decision was taken. The treasurer will pay 12.50 a month for fish until one is.',
    x,
    y + 8,
    width,
    BODY,
  );
  return sheet;
}

async function scanPdf(): Promise<Buffer> {
  const file = new PdfFile();
  const first = scanned(skew(await blur(draw(letterSheet(), 200), 0.6), 0.7), 11, 4);
  imagePage(file, await addJpeg(file, first, 60), LETTER);
  const second = bilevel(scanned(skew(await blur(draw(replySheet(), 200), 0.6), -0.5), 12, 12));
  imagePage(file, addBilevel(file, second), LETTER);
  return file.build();
}

/** Paragraphs on an A5 page; the first entry is its title. */
function smallSheet(title: string, paragraphs: readonly string[]): Sheet {
  const sheet = new Sheet(...A5);
  sheet.text(48, 70, title, { font: 'Times-Bold', size: 17 });
  let y = 98;
  for (const paragraph of paragraphs) y = flow(sheet, paragraph, 48, y, 324, BODY) + 8;
  return sheet;
}

const GARDEN = smallSheet('Notes on a Walled Garden', [
  'The wall keeps out the wind and keeps in the warmth. Against the south side we planted pears, which ripened nine days earlier than those in the open field, and were eaten by wasps nine days earlier too.',
  'Water is the difficulty. A barrel at each corner lasts four days in June and two in August. The well behind the shed gives clean water but only in the morning; nobody knows why.',
]);

const BRIDGE = smallSheet('Repairs to the Footbridge', [
  'Planks seven to twelve were replaced on Monday. The railing on the upstream side is held by two bolts instead of four and must not be leaned on until the blacksmith has been.',
  'Total cost of timber and labour: 246.80. The bill was sent to both villages, since both use the bridge and neither will say who uses it more.',
]);

async function mixedPdf(): Promise<Buffer> {
  const body = new Sheet(451, 400);
  let y = 40;
  for (const paragraph of [
    'Dear Sir or Madam, I read your notice about the sale of the old ferry and would like to make an offer. My grandfather was its captain, and the bell on the foredeck still carries his initials.',
    'I can pay 3,200 at once and the same again in spring. If the engine does not run, please say so; I would buy the ferry all the same, but I would bring a different kind of rope.',
  ])
    y = flow(body, paragraph, 20, y, 411, { ...BODY, size: 13, leading: 18 }) + 10;
  const sheet = new Sheet(595, 842);
  const file = new PdfFile();
  const image = scanned(skew(await blur(draw(body, 180), 0.5), 0.4), 21, 4);
  sheet.text(72, 84, 'Incoming mail no. 4417', { font: 'Helvetica-Bold', size: 16 });
  flow(
    sheet,
    'Received on 3 March, filed under Sales. The original letter is reproduced below; please answer within ten days.',
    72,
    110,
    451,
    { family: SANS, size: 11, leading: 14 },
  );
  sheet.image(await addJpeg(file, image, 45), 72, 150, 523, 550);
  sheet.text(72, 590, 'Forwarded to: council secretary', { font: 'Helvetica', size: 11 });
  sheet.addTo(file);
  return file.build();
}

async function rotatedPdf(): Promise<Buffer> {
  const file = new PdfFile();
  const native = new Sheet(842, 595);
  native.text(72, 90, 'Timetable for the Winter', { font: 'Helvetica-Bold', size: 18 });
  flow(
    native,
    'This landscape page is stored on its side and carries an entry that turns it upright, as office programs write it. A reader shows it turned, and so must whoever reads its text.',
    72,
    120,
    500,
    { family: SANS, size: 12, leading: 16 },
  );
  native.addTo(file, { rotate: 90 });
  const scan = scanned(await blur(draw(GARDEN, 200), 0.5), 31, 4);
  imagePage(file, await addJpeg(file, turn(scan, 90), 42), [A5[1], A5[0]]);
  const upsideDown = scanned(await blur(draw(BRIDGE, 200), 0.5), 32, 4);
  imagePage(file, await addJpeg(file, turn(upsideDown, 180), 42), A5);
  return file.build();
}

function screenshot(): Promise<Buffer> {
  const sheet = new Sheet(640, 300);
  sheet.fill(0, 0, 640, 300, 0.95);
  sheet.fill(0, 0, 640, 34, 0.25);
  sheet.text(14, 22, 'Backup settings', { font: 'Helvetica-Bold', size: 12.5, gray: 1 });
  sheet.fill(20, 54, 620, 252, 1);
  const rows = [
    'Last backup finished 2 hours ago',
    'Keep daily copies for 30 days',
    'Keep monthly copies for 1 year',
    'Encrypt copies before upload',
  ];
  rows.forEach((row, index) => {
    sheet.text(40, 84 + index * 32, row, { font: 'Helvetica', size: 12, gray: 0.15 });
    sheet.text(540, 84 + index * 32, index === 0 ? 'Run now' : 'Change', {
      font: 'Helvetica',
      size: 12,
      gray: 0.4,
    });
  });
  sheet.text(40, 234, 'Storage used: 48.3 GB of 100 GB', { font: 'Helvetica', size: 12, gray: 0.15 });
  sheet.text(20, 280, 'Version 4.2.1', { font: 'Helvetica', size: 10, gray: 0.5 });
  return toPng(draw(sheet, 96));
}

function receipt(): Promise<Buffer> {
  const sheet = new Sheet(226, 400);
  const line = (y: number, left: string, right = '', bold = false) => {
    const style = { font: bold ? 'Courier-Bold' : 'Courier', size: 10 } as const;
    sheet.text(14, y, left, style);
    sheet.rightAligned(212, y, right, style);
  };
  sheet.centered(36, 'CORNER BOOKSHOP', { font: 'Courier-Bold', size: 14 });
  sheet.centered(52, '12 Mill Lane', { font: 'Courier', size: 10 });
  sheet.centered(66, 'Tel. 555 0142', { font: 'Courier', size: 10 });
  line(96, '21/03/2024', '17:42');
  line(122, 'ATLAS OF RIVERS', '24.90');
  line(138, 'PENCIL HB  x3', '2.70');
  line(154, 'NOTEBOOK A5', '4.50');
  line(170, 'GIFT WRAP', '1.00');
  sheet.line(14, 182, 212, 182);
  line(200, 'TOTAL', '33.10', true);
  line(216, 'CASH', '40.00');
  line(232, 'CHANGE', '6.90');
  sheet.line(14, 244, 212, 244);
  sheet.centered(268, 'VAT 7% included: 2.17', { font: 'Courier', size: 10 });
  sheet.centered(300, 'THANK YOU', { font: 'Courier-Bold', size: 12 });
  sheet.centered(318, 'Exchange within 14 days', { font: 'Courier', size: 10 });
  const random = seeded(41);
  const size = { width: 1100, height: 1500 };
  const photo = perspective(
    draw(sheet, 240),
    size,
    [
      [210, 90],
      [905, 140],
      [850, 1400],
      [255, 1385],
    ],
    (x, y) => 92 + 14 * Math.sin(x / 60 + y / 190),
  );
  const lit = mapPixels(photo, (value, x, y) => {
    const light = 0.62 + 0.36 * Math.exp(-(((x - 380) / 700) ** 2) - ((y - 420) / 900) ** 2);
    return (18 + value * 0.88) * light + (random() + random() - 1) * 9;
  });
  return blur(lit, 0.7).then((image) => toJpeg(image, 62, 72));
}

async function faxTiff(): Promise<Buffer> {
  const third = smallSheet('Fax: Order of Seeds', [
    'Please send two kilos of broad beans, one of peas, and as many marigolds as fit into the rest of the box. Last year the marigolds were the only thing that the snails left alone.',
    'Payment follows on delivery, as always. Our account number is 0071-448.',
  ]);
  const pages = [third, GARDEN, BRIDGE].map((sheet) => bilevel(draw(sheet, 200)));
  return toFaxTiff(pages, 200);
}

function noteBmp(): Buffer {
  const sheet = new Sheet(330, 150);
  sheet.text(24, 40, 'Telephone note', { font: 'Helvetica-Bold', size: 14 });
  flow(
    sheet,
    'The piano tuner called at half past nine. He can come on Thursday or not at all. Please call back before noon: 555 0198.',
    24,
    66,
    282,
    { family: SANS, size: 12, leading: 16 },
  );
  return toBmp(bilevel(draw(sheet, 200)), 200);
}

export const scans: readonly CorpusDocument[] = [
  {
    file: 'scan.pdf',
    purpose:
      'The scan of the README\u2019s first command: two letter pages at 200 dpi, image only: gray JPEG skewed by 0.7\u00b0, then black and white skewed by \u22120.5\u00b0',
    expected: 'OCR of both pages with headings, paragraphs and the list',
    make: scanPdf,
  },
  {
    file: 'mixed.pdf',
    purpose: 'One page: native head and foot, the body is a scanned letter',
    expected: 'Native words kept, OCR of the image between them',
    make: mixedPdf,
  },
  {
    file: 'rotated.pdf',
    purpose:
      'Three pages: native landscape page on its side with /Rotate 90, scan turned by 90\u00b0 without an entry, scan upside down',
    expected: 'Every page read upright',
    make: rotatedPdf,
  },
  {
    file: 'fax.tiff',
    purpose: 'Multipage TIFF: three bilevel pages, CCITT group 4',
    expected: 'Three pages',
    make: faxTiff,
  },
  {
    file: 'note.bmp',
    purpose: 'Windows bitmap, one bit a pixel',
    expected: 'A heading and a paragraph',
    make: noteBmp,
  },
  {
    file: 'screenshot.png',
    purpose: 'Screenshot at 96 dpi: small anti-aliased type, white on dark title bar',
    expected: 'All labels and values, the title included',
    make: screenshot,
  },
  {
    file: 'receipt.jpg',
    purpose: 'Photographed receipt: perspective, uneven light, grain, wrong density in its header',
    expected: 'Items, prices and total on their lines',
    make: receipt,
  },
  {
    file: 'inverted.png',
    purpose: 'White text on black',
    expected: 'The same text as on paper',
    make: () => toPng(invert(draw(BRIDGE, 150))),
  },
];
export { draw, GARDEN, imagePage };
