import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';

export const SETS = ['typeset', 'scans', 'tables', 'assertions', 'books', 'receipts', 'hostile'] as const;
export type SetName = (typeof SETS)[number];

/** Which files of a set are its documents; the others are their truth. */
const EXTENSIONS: Record<SetName, readonly string[] | 'any'> = {
  typeset: ['.pdf'],
  scans: ['.pdf'],
  tables: ['.pdf'],
  assertions: ['.pdf'],
  books: ['.tiff'],
  receipts: ['.jpg'],
  hostile: 'any',
};

/**
 * Sets that measure OCR: their truth has everything printed on the page, so running heads, feet and page
 * numbers are kept in the answers. The truth of the other sets leaves them out, as the product does by default.
 */
export const TRANSCRIBED: ReadonlySet<SetName> = new Set(['books', 'receipts']);

export interface CorpusFile {
  /** Name of the answer without `.md`, below the set's folder: `a006`, `pdfs/blank`. */
  readonly name: string;
  readonly path: string;
}

export interface Corpus {
  readonly folder: string;
  readonly scorer: string;
}

/** Where the corpus and its scorer are. Throws with the option to set when they are not found. */
export function locateCorpus(options: { corpus?: string; scorer?: string }): Corpus {
  const folder = resolve(options.corpus ?? join('..', 'shared', 'corpus'));
  if (!existsSync(folder)) throw new Error(`no corpus at ${folder}: give its folder with --corpus DIR`);
  const scorer = resolve(options.scorer ?? join(dirname(folder), 'score', 'score.mjs'));
  if (!existsSync(scorer)) throw new Error(`no scorer at ${scorer}: give it with --scorer FILE`);
  return { folder, scorer };
}

/** The sets asked for, as far as the corpus has them. Throws on an unknown name. */
export function chooseSets(corpus: Corpus, wanted: readonly string[] = SETS): SetName[] {
  const unknown = wanted.filter((name) => !SETS.includes(name as SetName));
  if (unknown.length > 0)
    throw new Error(`unknown set ${unknown.join(', ')}: choose from ${SETS.join(', ')}`);
  return SETS.filter((set) => wanted.includes(set) && existsSync(join(corpus.folder, set)));
}

/** Every n-th entry, so that a small sample stays a sample of the whole. */
function spread<T>(entries: readonly T[], count: number): T[] {
  if (entries.length <= count) return [...entries];
  return Array.from({ length: count }, (_, index) => entries[Math.floor((index * entries.length) / count)]);
}

/** The documents of a set, by name. */
export function documentsOf(
  corpus: Corpus,
  set: SetName,
  { limit, match }: { limit?: number; match?: string } = {},
): CorpusFile[] {
  const below = set === 'assertions' ? 'pdfs' : '';
  const folder = join(corpus.folder, set, below);
  const extensions = EXTENSIONS[set];
  const files = readdirSync(folder)
    .filter((file) => extensions === 'any' || extensions.includes(extname(file).toLowerCase()))
    .filter((file) => match === undefined || file.includes(match))
    .sort();
  return spread(files, limit ?? Number.POSITIVE_INFINITY).map((file) => ({
    name: join(below, basename(file, extname(file))),
    path: join(folder, file),
  }));
}

/**
 * A corpus of only the given documents, for the scorer: it counts a missing answer as an empty one.
 * Returns the folder that holds the set.
 */
export function partialCorpus(
  corpus: Corpus,
  set: SetName,
  files: readonly CorpusFile[],
  into: string,
): string {
  const target = join(into, set);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const chosen = new Set(files.map((file) => basename(file.name)));
  if (set === 'assertions') {
    const lines = readFileSync(join(corpus.folder, set, 'dataset.jsonl'), 'utf8')
      .split('\n')
      .filter(Boolean);
    const kept = lines.filter((line) =>
      chosen.has(basename((JSON.parse(line) as { pdf: string }).pdf, '.pdf')),
    );
    writeFileSync(join(target, 'dataset.jsonl'), kept.join('\n'));
    return into;
  }
  const source = join(corpus.folder, set);
  for (const file of readdirSync(source))
    if (chosen.has(file.slice(0, file.indexOf('.')))) copyFileSync(join(source, file), join(target, file));
  return into;
}
