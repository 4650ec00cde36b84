import type { PdfEngine, PdfFile, PdfPage } from '../../engines/pdf/port.js';
import { LegibleError } from '../../errors.js';
import { gatherFacts, type PageFacts } from './facts.js';

/** The engine in use and, made when it is first needed, the one that is asked when the first is at a loss. */
export interface PdfEngines {
  readonly first: PdfEngine;
  readonly second: () => Promise<PdfEngine>;
}

export interface InspectedPage {
  readonly page: PdfPage;
  readonly facts: PageFacts;
  /** Whose text it is; the first one leads. */
  readonly engines: readonly PdfEngine[];
}

/** A second reading counts when it leaves at most this share of the first one's garbled characters. */
const CLEARLY_BETTER = 0.2;

/**
 * Reads a page and gathers its facts. The second engine is asked when the first fails on the page, and
 * when the text of the first is garbled: font maps that one library loses another may read.
 */
export async function inspectPage(
  engines: PdfEngines,
  file: PdfFile,
  number: number,
  signal: AbortSignal,
): Promise<InspectedPage> {
  const { first } = engines;
  let page: PdfPage;
  try {
    page = await first.readPage(file, number, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof LegibleError) || !error.retryable) throw error;
    const second = await engines.second();
    page = await second.readPage(file, number, signal);
    return { page, facts: gatherFacts(page), engines: [second] };
  }
  const facts = gatherFacts(page);
  if (facts.garbledCharacters === 0) return { page, facts, engines: [first] };
  return (await betterReading(engines, file, page, facts, signal)) ?? { page, facts, engines: [first] };
}

/** The page with the second engine's words, if they are sound; drawings and images stay the first one's. */
async function betterReading(
  engines: PdfEngines,
  file: PdfFile,
  page: PdfPage,
  facts: PageFacts,
  signal: AbortSignal,
): Promise<InspectedPage | null> {
  try {
    const second = await engines.second();
    const { words, tags } = await second.readPage(file, page.number, signal);
    const reread: PdfPage = { ...page, words, tags };
    const better = gatherFacts(reread);
    const isBetter =
      better.garbledCharacters <= facts.garbledCharacters * CLEARLY_BETTER &&
      better.soundCharacters > facts.soundCharacters;
    return isBetter ? { page: reread, facts: better, engines: [second, engines.first] } : null;
  } catch {
    signal.throwIfAborted();
    return null;
  }
}
