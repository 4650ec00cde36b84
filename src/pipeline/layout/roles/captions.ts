import { boxHeight, overlapX, overlapY } from '../../../document/geometry.js';
import type { Draft, DraftFigure, DraftText } from '../draft.js';

const LABELS =
  'figure|fig\\.|figs\\.|table|tab\\.|abb\\.|abbildung|tabelle|tableau|tabla|figura|figuur|chart|exhibit|plate|scheme|listing|algorithm|box|photo|map|illustration|image|graph|diagram';
/** `Figure 3`, `Table A.1`, `FIG. 2`, `Plate IV`: the label that starts a caption, with what may follow it. */
const CAPTION = new RegExp(
  `^(?:${LABELS})(?:\\s*\\d+(?:[.\\-–]\\d+)*[a-z]?|\\s*[a-z]\\.?\\d+(?:\\.\\d+)*|\\s+[ivxl]+|\\s+[a-z])(?:[.:)\\]|–—-]|\\s|$)`,
  'iu',
);
/** Behind the label of a caption, not of a sentence that speaks of the figure (`Figure 3 shows …`). */
const SENTENCE =
  /^\S+\s*\S+\s+(?:shows?|illustrates?|presents?|depicts?|gives?|lists?|summari[sz]es?|compares?|displays?|describes?|provides?|reports?|is|are|was|were|and|in|of)\b/iu;

/** The text begins like a caption. */
export const isCaption = (text: string): boolean =>
  CAPTION.test(text) && /^\p{Lu}/u.test(text) && !SENTENCE.test(text);

/** The text begins with a caption's label, be it a caption or a sentence. */
export const hasLabel = (text: string): boolean => CAPTION.test(text) && /^\p{Lu}/u.test(text);

/** A caption stands within this many points of its figure. */
const REACH = 40;

/**
 * The caption of each figure, by index of the draft: the nearest one below, else above, that overlaps it
 * in x. A caption goes to one figure only.
 */
export function captionsOfFigures(
  drafts: readonly Draft[],
  captions: ReadonlySet<number>,
): Map<number, number> {
  const pairs: { figure: number; caption: number; distance: number }[] = [];
  drafts.forEach((figure, f) => {
    if (figure.kind !== 'figure') return;
    for (const c of captions) {
      const distance = gap(figure, drafts[c] as DraftText);
      if (distance !== undefined) pairs.push({ figure: f, caption: c, distance });
    }
  });
  const taken = new Set<number>();
  const out = new Map<number, number>();
  for (const { figure, caption } of pairs.sort((a, b) => a.distance - b.distance)) {
    if (out.has(figure) || taken.has(caption)) continue;
    out.set(figure, caption);
    taken.add(caption);
  }
  return out;
}

/** Distance of a caption from a figure in points; above and beside count double, because most stand below. */
function gap(figure: DraftFigure, caption: DraftText): number | undefined {
  if (overlapX(figure.box, caption.box) <= 0) {
    const aside = Math.max(figure.box.x0 - caption.box.x1, caption.box.x0 - figure.box.x1);
    const isBeside = overlapY(figure.box, caption.box) > boxHeight(caption.box) * 0.8;
    return isBeside && aside < REACH ? aside * 2 : undefined;
  }
  const below = caption.box.y0 - figure.box.y1;
  const above = figure.box.y0 - caption.box.y1;
  if (below > -5 && below < REACH) return Math.max(0, below);
  if (above > -5 && above < REACH) return Math.max(0, above) * 2;
  return undefined;
}
