import { scanned, skew } from '../degrade.js';
import type { CorpusDocument } from '../document.js';
import { addJpeg } from '../images.js';
import { PdfFile, type Ref } from '../pdf-file.js';
import { renderPage } from '../pdfium.js';
import { Sheet, textWidth } from '../sheet.js';

const [WIDTH, HEIGHT] = [595, 842];
const LEFT = 72;
const TEXT = { font: 'Helvetica', size: 10.5 } as const;
const BOLD = { font: 'Helvetica-Bold', size: 10.5 } as const;
const SIDE = 9;

type Mark = 'empty' | 'cross' | 'tick' | 'filled' | 'typed';

/** A box whose lower left corner is at x and the baseline y, in one of the ways in which programs draw them. */
function box(sheet: Sheet, x: number, y: number, mark: Mark, way: 'rect' | 'lines' | 'round' = 'rect'): void {
  const [bottom, top, right] = [HEIGHT - y - 1, HEIGHT - y - 1 + SIDE, x + SIDE];
  const round =
    `${x + 2} ${bottom} m ${right - 2} ${bottom} l ${right} ${bottom} ${right} ${bottom} ${right} ${bottom + 2} c ` +
    `${right} ${top - 2} l ${right} ${top} ${right} ${top} ${right - 2} ${top} c ${x + 2} ${top} l ` +
    `${x} ${top} ${x} ${top} ${x} ${top - 2} c ${x} ${bottom + 2} l ${x} ${bottom} ${x} ${bottom} ${x + 2} ${bottom} c h S`;
  const lines =
    `${x} ${bottom} m ${right} ${bottom} l S ${x} ${top} m ${right} ${top} l S ` +
    `${x} ${bottom} m ${x} ${top} l S ${right} ${bottom} m ${right} ${top} l S`;
  sheet.draw(
    `0 G 0.7 w ${way === 'rect' ? `${x} ${bottom} ${SIDE} ${SIDE} re S` : way === 'lines' ? lines : round}`,
  );
  if (mark === 'cross')
    sheet.draw(
      `0 G 0.9 w ${x + 1.5} ${bottom + 1.5} m ${right - 1.5} ${top - 1.5} l ${x + 1.5} ${top - 1.5} m ${right - 1.5} ${bottom + 1.5} l S`,
    );
  if (mark === 'tick')
    sheet.draw(
      `0 G 1.1 w ${x + 1.5} ${bottom + 4.5} m ${x + 3.8} ${bottom + 2} l ${right + 1} ${top + 1} l S`,
    );
  if (mark === 'filled') sheet.draw(`0 g ${x + 2} ${bottom + 2} ${SIDE - 4} ${SIDE - 4} re f`);
  if (mark === 'typed') sheet.text(x + 1.6, y - 0.4, 'X', { font: 'Helvetica-Bold', size: 8.5 });
}

/** A box with its label right of it; gives where the label ends. */
function option(
  sheet: Sheet,
  x: number,
  y: number,
  label: string,
  mark: Mark,
  way?: 'rect' | 'lines' | 'round',
) {
  box(sheet, x, y, mark, way);
  sheet.text(x + SIDE + 5, y, label, TEXT);
  return x + SIDE + 5 + textWidth(label, TEXT);
}

function questionnaire({ comb }: { readonly comb: boolean }): Sheet {
  const sheet = new Sheet(WIDTH, HEIGHT);
  sheet.text(LEFT, 92, 'Questionnaire before the visit', { font: 'Helvetica-Bold', size: 18 });
  sheet.text(
    LEFT,
    122,
    'Please mark what applies to you with a cross and bring this sheet along to the desk.',
    TEXT,
  );
  sheet.text(
    LEFT,
    136,
    'Questions that you cannot answer may stay open; the nurse will go through them with you.',
    TEXT,
  );

  sheet.text(LEFT, 168, 'Do you smoke?', BOLD);
  let x = option(sheet, LEFT + 110, 168, 'Yes', 'empty');
  option(sheet, x + 22, 168, 'No', 'cross');
  sheet.text(LEFT, 188, 'Blood group', BOLD);
  x = LEFT + 110;
  for (const [label, mark] of [
    ['A', 'empty'],
    ['B', 'empty'],
    ['AB', 'typed'],
    ['0', 'empty'],
  ] as const)
    x = option(sheet, x, 188, label, mark) + 18;

  sheet.text(LEFT, 226, 'Illnesses in the past', { font: 'Helvetica-Bold', size: 13 });
  const illnesses: readonly (readonly [string, Mark])[] = [
    ['Asthma or another illness of the lungs', 'empty'],
    ['High blood pressure', 'tick'],
    ['Diabetes', 'empty'],
    ['Allergy against plasters or medicines', 'cross'],
    ['None that I know of', 'empty'],
  ];
  for (const [index, [label, mark]] of illnesses.entries())
    option(sheet, LEFT, 250 + index * 18, label, mark, 'lines');

  sheet.text(LEFT, 366, 'How often do you have', { font: 'Helvetica-Bold', size: 13 });
  const columns = [LEFT, 240, 315, 395, 470];
  const rows: readonly (readonly [string, number])[] = [
    ['Headache', 1],
    ['Dizziness', 0],
    ['Shortness of breath', 2],
  ];
  for (const [column, head] of ['Symptom', 'Never', 'Sometimes', 'Often'].entries())
    sheet.text(columns[column] + 6, 396, head, BOLD);
  rows.forEach(([label, marked], row) => {
    const y = 418 + row * 22;
    sheet.text(columns[0] + 6, y, label, TEXT);
    for (let column = 0; column < 3; column++)
      box(sheet, columns[column + 1] + 20, y, column === marked ? 'filled' : 'empty', 'round');
  });
  for (let row = 0; row <= 4; row++) sheet.line(columns[0], 381 + row * 22, columns[4], 381 + row * 22);
  for (const column of columns) sheet.line(column, 381, column, 381 + 4 * 22);

  option(sheet, LEFT, 502, 'I agree that this sheet is kept for ten years.', 'tick');
  if (!comb) return sheet;
  sheet.text(LEFT, 536, 'Postcode', BOLD);
  // A letter goes into each of these: no boxes to be ticked.
  for (let index = 0; index < 5; index++) {
    sheet.draw(`0 G 0.7 w ${LEFT + 70 + index * 15} ${HEIGHT - 540} 15 15 re S`);
    sheet.text(LEFT + 74 + index * 15, 536, '48143'[index], TEXT);
  }
  return sheet;
}

