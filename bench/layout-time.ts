import type { OutlineItem, PageContent } from '#legible/document/page.js';
import { createPdfiumEngine } from '#legible/engines/pdf/pdfium/engine.js';
import { createPdfjsEngine } from '#legible/engines/pdf/pdfjs/engine.js';
import type { Pipeline } from '#legible/pipeline/api.js';
import { createIntake, foldersOnly } from '#legible/pipeline/intake/index.js';
import { layout } from '#legible/pipeline/layout/index.js';
import type { Recognizer } from '#legible/pipeline/recognize/recognizer.js';
import { createPipeline } from '#legible/pipeline/run.js';
import { type Corpus, type CorpusFile, documentsOf, type SetName } from './corpus.js';
import { print, progress } from './report.js';

/** Sets whose pages have a text layer. */
export const NATIVE_SETS = ['typeset', 'tables'] as const satisfies readonly SetName[];
/** Milliseconds of layout for the densest page. */
const MAX_MILLISECONDS = 15;
/** A page's time is its best round: what the work costs, without what other programs took meanwhile. */
const ROUNDS = 5;
const MAX_PIXELS = 100_000_000;
const MAX_BYTES = 200_000_000;
const MAX_PAGES = 10_000;

/** A document as layout gets it. */
interface LayoutInput {
  readonly name: string;
  readonly outline: readonly OutlineItem[];
  readonly pages: readonly PageContent[];
}

interface PageTime {
  readonly name: string;
  readonly words: number;
  readonly milliseconds: number;
}

const noRecognizer: Recognizer = {
  capacity: 1,
  recognizeImage: () => Promise.reject(new Error('pages are not recognised here')),
  warmUp: () => undefined,
  checkLanguage: async () => undefined,
  languages: async () => [],
  identity: async () => '',
  status: async () => [],
  close: async () => undefined,
};

/** A pipeline that reads the text layer only and hands the words of each page to `take` before layout. */
function createRecorder(take: (content: PageContent) => void): Pipeline {
  const first = createPdfiumEngine({ threads: 1 });
  const second = createPdfjsEngine();
  return createPipeline({
    pdf: { first, second: async () => second },
    recognizer: async () => noRecognizer,
    searchable: async () => first,
    layout: {
      ...layout,
      analyzePage(content) {
        take(content);
        return layout.analyzePage(content);
      },
    },
    limits: { maxPages: MAX_PAGES, maxPixels: MAX_PIXELS },
    close: async () => {
      await Promise.all([first.close(), second.close()]);
    },
  });
}

async function collect(corpus: Corpus, files: readonly CorpusFile[]): Promise<LayoutInput[]> {
  let pages: PageContent[] = [];
  const pipeline = createRecorder((content) => pages.push(content));
  const intake = createIntake({
    maxBytes: MAX_BYTES,
    allowedFolders: foldersOnly([corpus.folder]),
    allowPrivateNetwork: false,
    fetchTimeout: 1,
  });
  const documents: LayoutInput[] = [];
  const { signal } = new AbortController();
  try {
    for (const { name, path } of files) {
      progress(`words of ${name}`);
      pages = [];
      const options = { language: 'eng', ocr: 'never', engine: 'auto' } as const;
      const document = await pipeline.open(await intake.fromReference(path), options, signal);
      for (const page of document.pages) await document.processPage(page, signal);
      await document.close();
      documents.push({ name, outline: document.outline, pages });
    }
  } finally {
    await pipeline.close();
  }
  return documents;
}

/** Lays a document out as a job does; each page bears its part of the document-level decisions. */
function layOut({ pages, outline }: LayoutInput): number[] {
  const times: number[] = [];
  const timed = <T>(work: () => T): { result: T; milliseconds: number } => {
    const start = performance.now();
    const result = work();
    return { result, milliseconds: performance.now() - start };
  };
  const drafts = pages.map((content) => {
    const { result, milliseconds } = timed(() => {
      const draft = layout.analyzePage(content);
      return { draft, summary: layout.summarizePage(draft) };
    });
    times.push(milliseconds);
    return result;
  });
  const context = timed(() =>
    layout.documentContext(
      drafts.map(({ summary }) => summary),
      outline,
    ),
  );
  drafts.forEach(({ draft }, index) => {
    const { milliseconds } = timed(() => layout.resolvePage(draft, context.result));
    times[index] += milliseconds + context.milliseconds / pages.length;
  });
  return times;
}

/** Rounds go through all documents, so that a page is not measured while code is still being compiled for it. */
function measure(documents: readonly LayoutInput[]): PageTime[] {
  const rounds = Array.from({ length: 1 + ROUNDS }, () => documents.map(layOut));
  const counted = rounds.slice(1); // The first one compiles the code.
  return documents.flatMap(({ name, pages }, at) =>
    pages.map(({ words }, index) => ({
      name: pages.length > 1 ? `${name} page ${index + 1}` : name,
      words: words.length,
      milliseconds: Math.min(...counted.map((times) => times[at][index])),
    })),
  );
}

/**
 * Prints what layout, tables included, costs a page with a text layer, from its words to its blocks: engines warm,
 * reading of the file and writing of the Markdown not counted. Returns whether the bound holds in every set.
 */
export async function layoutTime(
  corpus: Corpus,
  sets: readonly SetName[],
  options: { limit?: number; match?: string; each?: boolean },
): Promise<boolean> {
  let allHold = true;
  for (const set of sets) {
    const pages = measure(await collect(corpus, documentsOf(corpus, set, options)));
    progress('');
    if (pages.length === 0) continue;
    const ranked = pages.sort((a, b) => b.milliseconds - a.milliseconds);
    const mean = ranked.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / ranked.length;
    const p95 = ranked[Math.floor(ranked.length * 0.05)].milliseconds;
    const [worst] = ranked;
    const holds = worst.milliseconds <= MAX_MILLISECONDS;
    allHold &&= holds;
    print(
      `  ${holds ? 'pass' : 'FAIL'}  layout of ${set}, milliseconds a page: mean ${mean.toFixed(1)}, ` +
        `95 of 100 pages within ${p95.toFixed(1)}, ` +
        `at most ${worst.milliseconds.toFixed(1)} ≤ ${MAX_MILLISECONDS} (${worst.name}, ${worst.words} words); ${ranked.length} pages`,
    );
    if (options.each)
      for (const { name, words, milliseconds } of ranked)
        print(`    ${milliseconds.toFixed(1).padStart(7)} ms  ${String(words).padStart(5)} words  ${name}`);
  }
  return allHold;
}
