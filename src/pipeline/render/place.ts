import type { Box } from '../../document/geometry.js';
import type { Rule } from '../../document/page.js';
import { compose, type Projection, shift } from '../../document/projection.js';
import type { Spread } from '../../document/spread.js';
import type { Word } from '../../document/word.js';

interface Read {
  readonly words: readonly Word[];
  readonly rules?: readonly Rule[];
  readonly width: number;
  readonly height: number;
  readonly rotation: 0 | 90 | 180 | 270;
  readonly own?: Own;
  readonly spread?: Spread;
}

/** Where the frame of the words lies on the page as it is, and how large that is in points. */
interface Own {
  readonly projection: Projection;
  readonly width: number;
  readonly height: number;
}

/**
 * Words read from an image of part of the page, whose frame starts at the image's corner, in the frame of
 * the page turned like the image. Lengths in points.
 */
export function placeOnPage(
  read: Read,
  area: Box,
  page: { readonly width: number; readonly height: number },
): {
  words: readonly Word[];
  rules: readonly Rule[];
  width: number;
  height: number;
  own?: Own;
  spread?: Spread;
} {
  const margins = turnMargins(
    { left: area.x0, top: area.y0, right: page.width - area.x1, bottom: page.height - area.y1 },
    read.rotation,
  );
  const dx = margins.left;
  const dy = margins.top;
  const move = (box: Box): Box => ({ x0: box.x0 + dx, y0: box.y0 + dy, x1: box.x1 + dx, y1: box.y1 + dy });
  const placed = (projection: Projection): Projection =>
    compose(shift(dx, dy), compose(projection, shift(-dx, -dy)));
  const { words, rules = [] } = read;
  const isInPlace = dx === 0 && dy === 0;
  return {
    words: isInPlace
      ? words
      : words.map((word) => ({ ...word, box: move(word.box), baseline: word.baseline + dy })),
    rules: isInPlace ? rules : rules.map((rule) => ({ ...rule, box: move(rule.box) })),
    width: read.width + margins.left + margins.right,
    height: read.height + margins.top + margins.bottom,
    ...(read.spread && {
      spread: {
        fold: read.spread.fold + dx,
        left: placed(read.spread.left),
        right: placed(read.spread.right),
      },
    }),
    ...(read.own && {
      own: {
        projection: placed(read.own.projection),
        width: read.own.width + margins.left + margins.right,
        height: read.own.height + margins.top + margins.bottom,
      },
    }),
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
