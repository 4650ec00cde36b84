import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { PageJson } from '#legible/pipeline/write/json-schema.js';
import { writeOverlay } from '#legible/pipeline/write/overlay.js';

const word = (text: string, box: number[], doubtful?: true) => ({
  text,
  box,
  confidence: doubtful ? 30 : 95,
  doubtful,
});
const page: PageJson = {
  page: 3,
  width: 200,
  height: 100,
  rotation: 0,
  source: 'ocr',
  reason: 'no text',
  confidence: 90,
  language: 'eng',
  engines: ['tesseract.js'],
  preparation: [],
  words: 3,
  doubtful_words: 1,
  warnings: [],
  milliseconds: 1,
  blocks: [
    {
      type: 'heading',
      level: 2,
      text: '<b>Title</b>',
      box: [20, 10, 80, 20],
      lines: [{ box: [20, 10, 80, 20], words: [word('<b>Title</b>', [20, 10, 80, 20])] }],
    },
    {
      type: 'table',
      text: 'A B',
      box: [20, 40, 120, 60],
      cells: [
        { row: 0, column: 0, header: true, text: 'A', box: [20, 40, 70, 60] },
        { row: 0, column: 1, text: 'B', box: [70, 40, 120, 60] },
      ],
      lines: [
        { box: [25, 45, 100, 55], words: [word('A', [25, 45, 35, 55]), word('B', [90, 45, 100, 55], true)] },
      ],
    },
  ],
};

describe('the overlay', () => {
  const svg = writeOverlay(page);

  it('draws words, lines, blocks in reading order and cells, and nothing that the document says', () => {
    // 2 blocks, 2 lines, 3 words, 2 cells.
    expect(svg.match(/<rect /g)).toHaveLength(9);
    expect(svg).toContain('>1 heading 2</text>');
    expect(svg).toContain('>2 table</text>');
    expect(svg).toContain('points="20,10 20,40"');
    expect(svg).not.toContain('Title');
  });

  it('stands where the words are when it is drawn over the page', async () => {
    const image = await sharp({ create: { width: 400, height: 200, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    const drawn = sharp(Buffer.from(writeOverlay(page, { bytes: image, mediaType: 'image/png' })), {
      density: 72,
    });
    const { data, info } = await drawn
      .resize(200, 100)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => [
      ...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3),
    ];
    expect(at(150, 90)).toEqual([255, 255, 255]);
    // The doubtful word is reddish, the one beside it is not.
    const [red, green] = at(95, 50);
    expect(red - green).toBeGreaterThan(40);
    expect(at(30, 50)[0] - at(30, 50)[1]).toBeLessThan(40);
  });
});
