import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPdf, textAt } from '../../test/support/pdf-writer.js';
import { mutate } from './mutate.js';
import { Random } from './random.js';

/** This file is run from `.tools/bench/soak` and, in tests, from `bench/soak`. */
const ROOT = fileURLToPath(
  new URL(import.meta.url.includes('/.tools/') ? '../../../' : '../../', import.meta.url),
);
const CORPUS = join(ROOT, 'test/corpus');
/** Read without OCR in milliseconds, and with it in about a second a page. */
const QUICK = ['report.pdf', 'tables.pdf', 'two-columns.pdf', 'hidden-layer.pdf', 'blank.pdf'];
const SLOW = ['receipt.jpg', 'note.bmp', 'screenshot.png'];
const WORDS = 'harbour lantern copper window winter ledger margin orchard stone valley engine letter'.split(
  ' ',
);

export interface Made {
  readonly path: string;
  /** Documents of one base have the same text. */
  readonly base: string;
  readonly hostile: boolean;
  /** Pages; 0 where nobody knows. */
  readonly pages: number;
}

/** Makes documents in a folder: real ones, long ones, and both after mutation. All follow from the seed. */
export class Documents {
  readonly #folder: string;
  readonly #random: Random;
  #number = 0;

  constructor(folder: string, seed: number) {
    this.#folder = folder;
    this.#random = new Random(seed);
    mkdirSync(folder, { recursive: true });
  }

  /** A document whose text is known from its base; each has bytes of its own, so no result is found for it. */
  good(withOcr: boolean): Made {
    const name = this.#random.chance(withOcr ? 0.25 : 0) ? this.#random.pick(SLOW) : this.#random.pick(QUICK);
    if (this.#random.chance(0.4)) return this.book(20 + 20 * this.#random.below(3));
    return this.#write(name, this.#unique(readFileSync(join(CORPUS, name))), false, 0);
  }

  /** Many pages of short text. */
  book(pages: number): Made {
    const random = new Random(pages);
    const content = () =>
      Array.from({ length: 30 }, (_, line) =>
        textAt(60, 720 - line * 20, Array.from({ length: 9 }, () => random.pick(WORDS)).join(' ')),
      ).join('');
    const bytes = buildPdf({ pages: Array.from({ length: pages }, () => ({ content: content() })) });
    return this.#write(`book-${pages}.pdf`, this.#unique(bytes), false, pages);
  }

  hostile(): Made {
    const name = this.#random.pick([...QUICK, ...SLOW]);
    return this.#write(name, mutate(readFileSync(join(CORPUS, name)), this.#random), true, 0);
  }

  #write(base: string, bytes: Uint8Array, hostile: boolean, pages: number): Made {
    this.#number += 1;
    const path = join(this.#folder, `${this.#number}${extname(base)}`);
    writeFileSync(path, bytes);
    return { path, base, hostile, pages };
  }

  /** Bytes behind the end of a PDF or an image change nothing that is read. */
  #unique(bytes: Uint8Array): Uint8Array {
    return Buffer.concat([bytes, Buffer.from(`\n% ${this.#number} ${this.#random.next()}\n`)]);
  }
}
