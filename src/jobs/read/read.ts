import type { Page } from '../../document/block.js';
import type { PageRecord } from '../../document/page.js';
import { LegibleError } from '../../errors.js';
import type { Format, PageRange, RunningHeads } from '../../pipeline/options.js';
import {
  documentJson,
  joinPieces,
  jointLength,
  type Piece,
  writePieces,
} from '../../pipeline/write/index.js';
import type { Reading, ReadRequest } from '../api.js';
import type { Job } from '../job.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { jsonEnvelope, jsonPage } from './json-parts.js';
import { selectPages } from './selection.js';

/** Where the reading of a page begins: pieces and characters of the next piece to leave out. */
interface Start {
  readonly piece: number;
  readonly offset: number;
}

/** What did not fit any more. */
interface Rest extends Start {
  readonly page: number;
}

/** Collects pages until no more fits. */
interface Collector {
  /** Answers what did not fit; nothing after that may be added. */
  add(page: Page, start: Start): Rest | undefined;
  content(): string;
}

/** How pages are written as text. */
interface Writing {
  readonly format: Exclude<Format, 'json'>;
  readonly runningHeads: RunningHeads;
  readonly maxChars: number;
  /** Say where each page begins. */
  readonly marks: boolean;
}

/**
 * The part of the result that starts at the cursor, cut at a page or block border. Reads the pages
 * one by one and stops when the part is full, so a large document is never in memory as a whole.
 */
export async function readJob(
  job: Job,
  request: ReadRequest,
  pagesOf: (numbers: Iterable<number>) => AsyncIterable<Page>,
): Promise<Reading> {
  const cursor = request.cursor === undefined ? undefined : decodeCursor(request.cursor);
  const format: Format = cursor?.f ?? request.format;
  const runningHeads = (cursor ? cursor.h : request.runningHeads) ?? 'omit';
  const ranges: readonly PageRange[] | undefined = cursor ? cursor.s : request.pages;
  const selected = selectPages(job, ranges);
  const finished = new Set([...job.pagesCompleted, ...job.pagesFailed]);
  const wanted = selected.filter((page) => finished.has(page) && page >= (cursor?.p ?? 1));

  const marks = request.pageMarks === true && format === 'markdown' && job.pages.length > 1;
  const { maxChars } = request;
  const collector =
    format === 'json'
      ? jsonCollector(job, maxChars)
      : textCollector({ format, runningHeads, maxChars, marks });
  const records: PageRecord[] = [];
  let rest: Rest | undefined;
  for await (const page of pagesOf(wanted)) {
    const start = page.number === cursor?.p ? { piece: cursor.i, offset: cursor.o } : { piece: 0, offset: 0 };
    rest = collector.add(page, start);
    const untouched =
      rest?.page === page.number && rest.piece === start.piece && rest.offset === start.offset;
    if (!untouched) {
      const { blocks: _, ...record } = page;
      records.push(record);
    }
    if (rest) break;
  }
  return {
    content: collector.content(),
    format,
    pages: records,
    ...(rest && {
      nextCursor: encodeCursor({
        p: rest.page,
        i: rest.piece,
        o: rest.offset,
        f: format,
        ...(runningHeads !== 'omit' && { h: runningHeads }),
        ...(ranges && { s: [...ranges] }),
      }),
    }),
    pending: selected.filter((page) => !finished.has(page)),
    job,
  };
}

function textCollector({ format, runningHeads, maxChars, marks }: Writing): Collector {
  const taken: Piece[] = [];
  let used = 0;
  return {
    add(page, start) {
      const pieces = writePieces(page, format, runningHeads);
      for (let index = start.piece; index < pieces.length; index++) {
        const offset = index === start.piece ? start.offset : 0;
        const begins = marks && index === 0 && offset === 0;
        const whole = begins ? { ...pieces[index], page: page.number } : pieces[index];
        const piece: Piece = offset > 0 ? { text: whole.text.slice(offset), joint: '' } : whole;
        const size = piece.text.length + (taken.length > 0 || begins ? jointLength(piece) : 0);
        if (used + size <= maxChars) {
          taken.push(piece);
          used += size;
          continue;
        }
        if (taken.length > 0) return { page: page.number, piece: index, offset };
        // A block larger than a whole answer is cut inside.
        const length = cutLength(piece.text, maxChars);
        taken.push({ text: piece.text.slice(0, length), joint: '' });
        return { page: page.number, piece: index, offset: offset + length };
      }
      return undefined;
    },
    content: () => joinPieces(taken),
  };
}

/** Up to `maxChars`, behind the last line feed or space if there is one in the second half, never inside a character. */
function cutLength(text: string, maxChars: number): number {
  for (const border of ['\n', ' ']) {
    const at = text.lastIndexOf(border, maxChars - 1) + 1;
    if (at > maxChars / 2) return at;
  }
  const high = text.charCodeAt(maxChars - 1);
  return maxChars > 1 && high >= 0xd800 && high <= 0xdbff ? maxChars - 1 : maxChars;
}

/** Every part is a whole JSON document; a page that is too large comes in several, each with some of its blocks. */
function jsonCollector(job: Job, maxChars: number): Collector {
  const { head, tail } = jsonEnvelope(job);
  const envelope = head.length + tail.length;
  const taken: string[] = [];
  let used = envelope;
  const size = (text: string) => text.length + 1;
  return {
    add(page, { piece: first }) {
      const rest = { ...page, blocks: page.blocks.slice(first) };
      const whole = jsonPage(rest);
      if (used + size(whole) <= maxChars) {
        taken.push(whole);
        used += size(whole);
        return undefined;
      }
      if (taken.length > 0) return { page: page.number, piece: first, offset: 0 };
      let count = 0;
      let length = envelope + size(jsonPage({ ...page, blocks: [] }));
      for (const block of rest.blocks) {
        length += size(blockJson(page, block));
        if (length > maxChars) break;
        count += 1;
      }
      if (count === 0) {
        throw new LegibleError(
          'result_too_large',
          `A block of page ${page.number} has more than ${maxChars} characters as JSON.`,
          `Raise max_chars above ${length}, or read page ${page.number} as markdown.`,
        );
      }
      taken.push(jsonPage({ ...page, blocks: rest.blocks.slice(0, count) }));
      return { page: page.number, piece: first + count, offset: 0 };
    },
    content: () => head + taken.join(',') + tail,
  };
}

function blockJson(page: Page, block: Page['blocks'][number]): string {
  const [written] = documentJson({ info: { pageCount: 1 }, pages: [{ ...page, blocks: [block] }] }).pages;
  return JSON.stringify(written.blocks[0]);
}
