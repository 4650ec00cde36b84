import type { OcrWord } from '../port.js';

interface Corners {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** tesseract.js's `blocks` output (Tesseract's `GetJSONText`), as far as it is read. */
interface OutputBlock {
  readonly paragraphs?: readonly {
    readonly lines?: readonly {
      readonly baseline: Corners;
      readonly rowAttributes: { rowHeight: number; descenders: number; ascenders: number };
      readonly words?: readonly {
        readonly text: string;
        readonly confidence: number;
        readonly bbox: Corners;
      }[];
    }[];
  }[];
}

/** Words in Tesseract's own reading order; empty texts are dropped. */
export function wordsFromBlocks(blocks: readonly OutputBlock[]): OcrWord[] {
  const words: OcrWord[] = [];
  let line = 0;
  blocks.forEach((block, blockNumber) => {
    for (const paragraph of block.paragraphs ?? []) {
      for (const row of paragraph.lines ?? []) {
        const { rowHeight, descenders, ascenders } = row.rowAttributes;
        // rowHeight = x-height + ascenders + descenders (Tesseract's ResultIterator::RowAttributes).
        const xHeight = Math.max(0, rowHeight - ascenders - Math.abs(descenders));
        for (const word of row.words ?? []) {
          const text = word.text.trim();
          if (!text) continue;
          const { x0, y0, x1, y1 } = word.bbox;
          words.push({
            text,
            box: { x0, y0, x1, y1 },
            confidence: word.confidence,
            baseline: heightAt(row.baseline, (x0 + x1) / 2),
            xHeight,
            line,
            block: blockNumber,
          });
        }
        line++;
      }
    }
  });
  return words;
}

function heightAt(baseline: Corners, x: number): number {
  const run = baseline.x1 - baseline.x0;
  return run === 0 ? baseline.y0 : baseline.y0 + ((x - baseline.x0) * (baseline.y1 - baseline.y0)) / run;
}
