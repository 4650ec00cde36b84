import { createHash } from 'node:crypto';
import { LegibleError, toLegibleError } from '#legible/errors.js';
import { layout } from '#legible/pipeline/layout/index.js';
import type { PageContent } from '../../src/document/page.js';
import type { Word } from '../../src/document/word.js';
import type { DocumentFile, Intake, OpenDocument, PageDraft, Pipeline } from '../../src/pipeline/api.js';

const STYLE = { font: 'Test', bold: false, italic: false, mono: false };

/** A page of the lines given, one paragraph a line, laid out by the real layout. */
export function pageOfLines(
  number: number,
  lines: readonly string[],
  confidence: number | ((word: string) => number) = 100,
): PageDraft {
  const sure = (text: string) => (typeof confidence === 'number' ? confidence : confidence(text));
  const words: Word[] = lines.flatMap((line, row) => {
    const y = 60 + row * 40;
    let x = 60;
    return line.split(' ').map((text) => {
      const word = {
        text,
        box: { x0: x, y0: y, x1: x + text.length * 6, y1: y + 12 },
        baseline: y + 10,
        size: 12,
        confidence: sure(text),
        style: STYLE,
      };
      x += text.length * 6 + 4;
      return word;
    });
  });
  const height = Math.max(792, 120 + lines.length * 40);
  const content: PageContent = {
    number,
    width: 612,
    height,
    words,
    rules: [],
    shapes: [],
    images: [],
    tags: [],
  };
  return {
    record: {
      number,
      width: 612,
      height,
      rotation: 0,
      source: 'text_layer',
      reason: 'test',
      confidence: words.reduce((sum, word) => sum + word.confidence, 0) / Math.max(1, words.length),
      language: '',
      engines: ['fake'],
      preparation: [],
      words: words.length,
      doubtfulWords: words.filter((word) => word.confidence < 60).length,
      warnings: [],
      milliseconds: 1,
    },
    layout: layout.analyzePage(content),
  };
}

const SYLLABLES = [
  'ba',
  'cor',
  'din',
  'fel',
  'gar',
  'hum',
  'lo',
  'mer',
  'nis',
  'por',
  'sul',
  'tev',
  'vin',
  'zar',
];

/** Prose that no two pages share, so that the layout takes nothing of it for a running head. */
function prose(key: string, page: number): string[] {
  let state = page * 7919 + key.length;
  const next = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const word = () => Array.from({ length: 1 + next(3) }, () => SYLLABLES[next(SYLLABLES.length)]).join('');
  const lines = Array.from({ length: 6 }, () => `${Array.from({ length: 4 + next(6) }, word).join(' ')}.`);
  lines[3] = `${word()} ${word()} is on page ${page} of ${key}, ${word()} ${word()}.`;
  return lines;
}

export interface FakeDocument {
  readonly pages: number;
  /** Milliseconds a page takes; `hang` never ends and does not listen to the signal. */
  readonly pace?: number | ((page: number) => number | 'hang');
  readonly lines?: (page: number) => readonly string[];
  readonly failing?: (page: number) => boolean;
  readonly openError?: LegibleError;
  readonly confidence?: number | ((word: string) => number);
  readonly source?: 'ocr' | 'text_layer';
}

/**
 * A pipeline whose documents are described by the bytes' text, a key of `documents`. Records what
 * was asked of it, so that tests see work being shared, stopped and ordered.
 */
export class FakePipeline implements Pipeline {
  readonly layout = layout;
  /** `KEY:PAGE` in the order in which pages were started. */
  readonly started: string[] = [];
  readonly finished: string[] = [];
  opened = 0;
  closed = 0;
  running = 0;
  /** What can recognise; tests install more. */
  installed = 'engine, eng';
  /** How often was asked for it. */
  identified = 0;
  readonly #documents: Readonly<Record<string, FakeDocument>>;

  constructor(documents: Readonly<Record<string, FakeDocument>>) {
    this.#documents = documents;
  }

  async open(file: DocumentFile): Promise<OpenDocument> {
    const key = Buffer.from(file.bytes).toString();
    const document = this.#documents[key];
    if (document.openError) throw document.openError;
    this.opened += 1;
    return {
      info: { pageCount: document.pages },
      outline: [],
      pages: Array.from({ length: document.pages }, (_, index) => index + 1),
      processPage: (page, signal) => this.#process(key, document, page, signal),
      renderPage: async () => ({ data: new Uint8Array(4), width: 2, height: 2, channels: 1, dpi: 72 }),
      searchablePdf: async (pages) => Buffer.from(`PDF of ${pages.length} pages`),
      close: async () => {
        this.closed += 1;
      },
    };
  }

  async recognizers(): Promise<string> {
    this.identified += 1;
    return this.installed;
  }

  async #process(key: string, document: FakeDocument, page: number, signal: AbortSignal): Promise<PageDraft> {
    this.started.push(`${key}:${page}`);
    this.running += 1;
    try {
      const pace = typeof document.pace === 'function' ? document.pace(page) : (document.pace ?? 0);
      if (pace === 'hang') await new Promise(() => {});
      else await sleep(pace, signal);
      if (document.failing?.(page)) {
        throw new LegibleError('page_failed', `Page ${page} is broken.`, 'Look at it.');
      }
      this.finished.push(`${key}:${page}`);
      const lines = document.lines?.(page) ?? prose(key, page);
      const draft = pageOfLines(page, lines, document.confidence);
      return { ...draft, record: { ...draft.record, source: document.source ?? 'text_layer' } };
    } finally {
      this.running -= 1;
    }
  }

  async close(): Promise<void> {}
}

async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(toLegibleError(signal.reason));
    });
  });
}

/** References are the keys of the fake documents. */
export const fakeIntake: Intake = {
  fromReference: async (reference) => fakeFile(reference),
  fromBytes: async (bytes, name) => ({ ...fakeFile(Buffer.from(bytes).toString()), name }),
};

export function fakeFile(content: string): DocumentFile {
  const bytes = Buffer.from(content);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { sha256, name: `${content}.pdf`, mediaType: 'application/pdf', bytes };
}
