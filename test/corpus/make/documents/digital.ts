import type { CorpusDocument } from '../document.js';
import { flow } from '../flow.js';
import { SANS, SERIF } from '../fonts.js';
import { PdfFile } from '../pdf-file.js';
import { Sheet } from '../sheet.js';

const A4 = [595, 842] as const;
const MARGIN = 72;
const TEXT_WIDTH = A4[0] - 2 * MARGIN;
const BODY = { family: SERIF, size: 11, leading: 14 } as const;

function heading(sheet: Sheet, y: number, text: string, size: number): number {
  sheet.text(MARGIN, y, text, { font: 'Helvetica-Bold', size });
  return y + size * 0.6 + 12;
}

function items(sheet: Sheet, y: number, entries: readonly (readonly [string, string])[]): number {
  for (const [marker, text] of entries) {
    sheet.text(MARGIN + 12, y, marker, { font: 'Times-Roman', size: BODY.size });
    y = flow(sheet, text, MARGIN + 30, y, TEXT_WIDTH - 30, BODY);
  }
  return y + 8;
}

function grid(
  sheet: Sheet,
  top: number,
  columns: readonly number[],
  rows: readonly (readonly string[])[],
  rowHeight = 20,
): number {
  rows.forEach((row, index) => {
    const y = top + index * rowHeight;
    if (index === 0) sheet.fill(columns[0], y, columns[columns.length - 1], y + rowHeight, 0.88);
    row.forEach((text, column) => {
      const style = { font: index === 0 ? 'Helvetica-Bold' : 'Helvetica', size: 9.5 } as const;
      if (column === 0) sheet.text(columns[column] + 6, y + 14, text, style);
      else sheet.rightAligned(columns[column + 1] - 6, y + 14, text, style);
    });
  });
  const bottom = top + rows.length * rowHeight;
  for (let index = 0; index <= rows.length; index++)
    sheet.line(columns[0], top + index * rowHeight, columns[columns.length - 1], top + index * rowHeight);
  for (const x of columns) sheet.line(x, top, x, bottom);
  return bottom;
}

const furniture = (sheet: Sheet, page: number): void => {
  sheet.text(MARGIN, 40, 'Harbour Office \u2022 Water quality report', {
    font: 'Helvetica',
    size: 8,
    gray: 0.35,
  });
  sheet.centered(812, String(page), { font: 'Helvetica', size: 9 });
};

export function reportPdf(file = new PdfFile()): Buffer {
  const first = new Sheet(...A4);
  furniture(first, 1);
  first.text(MARGIN, 100, 'Water Quality in the Old Harbour', { font: 'Helvetica-Bold', size: 22 });
  first.text(MARGIN, 122, 'Findings of the spring survey', {
    font: 'Helvetica-Oblique',
    size: 12,
    gray: 0.2,
  });
  let y = flow(
    first,
    'Between March and May the harbour office took water samples at four stations, twice a week, always within an hour of high tide. This report says what was found, what it means for swimmers and mussel farmers, and what should be done before the summer. **The short answer is that the water is clean enough to swim in, except after heavy rain.**',
    MARGIN,
    152,
    TEXT_WIDTH,
    BODY,
  );
  y = heading(first, y + 16, '1. How the samples were taken', 15);
  y = flow(
    first,
    'Each sample was drawn half a metre below the surface, kept in the dark at four degrees, and measured on the same day. The method follows the *Handbook of Coastal Sampling*,^1^ with one change: bottles were rinsed with harbour water instead of distilled water. The raw readings are published on [the survey page](https://example.org/harbour/survey) together with the calibration records.',
    MARGIN,
    y,
    TEXT_WIDTH,
    BODY,
  );
  y = heading(first, y + 12, '1.1 Stations', 12);
  y = items(first, y, [
    ['\u2022', 'North mole, beside the fuel pier'],
    [
      '\u2022',
      'Fish market steps, where the storm drain of the old town ends and the current is weakest of all',
    ],
    ['\u2022', 'Inner basin'],
    ['\u2022', 'Lighthouse rock'],
  ]);
  y = heading(first, y + 10, '2. Results', 15);
  y = flow(
    first,
    'Table 1 gives the means of all samples of a station. Values above the bathing limit are rare.',
    MARGIN,
    y,
    TEXT_WIDTH,
    BODY,
  );
  y = grid(
    first,
    y + 2,
    [MARGIN, 232, 322, 422, A4[0] - MARGIN],
    [
      ['Station', 'Samples', 'Oxygen (mg/l)', 'E. coli (per 100 ml)'],
      ['North mole', '26', '8.9', '41'],
      ['Fish market steps', '25', '7.2', '318'],
      ['Inner basin', '26', '6.8', '122'],
      ['Lighthouse rock', '24', '9.4', '12'],
    ],
  );
  y = flow(first, '*Table 1. Means of the spring samples.*', MARGIN, y + 16, TEXT_WIDTH, {
    ...BODY,
    size: 9.5,
    leading: 12,
  });
  first.line(MARGIN, 752, MARGIN + 120, 752, 0.4);
  flow(first, '^1^ Handbook of Coastal Sampling, third edition, chapter 4.', MARGIN, 766, TEXT_WIDTH, {
    ...BODY,
    size: 9,
    leading: 11,
  });

  const second = new Sheet(...A4);
  furniture(second, 2);
  y = heading(second, 90, '3. What should be done', 15);
  y = flow(
    second,
    'Three measures would bring the fish market steps below the limit, in the order of their cost:',
    MARGIN,
    y,
    TEXT_WIDTH,
    BODY,
  );
  y = items(second, y + 4, [
    ['1.', 'Close the storm drain during the bathing season and lead its water to the treatment works.'],
    ['2.', 'Move the collection point for fish waste to the landward side of the hall.'],
    ['3.', 'Repeat the survey in August, when the water is warmest and the traffic at its peak.'],
  ]);
  y = heading(second, y + 8, '3.1 Costs', 12);
  flow(
    second,
    'The first measure costs about \u20ac84,000 and can be paid from the renewal fund. The second needs no building work. The third repeats what was done this spring; its price is known. No measure depends on another, so the council may decide them one at a time.',
    MARGIN,
    y,
    TEXT_WIDTH,
    BODY,
  );
  file.setInfo('Water Quality in the Old Harbour', 'Harbour Office');
  first.addTo(file);
  second.addTo(file);
  return file.build();
}

