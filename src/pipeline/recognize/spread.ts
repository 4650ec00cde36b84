import type { Box } from '../../document/geometry.js';
import type { Rule, Warning } from '../../document/page.js';
import { type Projection, projectBox, shift, turnAbout } from '../../document/projection.js';
import type { Word } from '../../document/word.js';
import { present } from '../evidence.js';
import type { RunPixels } from '../pixels/work.js';
import { readWithCheckBoxes } from './check-boxes/scanned.js';
import { expectedShare } from './confidence.js';
import { movedBy, rulesOnPage, withWeight } from './on-page.js';
import { unique } from './page-work.js';
import type { GrayImage } from './prepare/gray.js';
import { measuredFactor, type PreparedPage, preparePage } from './prepare/page.js';
import { resize } from './prepare/scale.js';
import type { AutoLanguage, LanguageReading } from './read-in-language.js';
import type { Reader } from './read-page.js';
import type { RecognizedImage } from './recognizer.js';
import { unreadWarning } from './unread-warning.js';

/** Two pages side by side are wider than high: two of A4 1.41, two of a tall book 1.2. */
const MIN_ASPECT = 1.15;
/** Two pages of one book are set in about the same size. */
const SAME_SIZE = 1.6;
/** Below this expected share of right words the image may not be what it looks like. */
const LOST_BELOW = 45;

type ReadOptions = Reader & { readonly auto?: AutoLanguage };

interface Half {
  readonly page: PreparedPage;
  /** Where it starts on the image, in points. */
  readonly left: number;
}

interface ReadHalf extends LanguageReading {
  readonly words: readonly Word[];
  readonly rules: readonly Rule[];
  readonly unread: readonly Box[];
  readonly toImage: Projection;
}

/**
 * Reads an image of two pages side by side, each measured, straightened and read by itself; null where it is
 * one page. `image` as it came, `whole` as it was prepared for being read as one page.
 */
export async function readSpread(
  image: GrayImage,
  whole: PreparedPage,
  options: ReadOptions,
  run: RunPixels,
  signal?: AbortSignal,
): Promise<RecognizedImage | null> {
  if (whole.own || whole.measure.inverted || whole.width < MIN_ASPECT * whole.height) return null;
  const halves = await halvesOf(await run('turn', image, whole.rotation), whole, run);
  if (!halves) return null;
  const read: ReadHalf[] = [];
  for (const half of halves) read.push(await readHalf(half, options, run, signal));
  const [left, right] = read;
  if (read.every(({ reading }) => reading.confidence < LOST_BELOW)) return null;
  const words = [...left.words, ...renumbered(right.words, left.words)];
  const letters = read.reduce((sum, { reading }) => sum + (reading.unread?.letters ?? 0), 0);
  const boxes = read.flatMap(({ unread }) => unread);
  return {
    words,
    rules: read.flatMap(({ rules }) => rules),
    width: whole.width,
    height: whole.height,
    rotation: whole.rotation,
    skew: 0,
    spread: { fold: halves[1].left, left: left.toImage, right: right.toImage },
    confidence: words.length > 0 ? expectedShare(words, letters) : null,
    language: unique(read.flatMap(({ used }) => used)).join('+'),
    engines: unique(read.flatMap(({ reading }) => reading.engines)),
    preparation: [
      ...(whole.rotation === 0 ? [] : [`turned by ${whole.rotation}°`]),
      'two pages side by side',
      ...stepsOf('left', halves[0], left),
      ...stepsOf('right', halves[1], right),
    ],
    warnings: present([
      ...distinct(read.flatMap(({ warnings }) => warnings)),
      boxes.length > 0 ? unreadWarning({ boxes, letters }, words) : undefined,
    ]),
  };
}

/** The two pages, prepared; null where there is no fold, or what it parts is not text of one kind. */
async function halvesOf(
  image: GrayImage,
  whole: PreparedPage,
  run: RunPixels,
): Promise<readonly [Half, Half] | null> {
  const factor = measuredFactor(image);
  const reduced = await run('findFold', await resize(image, factor), whole.measure.textHeight * factor);
  if (reduced === null) return null;
  const fold = Math.round(reduced / factor);
  const scale = whole.width / image.width;
  const half = async (from: number, to: number): Promise<Half> => {
    const part = await run('crop', image, from, 0, to, image.height);
    const size = { width: part.width * scale, height: whole.height };
    const findOrientation = () => Promise.resolve(0 as const);
    const options = { findOrientation, run, maybePhoto: true, isHalf: true };
    return { page: await preparePage(part, size, options), left: from * scale };
  };
  const halves = [await half(0, fold), await half(fold, image.width)] as const;
  const [a, b] = halves.map(({ page }) => page.measure.textHeight);
  const isText = halves.every(
    ({ page }) => page.measure.direction?.lined && !page.measure.direction.sideways,
  );
  return isText && Math.max(a, b) <= SAME_SIZE * Math.min(a, b) ? halves : null;
}

async function readHalf(
  half: Half,
  options: ReadOptions,
  run: RunPixels,
  signal?: AbortSignal,
): Promise<ReadHalf> {
  const { left } = half;
  const { page, ...read } = await readWithCheckBoxes(half.page, options, run, signal);
  const words = await withWeight(read.reading.words, page, run);
  const rules = await rulesOnPage(page, run);
  const toImage = turnAbout(page.skew, [left + page.width / 2, page.height / 2]);
  const moved = shift(left, 0);
  return {
    ...read,
    words: words.map((word) => ({ ...word, box: projectBox(moved, word.box) })),
    rules: rules.map((rule) => movedBy(rule, left, 0)),
    unread: (read.reading.unread?.boxes ?? []).map((box) => projectBox(toImage, projectBox(moved, box))),
    toImage,
  };
}

/** The engine numbers the lines of each page from the start: those of the second follow those of the first. */
function renumbered(words: readonly Word[], before: readonly Word[]): Word[] {
  const first = before.reduce((highest, { line = 0 }) => Math.max(highest, line), 0) + 1;
  return words.map((word) => (word.line === undefined ? word : { ...word, line: word.line + first }));
}

const stepsOf = (side: string, { page }: Half, { reading }: ReadHalf): string[] =>
  [...page.steps, ...reading.steps].map((step) => `${side} page ${step}`);

const distinct = (warnings: readonly Warning[]): Warning[] =>
  warnings.filter(({ message }, at) => warnings.findIndex((other) => other.message === message) === at);
