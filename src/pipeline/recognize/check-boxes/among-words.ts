import { boxArea, boxHeight, containsCenter, expandBox, overlapArea } from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';
import type { CheckBox } from './choose.js';
import { isBeside, nearest, TEXT } from './placed.js';

const BOX_STYLE = { font: '', bold: false, italic: false, mono: false };
/** A sign recognised partly in a box is the rest of its line. */
const PARTLY = 0.2;
/** How far around a box what was read of it may reach, in points. */
const OWN = 0.5;

/**
 * The words with the check boxes among them as `☐` and `☑`, each before the word that it stands before. What was read
 * inside a box goes.
 */
export function withCheckBoxes<W extends Word>(
  words: readonly W[],
  boxes: readonly CheckBox[],
  confidence = 100,
): (W | Word)[] {
  if (boxes.length === 0) return [...words];
  const areas = boxes.map(({ box }) => expandBox(box, OWN));
  const isOwn = (word: Word): boolean =>
    areas.some(
      (area) =>
        containsCenter(area, word.box) ||
        (word.line !== undefined &&
          !TEXT.test(word.text) &&
          overlapArea(area, word.box) > boxArea(word.box) * PARTLY),
    );
  const kept = words.filter((word) => !isOwn(word));
  const before = new Map<W | undefined, Word[]>();
  for (const { box, checked } of boxes) {
    const beside = kept.filter((word) => word.angle === undefined && isBeside(box, word));
    const next = nearest(beside, ({ box: b }) => b.x0 - box.x1, box)?.word;
    const model = next ?? nearest(beside, ({ box: b }) => box.x0 - b.x1, box)?.word;
    const word: Word = {
      text: checked ? '☑' : '☐',
      box,
      baseline: model?.baseline ?? box.y1,
      size: model?.size ?? boxHeight(box),
      confidence,
      style: BOX_STYLE,
      ...(model?.tag !== undefined && { tag: model.tag }),
      ...(model?.line !== undefined && { line: model.line }),
    };
    const anchor = next as W | undefined;
    before.set(anchor, [...(before.get(anchor) ?? []), word]);
  }
  const loose = (before.get(undefined) ?? []).sort((a, b) => a.box.x0 - b.box.x0);
  return [
    ...kept.flatMap((word) => [
      ...(before.get(word) ?? []).sort((a, b) => a.box.x0 - b.box.x0),
      before.has(word) && word.glued ? unglued(word) : word,
    ]),
    ...loose,
  ];
}

function unglued<W extends Word>(word: W): W {
  const { glued: _, ...rest } = word;
  return rest as W;
}
