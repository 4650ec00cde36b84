import { describe, expect, it } from 'vitest';
import type { OcrEngine, OcrWord } from '#legible/engines/ocr/port.js';
import { createRecognizer } from '#legible/pipeline/recognize/create-recognizer.js';
import { rememberLanguage } from '#legible/pipeline/recognize/remember-language.js';
import { blankImage as image } from './blank-image.js';

const page = { area: { x0: 0, y0: 0, x1: 72, y1: 36 }, kind: 'page', language: 'auto' } as const;
const GERMAN =
  'Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und sollen einander im Geist der Brüderlichkeit begegnen. Jeder hat Anspruch auf die in dieser Erklärung';
const ENGLISH =
  'All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience and should act towards one another in a spirit of brotherhood. Everyone is entitled to all the rights';

/** An engine that sees `text` whatever data it is given, and notes which it was given. */
function seeing(text: () => string) {
  const asked: string[] = [];
  const wordsOf = (): OcrWord[] =>
    text()
      .split(' ')
      .map((word, i) => ({
        text: word,
        // Wider than high: words that run upwards would be read again on their side.
        box: { x0: 4 * i, y0: 27, x1: 4 * i + 3, y1: 29 },
        confidence: 95,
        baseline: 28,
        xHeight: 2,
        line: 0,
        block: 0,
      }));
  const engine: OcrEngine = {
    name: 'tesseract.js',
    capacity: 1,
    status: async () => ({ name: 'tesseract.js', found: true, detail: 'here' }),
    languages: async () => ['deu', 'eng'],
    recognize: async (_, { languages }) => {
      asked.push(languages.join('+'));
      return { words: wordsOf(), confidence: 95 };
    },
    detectOrientation: async () => null,
    close: async () => {},
  };
  return { engine, asked };
}

describe('the language of a document', () => {
  it('is found with its first page, and the next pages start with it', async () => {
    const { engine, asked } = seeing(() => GERMAN);
    const recognizer = rememberLanguage(createRecognizer({ engines: [engine], choice: 'auto' }));
    for (let i = 0; i < 3; i++) expect((await recognizer.recognizeImage(image, page)).language).toBe('deu');
    expect(asked).toEqual(['eng', 'deu', 'deu', 'deu']);
  });

  it('is found anew where a page is in another one', async () => {
    let text = GERMAN;
    const { engine, asked } = seeing(() => text);
    const recognizer = rememberLanguage(createRecognizer({ engines: [engine], choice: 'auto' }));
    await recognizer.recognizeImage(image, page);
    text = ENGLISH;
    expect((await recognizer.recognizeImage(image, page)).language).toBe('eng');
    expect(asked).toEqual(['eng', 'deu', 'deu', 'eng']);
  });

  it('is no business of the next document', async () => {
    const { engine, asked } = seeing(() => GERMAN);
    const shared = createRecognizer({ engines: [engine], choice: 'auto' });
    await rememberLanguage(shared).recognizeImage(image, page);
    await rememberLanguage(shared).recognizeImage(image, page);
    expect(asked).toEqual(['eng', 'deu', 'eng', 'deu']);
  });
});
