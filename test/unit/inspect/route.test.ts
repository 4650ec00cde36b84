import { describe, expect, it } from 'vitest';
import type { PageFacts } from '#legible/pipeline/inspect/facts.js';
import { chooseRoute, REASONS, type RouteName } from '#legible/pipeline/inspect/route.js';
import type { OcrMode } from '#legible/pipeline/options.js';

const SHEET = { x0: 0, y0: 0, x1: 612, y1: 792 };
const HALF = { x0: 72, y0: 300, x1: 540, y1: 700 };

const facts = (changes: Partial<PageFacts>): PageFacts => ({
  width: 612,
  height: 792,
  visibleWords: changes.soundWords ?? (changes.garbledCharacters ? 1 : 0),
  soundWords: 0,
  soundCharacters: 0,
  textCover: 0,
  garbledFonts: [],
  garbledCharacters: 0,
  garbledBoxes: [],
  hiddenWords: {},
  imageCover: 0,
  pictures: [],
  scan: null,
  curves: 0,
  shapes: 0,
  rules: 0,
  tagged: false,
  ...changes,
});

const TEXT = { soundWords: 400, soundCharacters: 2200, textCover: 0.3 };
const STAMP = { soundWords: 6, soundCharacters: 30, textCover: 0.004 };
const SCAN = { imageCover: 1, pictures: [{ box: SHEET, dpi: 300, textCover: 0 }] };
const picture = (changes = {}) => ({
  imageCover: 0.35,
  pictures: [{ box: HALF, dpi: 150, textCover: 0, ...changes }],
});
const garbled = (characters: number) => ({
  garbledFonts: [{ font: 'Calibre', sign: 'unmapped characters' as const }],
  garbledCharacters: characters,
  garbledBoxes: [HALF],
});

const CASES: readonly [string, Partial<PageFacts>, OcrMode, RouteName, string][] = [
  ['a typeset page', TEXT, 'auto', 'native', REASONS.sound],
  ['one word and nothing else', { soundWords: 1, soundCharacters: 4 }, 'auto', 'native', REASONS.sound],
  ['a scan', SCAN, 'auto', 'ocr', REASONS.noText],
  ['a small picture alone', picture(), 'auto', 'ocr', REASONS.noText],
  ['a searchable scan', { ...SCAN, hiddenWords: { invisible: 300 } }, 'auto', 'ocr', REASONS.invisible],
  ['text under the scan', { ...SCAN, hiddenWords: { covered: 300 } }, 'auto', 'ocr', REASONS.invisible],
  ['invisible words on an empty page', { hiddenWords: { invisible: 30 } }, 'auto', 'blank', REASONS.blank],
  ['an empty page', {}, 'auto', 'blank', REASONS.blank],
  ['an empty form: lines only', { rules: 40, shapes: 12 }, 'auto', 'blank', REASONS.blank],
  ['an empty page, OCR asked for', {}, 'always', 'blank', REASONS.blank],
  ['a scan with a native stamp', { ...SCAN, ...STAMP }, 'auto', 'mixed', REASONS.sparse],
  ['text over a full-page ground', { ...SCAN, ...TEXT }, 'auto', 'mixed', REASONS.images],
  [
    'a page of text on a printed ground',
    { ...TEXT, imageCover: 1, pictures: [{ box: SHEET, dpi: 300, textCover: 0.6 }] },
    'auto',
    'native',
    REASONS.sound,
  ],
  ['text with a picture', { ...TEXT, ...picture() }, 'auto', 'mixed', REASONS.images],
  ['text with a coarse picture', { ...TEXT, ...picture({ dpi: 40 }) }, 'auto', 'native', REASONS.sound],
  [
    'text with an icon',
    { ...TEXT, ...picture({ box: { x0: 10, y0: 10, x1: 30, y1: 30 } }) },
    'auto',
    'native',
    REASONS.sound,
  ],
  ['all text garbled', garbled(900), 'auto', 'ocr', 'garbled text in Calibre'],
  ['most text garbled', { ...TEXT, ...garbled(1500) }, 'auto', 'ocr', 'garbled text in Calibre'],
  ['one garbled heading', { ...TEXT, ...garbled(40) }, 'auto', 'mixed', 'garbled text in Calibre'],
  ['a few ornaments', { ...TEXT, ...garbled(2) }, 'auto', 'native', REASONS.sound],
  ['letters as curves', { curves: 9000 }, 'auto', 'ocr', REASONS.outlines],
  ['a page number and letters as curves', { ...STAMP, curves: 9000 }, 'auto', 'mixed', REASONS.outlines],
  ['a drawing beside text', { ...TEXT, curves: 9000 }, 'auto', 'native', REASONS.sound],
  ['a word or a sign drawn with curves', { curves: 40 }, 'auto', 'ocr', REASONS.noText],
  ['signs without Unicode value', { visibleWords: 6 }, 'auto', 'ocr', REASONS.noText],
  ['letters of strokes', { rules: 350 }, 'auto', 'ocr', REASONS.noText],
  ['an arrow', { curves: 5 }, 'auto', 'blank', REASONS.blank],
  ['a typeset page, OCR asked for', TEXT, 'always', 'ocr', REASONS.always],
  ['a scan, OCR switched off', SCAN, 'never', 'native', REASONS.never],
  ['garbled text, OCR switched off', garbled(900), 'never', 'native', REASONS.never],
];

describe('chooseRoute', () => {
  it.each(CASES)('%s', (_name, changes, mode, route, reason) => {
    expect(chooseRoute(facts(changes), mode)).toMatchObject({ route, reason });
  });

  it('reads the whole sheet behind a stamp, with the stamp left out of its image', () => {
    const route = chooseRoute(facts({ ...SCAN, ...STAMP }), 'auto');
    expect(route.areas).toEqual([SHEET]);
    expect(route.areasWithoutText).toBe(true);
  });

  it('reads garbled words where they stand, with the text in the image', () => {
    const route = chooseRoute(facts({ ...TEXT, ...garbled(40) }), 'auto');
    expect(route.areas).toEqual([HALF]);
    expect(route.areasWithoutText).toBe(false);
  });

  it('bounds the recognitions of a page full of pictures, the largest first', () => {
    const pictures = Array.from({ length: 30 }, (_, i) => ({
      box: { x0: 0, y0: i * 50, x1: 60 + i, y1: i * 50 + 40 },
      dpi: 150,
      textCover: 0,
    }));
    const { areas } = chooseRoute(facts({ ...TEXT, pictures }), 'auto');
    expect(areas).toHaveLength(8);
    expect(areas[0].x1).toBe(89);
  });
});