function twoColumnsPdf(): Buffer {
  const sheet = new Sheet(...A4);
  const [left, right, width] = [60, 308, 227];
  const style = { family: SERIF, size: 10, leading: 12.2, align: 'justify', indent: 10 } as const;
  const opening = { ...style, indent: 0 };
  sheet.centered(84, 'How Lamplighters Kept Time', { font: 'Times-Bold', size: 18 });
  sheet.centered(104, 'A note on street lighting before electricity', { font: 'Times-Italic', size: 11 });
  let y = flow(
    sheet,
    '**Summary.** Before clocks were cheap, the evening round of the lamplighter was the most regular event of a town. From the account books of one company we show how its routes were planned, what a round cost, and why the trade ended within ten years.',
    110,
    132,
    A4[0] - 220,
    { ...opening, size: 9.5, leading: 11.5 },
  );
  const top = y + 22;
  sheet.text(left, top, '1  The round', { font: 'Times-Bold', size: 12 });
  y = flow(
    sheet,
    'A round had between sixty and ninety lamps. The lamp\u00adlighter left the depot before dusk with a ladder, a can of oil and a pole, and was ex\u00adpected to have lit the last flame when the first star could be seen. The books record the time of de\u00adpar\u00adture for each evening of the year.',
    left,
    top + 17,
    width,
    opening,
  );
  y = flow(
    sheet,
    'Planning mattered. Two lamps on oppo\u00adsite sides of a street were lit in one crossing only where the street was narrow; else the man went up one side and came back on the other. A well-known route in the upper town was changed four times in a single winter, and each change is ex\u00adplained in the margin by the in\u00adspec\u00adtor, who walked it himself with a watch in his hand.',
    left,
    y,
    width,
    style,
  );
  y = flow(
    sheet,
    'Rain slowed the round by a third, snow by half. On such even\u00adings a boy was hired to carry the can, and the boys of one year were often the lamp\u00adlighters of another.',
    left,
    y,
    width,
    style,
  );
  sheet.text(left, y + 14, '2  What it cost', { font: 'Times-Bold', size: 12 });
  flow(
    sheet,
    'Oil was the largest item until gas arrived. Wages came second, and ladders, which broke more often than one would think, came third. The com\u00adpany bought them by the dozen.',
    left,
    y + 31,
    width,
    opening,
  );

  sheet.text(right, top, '3  The end of the trade', { font: 'Times-Bold', size: 12 });
  y = flow(
    sheet,
    'The first electric lamps stood at the station and needed no round at all. Within ten years the number of men fell from forty-one to six. Those who stayed looked after the clocks of the town, for which their habits had pre\u00adpared them well.',
    right,
    top + 17,
    width,
    opening,
  );
  y = flow(
    sheet,
    'It would be wrong to call the change sudden. For a whole decade both lights burned side by side, and people com\u00adplained about both: the old one was dim, the new one was harsh and failed in thunder\u00adstorms. The council kept the ladders until the last com\u00adplaint had been an\u00adswered.',
    right,
    y,
    width,
    style,
  );
  sheet.text(right, y + 14, '4  Sources', { font: 'Times-Bold', size: 12 });
  flow(
    sheet,
    'The account books are kept in the town archive, in eleven volumes, of which the third is missing. Weather was taken from the diary of a school\u00admaster who noted it every evening for thirty years and never once re\u00admarked on the lamps.',
    right,
    y + 31,
    width,
    opening,
  );
  sheet.centered(806, '17', { font: 'Times-Roman', size: 9 });
  const file = new PdfFile();
  sheet.addTo(file);
  return file.build();
}

