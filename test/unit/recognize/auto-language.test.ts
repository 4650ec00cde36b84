import { describe, expect, it } from 'vitest';
import type { Word } from '#legible/document/word.js';
import type { OcrEngine } from '#legible/engines/ocr/port.js';
import { reconsiderLanguage } from '#legible/pipeline/recognize/auto-language.js';
import { detectLatinLanguage } from '#legible/pipeline/recognize/detect-language.js';

/** Article 1 and 2 of the Universal Declaration of Human Rights, as English data reads them: without accents. */
const TEXTS: Record<string, string> = {
  eng: 'All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience and should act towards one another in a spirit of brotherhood. Everyone is entitled to all the rights',
  deu: 'Alle Menschen sind frei und gleich an Wurde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und sollen einander im Geist der Bruderlichkeit begegnen. Jeder hat Anspruch auf die in dieser Erklarung',
  fra: 'Tous les etres humains naissent libres et egaux en dignite et en droits. Ils sont doues de raison et de conscience et doivent agir les uns envers les autres dans un esprit de fraternite. Chacun peut se prevaloir de tous les droits',
  pol: 'Wszyscy ludzie rodza sie wolni i rowni pod wzgledem swej godnosci i swych praw. Sa oni obdarzeni rozumem i sumieniem i powinni postepowac wobec innych w duchu braterstwa. Kazdy czlowiek posiada wszystkie prawa i wolnosci zawarte w niniejszej Deklaracji bez wzgledu na roznice rasy, jezyka, plci',
  spa: 'Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como estan de razon y conciencia, deben comportarse fraternalmente los unos con los otros. Toda persona tiene todos los derechos y libertades',
  nld: 'Alle mensen worden vrij en gelijk in waardigheid en rechten geboren. Zij zijn begiftigd met verstand en geweten, en behoren zich jegens elkander in een geest van broederschap te gedragen. Een ieder heeft aanspraak',
};
const RECEIPT =
  'TOTAL RM CASH CHANGE QTY PRICE AMOUNT GST TAX INVOICE DATE TIME CASHIER TEL FAX NO JALAN SDN BHD SHAH ALAM ITEM CODE THANK YOU PLEASE COME AGAIN GOODS SOLD ARE NOT RETURNABLE';

describe('detectLatinLanguage', () => {
  it.each(Object.entries(TEXTS))('knows %s by its common words', (code, text) => {
    expect(detectLatinLanguage(text.split(' '))).toBe(code);
  });

  it('says nothing where there is little or no running text', () => {
    expect(detectLatinLanguage(['und', 'der', 'die'])).toBeNull();
    expect(detectLatinLanguage(RECEIPT.split(' '))).toBeNull();
  });
});

describe('reconsiderLanguage', () => {
  const engine = (script: string): OcrEngine =>
    ({ detectOrientation: async () => ({ rotation: 0, confidence: 10, script }) }) as unknown as OcrEngine;
  const style = { font: '', bold: false, italic: false, mono: false };
  const wordOf =
    (confidence: number) =>
    (text: string): Word => ({
      text,
      box: { x0: 0, y0: 0, x1: 9, y1: 9 },
      baseline: 9,
      size: 9,
      confidence,
      style,
    });
  const reading = (text: string, confidence: number) => {
    const words = text.split(' ').map(wordOf(confidence));
    return { words, confidence, engines: ['tesseract.js'], steps: [] };
  };
  const page = {
    image: { data: new Uint8Array(4), width: 2, height: 2 },
    scale: 0.36,
    width: 1,
    height: 1,
    measure: { textHeight: 0, inverted: false, direction: null },
    rotation: 0 as const,
    skew: 0,
    steps: [],
  };
  const decide = (text: string, confidence: number, script: string, installed: string[]) => {
    const reader = { engine: engine(script), languages: ['eng'] };
    const readerFor = async (languages: readonly string[]) => ({ engine: engine(script), languages });
    return reconsiderLanguage(reading(text, confidence), page, reader, { installed, readerFor });
  };

  it('leaves English alone and does not even ask for the script', async () => {
    expect(await decide(TEXTS.eng, 20, 'Cyrillic', ['eng', 'rus'])).toBeNull();
  });

  it('reads again in the language that the text is in', async () => {
    expect(await decide(TEXTS.pol, 93, 'Latin', ['eng', 'pol'])).toMatchObject({
      reader: { languages: ['pol'] },
    });
  });

  it('names the package where the data is missing', async () => {
    const found = await decide(TEXTS.deu, 95, 'Latin', ['eng']);
    expect(found).toMatchObject({ warning: { code: 'language_data_missing' } });
    expect(JSON.stringify(found)).toContain('@tesseract.js-data/deu');
  });

  it('goes by the script where nothing can be read, together with English', async () => {
    expect(await decide('oo1 Kal TtG', 10, 'Greek', ['ell', 'eng'])).toMatchObject({
      reader: { languages: ['ell', 'eng'] },
    });
    expect(await decide('oo1 Kal TtG', 10, 'Cyrillic', ['eng'])).toMatchObject({
      warning: { code: 'language_data_missing' },
    });
  });

  it('leaves a bad page in Latin letters alone', async () => {
    expect(await decide('T0TA1 xX', 10, 'Latin', ['eng', 'ell'])).toBeNull();
  });
});
