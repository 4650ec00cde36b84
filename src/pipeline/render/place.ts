import type { Box } from '../../document/geometry.js';
import type { Word } from '../../document/word.js';

interface Read {
  readonly words: readonly Word[];
  readonly width: number;
  readonly height: number;
  readonly rotation: 0 | 90 | 180 | 270;
}

/**
 * Words read from an image of part of the page, whose frame starts at the image's corner, in the frame of
 * the page turned like the image. Lengths in points.
 */
export function placeOnPage(
  read: Read,
  area: Box,
  page: { readonly width: number; readonly height: number },
): { words: readonly Word[]; width: number; height: number } {
  const margins = turnMargins(
    { left: area.x0, top: area.y0, right: page.width - area.x1, bottom: page.height - area.y1 },
    read.rotation,
  );
  const dx = margins.left;
  const dy = margins.top;
  const words =
    dx === 0 && dy === 0
      ? read.words
      : read.words.map((word) => ({
          ...word,
          box: { x0: word.box.x0 + dx, y0: word.box.y0 + dy, x1: word.box.x1 + dx, y1: word.box.y1 + dy },
          baseline: word.baseline + dy,
        }));
  return {
    words,
    width: read.width + margins.left + margins.right,
    height: read.height + margins.top + margins.bottom,
  };
}

interface Margins {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function turnMargins({ left, top, right, bottom }: Margins, degrees: Read['rotation']): Margins {
  switch (degrees) {
    case 0:
      return { left, top, right, bottom };
    case 90:
      return { left: bottom, top: left, right: top, bottom: right };
    case 180:
      return { left: right, top: bottom, right: left, bottom: top };
    case 270:
      return { left: top, top: right, right: bottom, bottom: left };
  }
}
