import { parseArgs } from 'node:util';
import { RUNNING_HEADS } from '#legible/pipeline/options.js';

export const USAGE = `npm run bench [-- OPTIONS]

  (no mode)             reads the corpus and scores the answers
  --speed               times whole scanned documents beside the tools found on this machine
  --robustness          scores the scans again, turned, skewed, at 150 dpi, as poor JPEG
  --layout              times layout alone, a page with a text layer (also part of the run without a mode)
  --load                50 clients send 500 jobs to a server over HTTP
  --languages           prints a page in each of some twenty languages and reads it, named and unnamed
  --compare A B         compares two result folders of earlier runs, document by document

  --set a,b             sets of the corpus (all): typeset, scans, tables, assertions, books, receipts, hostile;
                        for --languages Tesseract codes
  --limit N             at most N documents of a set, spread over it
  --match TEXT          only documents whose name contains TEXT
  --each                one line a document, worst first
  --corpus DIR          the measured corpus (../shared/corpus)
  --scorer FILE         its scorer (../score/score.mjs beside the corpus)
  --out DIR             where answers go (bench-results/latest)
  --engine NAME         auto, tesseract.js, tesseract-native, paddle
  --running-heads WAY   omit or keep them in all sets (keep in books and receipts, whose truth has all print)
  --threads N           pages worked on side by side (the number of cores)
  --pages a,b           sizes of the documents for --speed (1,10,100)
  --repeat N            rounds of --speed (1)
  --only a,b            programs for --speed: legible, legible-data, legible-native, tesseract, tesseract-cores,
                        ocrmypdf, tesseract.js, liteparse (all that are found)
  --peers DIR           npm folder with further programs for --speed: npm install --prefix DIR @llamaindex/liteparse`;

/** The command line of the bench. Throws with a sentence for the user when it cannot be understood. */
export function readArguments(argv: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      speed: { type: 'boolean', default: false },
      robustness: { type: 'boolean', default: false },
      layout: { type: 'boolean', default: false },
      load: { type: 'boolean', default: false },
      languages: { type: 'boolean', default: false },
      compare: { type: 'boolean', default: false },
      each: { type: 'boolean', default: false },
      set: { type: 'string' },
      limit: { type: 'string' },
      match: { type: 'string' },
      corpus: { type: 'string' },
      scorer: { type: 'string' },
      out: { type: 'string' },
      engine: { type: 'string', default: 'auto' },
      'running-heads': { type: 'string' },
      threads: { type: 'string', default: '0' },
      pages: { type: 'string', default: '1,10,100' },
      repeat: { type: 'string', default: '1' },
      only: { type: 'string' },
      peers: { type: 'string' },
    },
  });
  const whole = (name: string, text: string): number => {
    if (!/^\d+$/.test(text)) throw new Error(`--${name} needs a whole number, not "${text}"`);
    return Number(text);
  };
  const heads = RUNNING_HEADS.find((way) => way === values['running-heads']);
  if (values['running-heads'] !== undefined && !heads)
    throw new Error(`--running-heads must be one of ${RUNNING_HEADS.join(', ')}`);
  return {
    ...values,
    'running-heads': heads,
    positionals,
    sets: values.set?.split(',').filter(Boolean),
    limit: values.limit === undefined ? undefined : whole('limit', values.limit),
    threads: whole('threads', values.threads),
    repeat: whole('repeat', values.repeat),
    only: values.only?.split(',').filter(Boolean),
    pages: values.pages.split(',').map((text) => whole('pages', text)),
  };
}
export type BenchArguments = ReturnType<typeof readArguments>;