const FRAME = `0 G 1 w 0.5 0.5 ${SIDE} ${SIDE} re S`;
const CIRCLE =
  '0 G 0.8 w 9.5 5 m 9.5 7.49 7.49 9.5 5 9.5 c 2.51 9.5 0.5 7.49 0.5 5 c 0.5 2.51 2.51 0.5 5 0.5 c 7.49 0.5 9.5 2.51 9.5 5 c h S';
const TICK = '0 G 1.4 w 2 5 m 4 2.5 l 8 8 l S';
const DOT = '0 g 7 5 m 7 6.1 6.1 7 5 7 c 3.9 7 3 6.1 3 5 c 3 3.9 3.9 3 5 3 c 6.1 3 7 3.9 7 5 c h f';

const appearance = (file: PdfFile, operators: string, width = 10, height = 10, resources = ''): Ref =>
  file.addStream(`/Type /XObject /Subtype /Form /BBox [0 0 ${width} ${height}] ${resources}`, operators);

const rect = (x: number, y: number, width = 10, height = 10): string =>
  `/Rect [${x} ${HEIGHT - y - 1} ${x + width} ${HEIGHT - y - 1 + height}]`;

function order(): Sheet {
  const sheet = new Sheet(WIDTH, HEIGHT);
  sheet.text(LEFT, 92, 'Order of a library card', { font: 'Helvetica-Bold', size: 18 });
  sheet.text(
    LEFT,
    122,
    'This sheet can be filled in on the screen; print it only where you want to keep a copy.',
    TEXT,
  );
  sheet.text(LEFT, 156, 'Name', BOLD);
  sheet.text(LEFT, 186, 'Send me', BOLD);
  for (const [index, label] of ['the monthly programme', 'news for children', 'nothing'].entries())
    sheet.text(LEFT + 16, 208 + index * 18, label, TEXT);
  sheet.text(LEFT, 276, 'Card for', BOLD);
  sheet.text(LEFT + 86, 276, 'one year', TEXT);
  sheet.text(LEFT + 166, 276, 'two years', TEXT);
  sheet.annotate((file) => {
    const font = '/Resources << /Font << /Helv << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>';
    const name = appearance(file, '/Tx BMC BT /Helv 10.5 Tf 2 4 Td (Anna Miller) Tj ET EMC', 160, 14, font);
    const [off, on] = [appearance(file, FRAME), appearance(file, `${FRAME} ${TICK}`)];
    const [out, chosen] = [appearance(file, CIRCLE), appearance(file, `${CIRCLE} ${DOT}`)];
    const check = (title: string, y: number, state: string, whenOff: string) =>
      file.addField(
        `/FT /Btn /T (${title}) /V /${state} /AS /${state} ${rect(LEFT, y)} /AP << /N << /Yes ${on}${whenOff} >> >>`,
      );
    const radio = (value: string, x: number, state: string) =>
      `/AS /${state} ${rect(x, 276)} /AP << /N << /${value} ${chosen} /Off ${out} >> >>`;
    return [
      file.addField(
        `/FT /Tx /T (name) /V (Anna Miller) ${rect(LEFT + 60, 157, 160, 14)} /AP << /N ${name} >>`,
      ),
      check('programme', 208, 'Yes', ` /Off ${off}`),
      check('children', 226, 'Off', ` /Off ${off}`),
      // Nothing is drawn where it is off: the box is seen only by what the file says.
      check('nothing', 244, 'Off', ''),
      ...file.addRadioButtons('years', 'two', [
        radio('one', LEFT + 70, 'Off'),
        radio('two', LEFT + 150, 'two'),
      ]),
    ];
  });
  return sheet;
}

function formPdf(): Buffer {
  const file = new PdfFile();
  questionnaire({ comb: true }).addTo(file);
  order().addTo(file);
  return file.build();
}

async function scannedForm(): Promise<Buffer> {
  const file = new PdfFile();
  const image = scanned(skew(renderPage(questionnaire({ comb: false }).toPdf(), 0, 200), 0.5), 41);
  const sheet = new Sheet(WIDTH, HEIGHT);
  sheet.image(await addJpeg(file, image, 80), 0, 0, WIDTH, HEIGHT);
  sheet.addTo(file);
  return file.build();
}

export const forms: readonly CorpusDocument[] = [
  {
    file: 'form.pdf',
    purpose:
      'Born-digital form, two pages: drawn check boxes (rectangles, four lines, rounded; crossed, ticked, filled, typed), several on a line, in a table, frames for single digits; then form fields: text, check boxes, radio buttons',
    expected:
      'Boxes as task list items, as \u2610 and \u2611 in lines and cells; the postcode\u2019s frames are none; values of the fields in place',
    make: formPdf,
  },
  {
    file: 'form-scan.pdf',
    purpose:
      'The first page of the form, without the postcode, as a scan: gray JPEG at 200 dpi, skewed by 0.5\u00b0',
    expected: 'The same boxes as in the native form',
    make: scannedForm,
  },
];