function tablesPdf(): Buffer {
  const ruled = new Sheet(...A4);
  ruled.text(MARGIN, 90, 'Ferry crossings', { font: 'Helvetica-Bold', size: 16 });
  flow(
    ruled,
    'Departures a day, by season and kind of day. Cells that span several columns or rows are drawn without inner lines.',
    MARGIN,
    114,
    TEXT_WIDTH,
    { ...BODY, family: SANS, size: 10, leading: 13 },
  );
  const columns = [72, 172, 252, 332, 412, 492];
  const rows = [150, 172, 194, 216, 238, 260];
  const cell = (text: string, c0: number, c1: number, r0: number, r1: number, bold = false) =>
    ruled.centered(
      (rows[r0] + rows[r1]) / 2 + 3.5,
      text,
      { font: bold ? 'Helvetica-Bold' : 'Helvetica', size: 10 },
      (columns[c0] + columns[c1]) / 2,
    );
  cell('Route', 0, 1, 0, 2, true);
  cell('Summer', 1, 3, 0, 1, true);
  cell('Winter', 3, 5, 0, 1, true);
  ['Weekday', 'Sunday', 'Weekday', 'Sunday'].forEach((text, index) => {
    cell(text, index + 1, index + 2, 1, 2, true);
  });
  [
    ['Island', '14', '18', '6', '4'],
    ['Peninsula', '9', '9', '3', 'none'],
    ['Lighthouse', '2', '4'],
  ].forEach((texts, row) => {
    texts.forEach((text, column) => {
      cell(text, column, column + 1, row + 2, row + 3);
    });
  });
  cell('closed', 3, 5, 4, 5);
  for (const [index, y] of rows.entries()) {
    if (index === 1) ruled.line(columns[1], y, columns[5], y);
    else ruled.line(columns[0], y, columns[5], y);
  }
  for (const [index, x] of columns.entries()) {
    const from = index === 2 || index === 4 ? rows[1] : rows[0];
    ruled.line(x, from, x, index === 4 ? rows[4] : rows[5]);
  }

  const open = new Sheet(...A4);
  open.text(MARGIN, 90, 'Prices', { font: 'Helvetica-Bold', size: 16 });
  flow(
    open,
    'The first table has no lines at all, the second only those that books use.',
    MARGIN,
    114,
    TEXT_WIDTH,
    { ...BODY, family: SANS, size: 10, leading: 13 },
  );
  const style = { font: 'Helvetica', size: 10 } as const;
  const bold = { font: 'Helvetica-Bold', size: 10 } as const;
  const put = (
    y: number,
    texts: readonly string[],
    ends: readonly number[],
    face: typeof style | typeof bold,
  ) => {
    open.text(MARGIN, y, texts[0], face);
    texts.slice(1).forEach((text, index) => {
      open.rightAligned(ends[index], y, text, face);
    });
  };
  [
    ['Ticket', 'Single', 'Return'],
    ['Adult', '4.50', '8.00'],
    ['Child', '2.20', '4.00'],
    ['Bicycle', '1.00', '1.50'],
    ['Dog', '0.80', '1.20'],
  ].forEach((row, index) => {
    put(150 + index * 17, row, [260, 350], index === 0 ? bold : style);
  });
  const top = 270;
  open.line(MARGIN, top, 450, top, 1.2);
  put(top + 15, ['Season pass', 'Price', 'Valid (days)', 'Sold'], [230, 340, 450], bold);
  open.line(MARGIN, top + 22, 450, top + 22, 0.5);
  [
    ['Month', '38.00', '30', '412'],
    ['Quarter', '99.00', '91', '157'],
    ['Year', '320.00', '365', '88'],
  ].forEach((row, index) => {
    put(top + 37 + index * 16, row, [230, 340, 450], style);
  });
  open.line(MARGIN, top + 77, 450, top + 77, 1.2);
  flow(
    open,
    'Passes are sold at the pier and on board. A pass that is lost is replaced once, free of charge.',
    MARGIN,
    top + 104,
    TEXT_WIDTH,
    { ...BODY, family: SANS, size: 10, leading: 13 },
  );
  const file = new PdfFile();
  ruled.addTo(file);
  open.addTo(file);
  return file.build();
}

export const digital: readonly CorpusDocument[] = [
  {
    file: 'report.pdf',
    purpose:
      'Born-digital report, two pages: headings of three levels, bullets, numbers, a ruled table with caption, a link, a footnote, bold and italic, running head and page number',
    expected: 'Native text of both pages; running heads and page numbers left out',
    make: () => reportPdf(),
  },
  {
    file: 'two-columns.pdf',
    purpose: 'Born-digital paper: title and summary over two justified columns with hyphens at line ends',
    expected: 'Left column before the right one; `well-known` keeps its hyphen, divided words are rejoined',
    make: twoColumnsPdf,
  },
  {
    file: 'tables.pdf',
    purpose:
      'Born-digital tables: ruled with spanning cells and a two-row head; without any line; book style with three lines',
    expected: 'Three tables; the first as HTML with colspan and rowspan, the others as pipes',
    make: tablesPdf,
  },
];
