import { describe, expect, it } from 'vitest';
import { LegibleError } from '#legible/errors.js';
import { parsePageRanges } from '#legible/pipeline/page-ranges.js';

describe('pages as a person writes them', () => {
  it.each([
    ['3', [{ start: 3, end: 3 }]],
    [
      '1-3,5',
      [
        { start: 1, end: 3 },
        { start: 5, end: 5 },
      ],
    ],
    [
      ' 1 – 3 ; 5 ',
      [
        { start: 1, end: 3 },
        { start: 5, end: 5 },
      ],
    ],
    ['7-', [{ start: 7, end: 'last' }]],
    ['7-last', [{ start: 7, end: 'last' }]],
    ['LAST', [{ start: 'last', end: 'last' }]],
  ])('%s', (text, expected) => {
    expect(parsePageRanges(text)).toEqual(expected);
  });

  it.each(['', ' , ', '0', '0-3', '3-1', '-3', 'last-3', '1-2-3', 'one', '1.5', '1e3'])(
    'refuses "%s"',
    (text) => {
      expect(() => parsePageRanges(text)).toThrow(LegibleError);
    },
  );
});
