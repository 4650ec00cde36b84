import { describe, expect, it } from 'vitest';
import type { PdfEngine, PdfPage } from '#legible/engines/pdf/port.js';
import { LegibleError } from '#legible/errors.js';
import { layout } from '#legible/pipeline/layout/index.js';
import type { ExtractOptions } from '#legible/pipeline/options.js';
import type { Recognizer } from '#legible/pipeline/recognize/recognizer.js';
import { createPipeline } from '#legible/pipeline/run.js';
import { documentFile } from '../support/image-files.js';

const OPTIONS: ExtractOptions = { language: 'auto', ocr: 'auto', engine: 'auto' };
const FILE = documentFile(Buffer.from('%PDF-1.7'), 'application/pdf');
const died = () => new LegibleError('engine_failed', 'The PDF engine died.', 'Try again.');
const never = new AbortController().signal;

const style = { font: 'Times', bold: false, italic: false, mono: false };
const textPage = (number: number, text: string, unmapped = 0): PdfPage => ({
  number,
  width: 612,
  height: 792,
  rotation: 0,
  words: text.split(' ').map((each, i) => ({
    text: each,
    box: { x0: 72 + i * 40, y0: 72, x1: 100 + i * 40, y1: 84 },
    baseline: 82,
    size: 12,
    confidence: 100,
    style,
    ...(unmapped && { unmapped: each.length }),
  })),
  rules: [],
  shapes: [],
  images: [],
  tags: [],
  curves: 0,
});

/** An engine that reads `text` on each of two pages, with the given calls replaced. */
function engine(name: string, text: string, broken: Partial<PdfEngine> = {}): PdfEngine {
  return {
    name,
    open: async () => ({ pageCount: 2, tagged: false, outline: [] }),
    readPage: async (_file, page) => textPage(page, text),
    render: async () => ({ data: new Uint8Array(100), width: 10, height: 10, channels: 1, dpi: 10 }),
    extractImage: async () => {
      throw died();
    },
    close: async () => undefined,
    ...broken,
  };
}

const deaf: Recognizer = {
  capacity: 1,
  recognizeImage: async () => {
    throw died();
  },
  warmUp: () => undefined,
  checkLanguage: async () => undefined,
  languages: async () => ['eng'],
  identity: async () => '',
  status: async () => [],
  close: async () => undefined,
};

const open = (first: PdfEngine, second: PdfEngine, recognizer: Recognizer = deaf) =>
  createPipeline({
    pdf: { first, second: async () => second },
    recognizer: async () => recognizer,
    searchable: () => Promise.reject(new Error('not asked for here')),
    layout,
    limits: { maxPages: 10, maxPixels: 1_000_000 },
    close: async () => undefined,
  }).open(FILE, OPTIONS);

