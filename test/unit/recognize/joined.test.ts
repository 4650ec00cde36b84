import { describe, expect, it } from 'vitest';
import type { OcrWord } from '#legible/engines/ocr/port.js';
import { tidyWords } from '#legible/pipeline/recognize/tidy.js';

/** Words of one line, 20 px high, `gaps` pixels between them. */
function line(texts: string[], gaps: number[]): OcrWord[] {
  let x = 0;
  return texts.map((text, i) => {
    const width = [...text].length * 20;
    const box = { x0: x, y0: 0, x1: x + width, y1: 20 };
    x += width + (gaps[i] ?? 0);
    return { text, box, confidence: 90, baseline: 20, xHeight: 10, line: 0, block: 0 };
  });
}
const read = (texts: string[], gaps: number[], language: string): string =>
  tidyWords(line(texts, gaps), [language]).reduce(
    (text, word) => text + (text === '' || word.glued ? '' : ' ') + word.text,
    '',
  );

describe('spaces between words of scripts that set none', () => {
  it('are not invented between Chinese and Japanese pieces, half-width marks included', () => {
    expect(read(['鉴于', '对', '人', '类', ',', '乃', '是'], [2, 8, 12, 4, 12, 6], 'chi_sim')).toBe(
      '鉴于对人类,乃是',
    );
    expect(read(['すべ', 'て', 'の', '人間', 'は', '、', '生まれ'], [0, 8, 9, 0, 2, 12], 'jpn')).toBe(
      'すべての人間は、生まれ',
    );
  });

  it('are kept where the white is that of a column or an ideographic space', () => {
    expect(read(['品名', '数量'], [60], 'chi_sim')).toBe('品名 数量');
  });

  it('divide Korean words, not their syllables', () => {
    expect(read(['모든', '인류', '구', '성', '원', '의', '존엄'], [9, 9, 2, 4, 3, 9], 'kor')).toBe(
      '모든 인류 구성원의 존엄',
    );
  });

  it('stay in scripts that have them', () => {
    expect(read(['two', 'words'], [6], 'eng')).toBe('two words');
    expect(read(['حقوق', 'الإنسان'], [4], 'ara')).toBe('حقوق الإنسان');
  });
});

it('Greek text has no micro signs', () => {
  expect(read(['κόσµο', 'µέλη', '5', 'µm'], [6, 6, 6], 'ell')).toBe('κόσμο μέλη 5 µm');
});
