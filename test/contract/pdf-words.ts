import { describe, expect, it } from 'vitest';
import type { PdfEngine, PdfPage } from '#legible/engines/pdf/port.js';
import { corpusFile, pdfFile } from '../support/pdf-file.js';
import { buildPdf, textAt } from '../support/pdf-writer.js';
import { type onePage, texts, wordOf } from './pdf-page.js';

/** The words of a page, as every PDF library behind the port must give them. */
export function describeWords(
  engine: PdfEngine,
  read: (content: string, more?: Parameters<typeof onePage>[1]) => Promise<PdfPage>,
): void {
  describe('words', () => {
    it('stand where they are printed, with size, baseline and style', async () => {
      const page = await read(
        textAt(72, 700, 'Hello world') + textAt(72, 600, 'Bold', { font: 'F2', size: 20 }),
      );
      expect(page).toMatchObject({ number: 1, width: 612, height: 792, rotation: 0 });
      expect(texts(page)).toEqual(['Hello', 'world', 'Bold']);
      const hello = wordOf(page, 'Hello');
      expect(hello.box.x0).toBeCloseTo(72, 0);
      // Helvetica: H .722, e .556, l .222, l .222, o .556 em.
      expect(hello.box.x1).toBeCloseTo(72 + 12 * 2.278, 0);
      expect(hello.baseline).toBeCloseTo(92, 1);
      expect(hello.box.y0).toBeLessThan(92 - 12 * 0.6);
      expect(hello.box.y1).toBeGreaterThan(92 + 12 * 0.1);
      expect(hello).toMatchObject({ size: 12, confidence: 100 });
      expect(hello.style).toMatchObject({ bold: false, italic: false, mono: false });
      expect(wordOf(page, 'Bold').style.bold).toBe(true);
      expect(wordOf(page, 'Bold').size).toBeCloseTo(20, 1);
      expect(wordOf(page, 'world').style).toBe(hello.style);
    });

    it('know italic and fixed pitch', async () => {
      const page = await read(
        textAt(72, 700, 'leaning', { font: 'F3' }) + textAt(72, 600, 'typed', { font: 'F4' }),
      );
      expect(wordOf(page, 'leaning').style).toMatchObject({ italic: true, mono: false });
      expect(wordOf(page, 'typed').style).toMatchObject({ italic: false, mono: true });
    });

    it('end at a visible gap, not at kerning, and a space without room does not part them', async () => {
      const page = await read(
        'BT /F1 12 Tf 72 700 Td [(gap)-400(here)] TJ ET ' +
          'BT /F1 12 Tf 72 680 Td [(A)80(W)80(AY)-40(s)] TJ ET ' +
          // A space whose advance is taken back.
          'BT /F1 12 Tf 72 660 Td [(no)( )278(gap)] TJ ET',
      );
      expect(texts(page)).toEqual(['gap', 'here', 'AWAYs', 'nogap']);
    });

    it('keep letterspaced letters together', async () => {
      const page = await read('BT /F1 12 Tf 2.4 Tc 72 700 Td (SPACED OUT) Tj ET');
      expect(texts(page)).toEqual(['SPACED', 'OUT']);
    });

    it('are glued where only the look changes: bold parts, superscripts', async () => {
      const page = await read(
        'BT 72 700 Td /F1 12 Tf (half) Tj /F2 12 Tf (bold) Tj ET ' +
          'BT 72 650 Td /F1 12 Tf (note) Tj 4 Ts /F1 7 Tf (12) Tj 0 Ts /F1 12 Tf ( next) Tj ET',
      );
      expect(page.words.map(({ text, glued }) => [text, glued ?? false])).toEqual([
        ['half', false],
        ['bold', true],
        ['note', false],
        ['12', true],
        ['next', false],
      ]);
      expect(wordOf(page, '12').baseline).toBeCloseTo(wordOf(page, 'note').baseline - 4, 1);
    });

    it('are whole again when their halves are shown apart', async () => {
      // "whole" with "le" shown after another line; Helvetica: w .722, h .556, o .556 em.
      const page = await read(
        textAt(72, 700, 'who') + textAt(72, 600, 'other') + textAt(72 + 12 * 1.834, 700, 'le'),
      );
      expect(texts(page)).toEqual(['whole', 'other']);
    });

    it('appear once when they are printed twice for weight', async () => {
      const page = await read(textAt(72, 700, 'shadow') + textAt(72.4, 700, 'shadow'));
      expect(texts(page)).toEqual(['shadow']);
    });

    it('tell where they read downwards, upwards or on their head', async () => {
      const page = await read(
        'BT /F1 12 Tf 0 1 -1 0 300 300 Tm (up) Tj ET BT /F1 12 Tf 0 -1 1 0 320 300 Tm (down) Tj ET ' +
          'BT /F1 12 Tf -1 0 0 -1 400 300 Tm (head) Tj ET',
      );
      expect(wordOf(page, 'up').angle).toBe(270);
      expect(wordOf(page, 'down').angle).toBe(90);
      expect(wordOf(page, 'head').angle).toBe(180);
      const { box } = wordOf(page, 'up');
      expect(box.y1 - box.y0).toBeGreaterThan(box.x1 - box.x0 - 4);
      expect(box.y1).toBeCloseTo(792 - 300, 0);
    });

    // The text is set so that it reads upright once the page is turned.
    it.each([
      { rotate: 90, matrix: '0 1 -1 0 200 100', width: 792, height: 612, x0: 100, baseline: 200 },
      { rotate: 180, matrix: '-1 0 0 -1 500 600', width: 612, height: 792, x0: 112, baseline: 600 },
      { rotate: 270, matrix: '0 -1 1 0 200 600', width: 792, height: 612, x0: 192, baseline: 412 },
    ])('are upright on a page turned by $rotate°', async (turn) => {
      const page = await read(`BT /F1 12 Tf ${turn.matrix} Tm (upright) Tj ET`, {
        entries: `/Rotate ${turn.rotate}`,
      });
      expect(page).toMatchObject({ width: turn.width, height: turn.height, rotation: turn.rotate });
      const word = wordOf(page, 'upright');
      expect(word.angle).toBeUndefined();
      expect(word.box.x0).toBeCloseTo(turn.x0, 0);
      expect(word.baseline).toBeCloseTo(turn.baseline, 0);
    });

    it('count from the corner of the crop box', async () => {
      const page = await read(textAt(172, 700, 'cropped'), { entries: '/CropBox [100 200 500 750]' });
      expect(page).toMatchObject({ width: 400, height: 550 });
      expect(wordOf(page, 'cropped').box.x0).toBeCloseTo(72, 0);
      expect(wordOf(page, 'cropped').baseline).toBeCloseTo(50, 1);
    });

    it('say why a person cannot see them', async () => {
      const page = await read(
        `${textAt(72, 700, 'visible')}3 Tr ${textAt(72, 680, 'ghost')}0 Tr ` +
          `1 g ${textAt(72, 660, 'white')}0 g ${textAt(72, 640, 'crumb', { size: 0.5 })}` +
          `${textAt(-200, 620, 'outside')}${textAt(72, 600, 'covered')}0.9 g 60 590 200 25 re f ` +
          `0 g 60 540 200 30 re f 1 g ${textAt(72, 550, 'reversed')}`,
      );
      const reasons = Object.fromEntries(page.words.map((word) => [word.text, word.hidden]));
      expect(reasons).toEqual({
        visible: undefined,
        ghost: 'invisible',
        white: 'no_contrast',
        crumb: 'tiny',
        outside: 'off_page',
        covered: 'covered',
        reversed: undefined,
      });
    });

    it('are not seen where a clip cuts them off or their layer is switched off', async () => {
      let layers = { on: 0, off: 0 };
      const file = buildPdf({
        pages: [
          {
            content:
              `${textAt(72, 700, 'seen')}/OC /Off BDC ${textAt(72, 650, 'layer')}EMC /OC /On BDC ${textAt(72, 630, 'shown')}EMC ` +
              `q 72 590 60 30 re W n ${textAt(72, 600, 'inside')}${textAt(300, 600, 'outside')}Q`,
          },
        ],
        resources: (writer) => {
          const on = writer.add('<< /Type /OCG /Name (on) >>');
          const off = writer.add('<< /Type /OCG /Name (off) >>');
          layers = { on, off };
          return `/Properties << /On ${on} 0 R /Off ${off} 0 R >>`;
        },
        catalog: () =>
          `/OCProperties << /OCGs [${layers.on} 0 R ${layers.off} 0 R] /D << /OFF [${layers.off} 0 R] /Order [] >> >>`,
      });
      const page = await engine.readPage(pdfFile(file), 1);
      expect(Object.fromEntries(page.words.map((word) => [word.text, word.hidden]))).toEqual({
        seen: undefined,
        layer: 'covered',
        shown: undefined,
        inside: undefined,
        outside: 'covered',
      });
    });

    it('are seen where they are printed again over what covers them', async () => {
      const page = await read(
        `${textAt(72, 700, 'again')}0.8 g 60 690 200 30 re f 0 g ${textAt(72, 700, 'again')}`,
      );
      expect(page.words.map(({ text, hidden }) => [text, hidden])).toEqual([['again', undefined]]);
    });

    it('carry the target of the link over them', async () => {
      const page = await read(`${textAt(72, 700, 'site')}${textAt(72, 600, 'plain')}`, {
        entries:
          '/Annots [<< /Type /Annot /Subtype /Link /Rect [70 695 120 715] /A << /S /URI /URI (https://example.org/a) >> >>]',
      });
      expect(wordOf(page, 'site').link).toBe('https://example.org/a');
      expect(wordOf(page, 'plain').link).toBeUndefined();
    });

    it('count characters without a reliable Unicode value', async () => {
      const page = await engine.readPage(await corpusFile('broken-font.pdf'), 1);
      const unmapped = page.words.filter((word) => (word.unmapped ?? 0) > 0);
      expect(unmapped.length).toBeGreaterThan(page.words.length / 2);
      const good = await engine.readPage(await corpusFile('report.pdf'), 1);
      expect(good.words.every((word) => word.unmapped === undefined)).toBe(true);
    });

    it('include what is filled into a form', async () => {
      const file = buildPdf({
        pages: [{ content: textAt(72, 700, 'Name:'), entries: '/Annots [FIELD]' }],
        catalog: (writer, [page]) => {
          const look = writer.stream(
            '/Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /Helv << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >> >>',
            '/Tx BMC BT /Helv 12 Tf 2 5 Td (Miller) Tj ET EMC',
          );
          const field = writer.add(
            `<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Miller) /P ${page} 0 R /Rect [120 695 220 715] /DA (/Helv 12 Tf 0 g) /F 4 /AP << /N ${look} 0 R >> >>`,
          );
          writer.replace(page, 'FIELD', `${field} 0 R`);
          return `/AcroForm << /Fields [${field} 0 R] /DA (/Helv 12 Tf 0 g) >>`;
        },
      });
      const page = await engine.readPage(pdfFile(file), 1);
      expect(texts(page)).toEqual(['Name:', 'Miller']);
      expect(wordOf(page, 'Miller').box.x0).toBeCloseTo(122, 0);
    });
  });
}
