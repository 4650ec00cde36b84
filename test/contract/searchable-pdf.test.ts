import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { createPdfiumEngine } from '#legible/engines/pdf/pdfium/engine.js';
import { createPdfjsEngine } from '#legible/engines/pdf/pdfjs/engine.js';
import type { LayerWord } from '#legible/engines/pdf/port.js';
import { corpusFile, pdfFile } from '../support/pdf-file.js';

const word = (
  text: string,
  x0: number,
  x1: number,
  baseline: number,
  more: Partial<LayerWord> = {},
): LayerWord => ({
  text,
  box: { x0, y0: baseline - 10, x1, y1: baseline + 3 },
  baseline,
  size: 12,
  ...more,
});

describe('searchable PDFs', () => {
  const writer = createPdfiumEngine({ threads: 1 });
  const reader = createPdfjsEngine();
  afterAll(() => Promise.all([writer.close(), reader.close()]));

  it('carry invisible words of any script at their places, and look as before', async () => {
    const source = await corpusFile('scan.pdf');
    const before = await writer.render(source, 1, { dpi: 50, color: 'gray' });
    const words = [
      word('Straße', 100, 160, 200),
      word('Ελλάδα', 200, 260, 200),
      word('日本語', 100, 160, 300),
      word('𝒳', 200, 220, 300),
    ];
    const made = pdfFile(await writer.addTextLayers(source, [{ page: 1, words }]));
    for (const engine of [writer, reader]) {
      const page = await engine.readPage(made, 1);
      const layer = page.words.filter((found) => found.hidden === 'invisible');
      expect(layer.map((found) => found.text)).toEqual(words.map(({ text }) => text));
      for (const [i, found] of layer.entries()) {
        expect(found.box.x0).toBeCloseTo(words[i].box.x0, 0);
        expect(found.box.x1).toBeCloseTo(words[i].box.x1, 0);
        expect(found.baseline).toBeCloseTo(words[i].baseline, 0);
        expect(found.unmapped).toBeUndefined();
      }
    }
    const after = await writer.render(made, 1, { dpi: 50, color: 'gray' });
    expect(Buffer.from(after.data).equals(Buffer.from(before.data))).toBe(true);
  });

  it('leave pages without a layer as they are', async () => {
    const source = await corpusFile('report.pdf');
    const made = pdfFile(
      await writer.addTextLayers(source, [{ page: 2, words: [word('extra', 50, 80, 700)] }]),
    );
    expect(await writer.open(made)).toEqual(await writer.open(source));
    const texts = async (file: typeof source, page: number) =>
      (await writer.readPage(file, page)).words.map(({ text }) => text);
    expect(await texts(made, 1)).toEqual(await texts(source, 1));
    expect(await texts(made, 2)).toEqual([...(await texts(source, 2)), 'extra']);
  });

  it('place words right on turned pages', async () => {
    const source = await corpusFile('rotated.pdf');
    const { rotation } = await writer.readPage(source, 1);
    expect(rotation).not.toBe(0);
    const words = [
      word('level', 100, 140, 200),
      word('down', 300, 340, 0, { angle: 90, box: { x0: 300, y0: 100, x1: 313, y1: 140 } }),
    ];
    const made = pdfFile(await writer.addTextLayers(source, [{ page: 1, words }]));
    const layer = (await reader.readPage(made, 1)).words.filter((found) => found.hidden === 'invisible');
    expect(layer.map(({ text, angle }) => [text, angle ?? 0])).toEqual([
      ['level', 0],
      ['down', 90],
    ]);
    expect(layer[0].box.x0).toBeCloseTo(100, 0);
    expect(layer[0].baseline).toBeCloseTo(200, 0);
    expect(layer[1].box.y0).toBeCloseTo(100, 0);
    expect(layer[1].box.y1).toBeCloseTo(140, 0);
  });

  it('keep the password of their source', async () => {
    const source = await corpusFile('encrypted-aes.pdf', 'open sesame');
    const made = await writer.addTextLayers(source, [{ page: 1, words: [word('extra', 50, 80, 700)] }]);
    await expect(reader.open(pdfFile(made))).rejects.toMatchObject({ code: 'encrypted_pdf' });
    const page = await reader.readPage(pdfFile(made, 'open sesame'), 1);
    expect(page.words.some(({ text }) => text === 'extra')).toBe(true);
  });

  it('are made of pictures', async () => {
    const pixels = { create: { width: 200, height: 100, channels: 3 as const, background: '#3366cc' } };
    const [jpeg, png] = await Promise.all([sharp(pixels).jpeg().toBuffer(), sharp(pixels).png().toBuffer()]);
    const made = pdfFile(
      await writer.imagesToPdf([
        { bytes: jpeg, format: 'jpeg', width: 144, height: 72, words: [word('photo', 20, 60, 40)] },
        { bytes: png, format: 'png', width: 72, height: 36, words: [] },
      ]),
    );
    expect((await reader.open(made)).pageCount).toBe(2);
    const page = await writer.readPage(made, 1);
    expect(page).toMatchObject({ width: 144, height: 72 });
    expect(page.images[0]).toMatchObject({ width: 200, height: 100, filter: 'DCTDecode', upright: true });
    expect(page.words).toMatchObject([{ text: 'photo', hidden: 'invisible' }]);
    const { data } = await reader.render(made, 2, { dpi: 72, color: 'rgb' });
    expect([...data.subarray(300, 303)]).toEqual([0x33, 0x66, 0xcc]);
  });

  it('are refused for a picture that is none', async () => {
    const page = { bytes: Uint8Array.of(1, 2, 3), format: 'jpeg' as const, width: 10, height: 10, words: [] };
    await expect(writer.imagesToPdf([page])).rejects.toMatchObject({ code: 'engine_failed' });
  });
});
