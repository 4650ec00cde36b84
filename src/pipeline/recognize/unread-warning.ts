import { type Box, boxHeight, expandBox, overlapArea, unionBoxes } from '../../document/geometry.js';
import type { Warning } from '../../document/page.js';
import type { Word } from '../../document/word.js';
import type { Unread } from './fill-gaps.js';

/** A few marks are specks, ticks and ornaments; a word is longer. */
const MIN_LETTERS = 6;
/** Share of the page's letters from which something is missing that a reader would miss. */
const MIN_SHARE = 0.02;
/** Marks closer than this, in heights of the higher one, are named as one place. */
const SAME_PLACE = 2.5;
/** Places that a message names; the boxes have them all. */
const MAX_NAMED = 3;

/** Says where a page shows letters that no word covers; undefined where hardly any are left. */
export function unreadWarning({ boxes, letters }: Unread, words: readonly Word[]): Warning | undefined {
  const read = words.reduce((sum, { text }) => sum + text.length, 0);
  if (letters < MIN_LETTERS || letters < MIN_SHARE * (letters + read)) return undefined;
  const places = joined(boxes).map(roundedOut);
  const named = places.slice(0, MAX_NAMED).map(({ x0, y0, x1, y1 }) => `[${x0}, ${y0}, ${x1}, ${y1}]`);
  const others = places.length > MAX_NAMED ? ` and ${places.length - MAX_NAMED} more places` : '';
  return {
    code: 'unread_marks',
    message: `About ${letters} marks that look like letters were not read, at ${named.join(', ')}${others} (points); look at them with view_page, region.`,
    boxes: places,
  };
}

/** Boxes that nearly touch made one; the largest first. */
function joined(boxes: readonly Box[]): Box[] {
  const places: Box[] = [];
  for (const box of boxes) {
    let place = box;
    for (let i = places.length - 1; i >= 0; i--) {
      const reach = (SAME_PLACE * Math.max(boxHeight(box), 1)) / 2;
      if (overlapArea(expandBox(place, reach), expandBox(places[i], reach)) === 0) continue;
      place = unionBoxes([place, ...places.splice(i, 1)]);
      i = places.length;
    }
    places.push(place);
  }
  const area = (box: Box): number => (box.x1 - box.x0) * (box.y1 - box.y0);
  return places.sort((a, b) => area(b) - area(a));
}

const roundedOut = ({ x0, y0, x1, y1 }: Box): Box => ({
  x0: Math.max(0, Math.floor(x0)),
  y0: Math.max(0, Math.floor(y0)),
  x1: Math.ceil(x1),
  y1: Math.ceil(y1),
});