describe('a failing engine', () => {
  it('costs its page only', async () => {
    const document = await open(
      engine('first', 'fine', {
        readPage: async (_file, page) => {
          if (page === 1) throw new LegibleError('page_failed', 'Page 1 is damaged.', 'Leave it out.');
          return textPage(page, 'fine text');
        },
      }),
      engine('second', 'unused'),
    );
    const [bad, good] = await Promise.all([document.processPage(1, never), document.processPage(2, never)]);
    expect(bad.record).toMatchObject({ source: 'failed', confidence: null, error: { code: 'page_failed' } });
    expect(good.record).toMatchObject({ source: 'text_layer', words: 2 });
  });

  it('is replaced by the second engine where it dies on a page', async () => {
    const document = await open(
      engine('first', '', {
        readPage: async () => {
          throw died();
        },
      }),
      engine('second', 'rescued words'),
    );
    const { record } = await document.processPage(1, never);
    expect(record).toMatchObject({ source: 'text_layer', words: 2, engines: ['second'] });
  });

  it('is replaced by the second engine where it cannot open the file', async () => {
    const damaged = () => new LegibleError('damaged_file', 'The PDF is damaged.', 'Save it anew.');
    const refuses = engine('first', '', {
      open: async () => {
        throw damaged();
      },
    });
    const document = await open(refuses, engine('second', 'rescued words'));
    expect((await document.processPage(1, never)).record.engines).toEqual(['second']);
    const alsoRefuses = engine('second', '', {
      open: async () => {
        throw died();
      },
    });
    await expect(open(refuses, alsoRefuses)).rejects.toMatchObject({ code: 'damaged_file' });
  });

  it('is corrected by the second engine where its text is garbage', async () => {
    const garbling = engine('first', '', {
      readPage: async (_file, page) => textPage(page, 'gar bage with out mean ing', 1),
    });
    const document = await open(garbling, engine('second', 'words that read well and mean something'));
    const { record } = await document.processPage(1, never);
    expect(record).toMatchObject({ source: 'text_layer', words: 7 });
    expect(record.engines[0]).toBe('second');
  });

  it('is replaced by the second engine where it cannot render', async () => {
    const ink = new Uint8Array(10_000).map((_, i) => (i % 2 ? 255 : 0));
    const outlines = engine('first', '', {
      readPage: async (_file, page) => ({ ...textPage(page, ''), words: [], curves: 9000 }),
      render: async () => {
        throw died();
      },
    });
    const second = engine('second', '', {
      render: async () => ({ data: ink, width: 100, height: 100, channels: 1, dpi: 100 }),
    });
    const reader: Recognizer = {
      ...deaf,
      recognizeImage: async () => ({
        words: textPage(1, 'words from an image').words,
        width: 612,
        height: 792,
        confidence: 90,
        language: 'eng',
        engines: ['reader'],
        rotation: 0,
        skew: 0,
        preparation: [],
        warnings: [],
      }),
    };
    const { record } = await (await open(outlines, second, reader)).processPage(1, never);
    expect(record).toMatchObject({ source: 'ocr', words: 4, reason: 'text turned to outlines' });
    expect(record.preparation).toEqual(['rendered at 103 dpi by second']);
  });

  it('turns a recogniser that dies into a failed page, not an empty one', async () => {
    const ink = new Uint8Array(10_000).map((_, i) => (i % 2 ? 255 : 0));
    const outlines = engine('first', '', {
      readPage: async (_file, page) => ({ ...textPage(page, ''), words: [], curves: 9000 }),
      render: async () => ({ data: ink, width: 100, height: 100, channels: 1, dpi: 100 }),
    });
    const document = await open(outlines, engine('second', ''));
    expect((await document.processPage(1, never)).record).toMatchObject({
      source: 'failed',
      error: { code: 'engine_failed' },
    });
  });
});

describe('missing language data', () => {
  const missing = () => new LegibleError('language_missing', 'There is no data for Polish.', 'Install it.');
  const illiterate: Recognizer = {
    ...deaf,
    checkLanguage: async () => {
      throw missing();
    },
    recognizeImage: async () => {
      throw missing();
    },
  };

  it('does not keep a PDF from being read where it has text', async () => {
    const document = await open(engine('first', 'plain text'), engine('second', ''), illiterate);
    expect((await document.processPage(1, never)).record.source).toBe('text_layer');
  });

  it('is told by the page that needs it', async () => {
    const ink = new Uint8Array(10_000).map((_, i) => (i % 2 ? 255 : 0));
    const outlines = engine('first', '', {
      readPage: async (_file, page) => ({ ...textPage(page, ''), words: [], curves: 9000 }),
      render: async () => ({ data: ink, width: 100, height: 100, channels: 1, dpi: 100 }),
    });
    const document = await open(outlines, engine('second', ''), illiterate);
    expect((await document.processPage(1, never)).record.error?.code).toBe('language_missing');
  });
});

describe('cancelling', () => {
  it('rejects once the work has stopped, and is no failed page', async () => {
    const controller = new AbortController();
    let stopped = false;
    const slow = engine('first', '', {
      readPage: (_file, _page, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            stopped = true;
            reject(new LegibleError('cancelled', 'Cancelled.', 'Submit again.'));
          });
        }),
    });
    const document = await open(slow, engine('second', 'unused'));
    const work = document.processPage(1, controller.signal);
    controller.abort();
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
    expect(stopped).toBe(true);
  });
});
