import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '#legible/pipeline/recognize/language-table.js';
import { parseLanguages, requireLanguages, tesseractCode } from '#legible/pipeline/recognize/languages.js';

const escaped = (text: string): string => text.replace(/[()]/g, '\\$&');

describe('language argument', () => {
  it.each([
    ['polish', ['pol']],
    ['Polish', ['pol']],
    ['pl', ['pol']],
    ['pol', ['pol']],
    ['polski', ['pol']],
    ['pt-BR', ['por']],
    ['pt_BR', ['por']],
    ['zh', ['chi_sim']],
    ['zh-Hant', ['chi_tra']],
    ['zh-Hant-HK', ['chi_tra']],
    ['zh-TW', ['chi_tra']],
    ['chi_sim', ['chi_sim']],
    ['ger', ['deu']],
    ['nb', ['nor']],
    ['sr-Latn', ['srp_latn']],
    ['english + German', ['eng', 'deu']],
    ['eng+en+English', ['eng']],
    ['frk', ['frk']],
    ['de-Latf', ['frk']],
    ['cmn-Hant-TW', ['chi_tra']],
    ['Chinese (Simplified)', ['chi_sim']],
    ['Chinese (Traditional)', ['chi_tra']],
    ['English (US)', ['eng']],
    ['German, French; es', ['deu', 'fra', 'spa']],
    ['日本語', ['jpn']],
    ['tl', ['fil']],
    ['gre', ['ell']],
    ['chi_tra_vert', ['chi_tra_vert']],
  ])('%s', (argument, codes) => {
    expect(parseLanguages(argument)).toEqual(codes);
  });

  it.each(['auto', ' AUTO ', '', 'auto+eng'])('"%s" leaves the choice to the recogniser', (argument) => {
    expect(parseLanguages(argument)).toBeNull();
  });

  it.each(['klingonese', 'e', '../../etc/passwd', 'eng+12', 'pol;rm -rf'])('refuses "%s"', (argument) => {
    expect(() => parseLanguages(argument)).toThrowError(/is not a language/);
  });

  it.each([
    ['germn', 'German (deu)'],
    ['chineese', 'Chinese (chi_sim)'],
    ['portugese', 'Portuguese (por)'],
    ['espanol', 'Spanish (spa)'],
    ['ukranian', 'Ukrainian (ukr)'],
  ])('names what "%s" may have meant', (argument, suggestion) => {
    expect(() => parseLanguages(argument)).toThrowError(new RegExp(`Did you mean ${escaped(suggestion)}`));
  });

  it('suggests nothing for what is like no language', () => {
    expect(() => parseLanguages('../../etc/passwd')).toThrowError(/knows\.$/);
  });

  it('finds every language of the table by each of its spellings', () => {
    for (const { code, iso1, names } of LANGUAGES) {
      expect(tesseractCode(code)).toBe(code);
      expect(tesseractCode(names[0])).toBe(code);
      if (iso1) expect(tesseractCode(iso1)).toBe(code);
    }
  });

  it('names the missing package and what is installed', () => {
    try {
      requireLanguages(['eng', 'pol', 'chi_sim'], ['eng', 'deu']);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        code: 'language_missing',
        message: 'There is no language data for Polish (pol), Chinese (chi_sim). Installed: eng, deu.',
      });
      expect((error as { hint: string }).hint).toContain('@tesseract.js-data/pol @tesseract.js-data/chi_sim');
    }
  });
});
