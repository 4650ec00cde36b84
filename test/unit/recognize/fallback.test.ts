import { describe, expect, it } from 'vitest';
import { Found } from '#legible/engines/ocr/found.js';
import type { OcrEngine, OcrWord, Orientation } from '#legible/engines/ocr/port.js';
import { LegibleError } from '#legible/errors.js';
import { createRecognizer } from '#legible/pipeline/recognize/create-recognizer.js';
import type { EngineChoice } from '../../../src/pipeline/options.js';
import { blankImage as image } from './blank-image.js';

const options = { area: { x0: 0, y0: 0, x1: 72, y1: 36 }, kind: 'page', language: 'eng' } as const;
const words = (text: string, confidence: number): OcrWord[] =>
  text.split(' ').map((word, i) => ({
    text: word,
    box: { x0: 50 * i, y0: 10, x1: 50 * i + 40, y1: 30 },
    confidence,
    baseline: 28,
    xHeight: 14,
    line: 0,
    block: 0,
  }));

interface Script {
  readonly found?: boolean;
  readonly languages?: string[];
  /** Outcomes of the calls in their order; the last one repeats. */
  readonly calls: (OcrWord[] | LegibleError)[];
  readonly orientation?: Orientation;
}

function scripted(name: string, { found = true, languages = ['eng'], calls, orientation }: Script) {
  let count = 0;
  const engine: OcrEngine = {
    name,
    capacity: 1,
    status: async () => ({ name, found, detail: found ? 'here' : 'not here', hint: 'install it' }),
    languages: async () => languages,
    recognize: async () => {
      const outcome = calls[Math.min(count++, calls.length - 1)];
      if (outcome instanceof LegibleError) throw outcome;
      return { words: outcome, confidence: outcome[0]?.confidence ?? 0 };
    },
    detectOrientation: async () => orientation ?? null,
    close: async () => {},
  };
  return { engine, calls: () => count };
}
const failure = () => new LegibleError('engine_failed', 'forced', 'none');

describe('choice of the engine', () => {
  it('asks the first engine that is there and has the language', async () => {
    const native = scripted('tesseract-native', { found: false, calls: [words('no', 95)] });
    const english = scripted('tesseract.js', { calls: [words('no', 95)] });
    const both = scripted('paddle', { languages: ['eng', 'chi_sim'], calls: [words('yes', 95)] });
    const recognizer = createRecognizer({
      engines: [native.engine, english.engine, both.engine],
      choice: 'auto',
    });
    const read = await recognizer.recognizeImage(image, { ...options, language: 'zh' });
    expect(read).toMatchObject({ engines: ['paddle'], language: 'chi_sim' });
    expect([native.calls(), english.calls()]).toEqual([0, 0]);
  });

  it('tries a failed page once more, then the next engine', async () => {
    const broken = scripted('tesseract-native', { calls: [failure()] });
    const sound = scripted('tesseract.js', { calls: [words('here', 95)] });
    const recognizer = createRecognizer({ engines: [broken.engine, sound.engine], choice: 'auto' });
    expect((await recognizer.recognizeImage(image, options)).engines).toEqual(['tesseract.js']);
    expect(broken.calls()).toBe(2);
  });

  it('gives the failure when there is no other engine', async () => {
    const broken = scripted('tesseract.js', { calls: [failure()] });
    const recognizer = createRecognizer({ engines: [broken.engine], choice: 'auto' });
    await expect(recognizer.recognizeImage(image, options)).rejects.toMatchObject({ code: 'engine_failed' });
  });

  it('says how to add an engine that was asked for by name', async () => {
    const missing = scripted('paddle', { found: false, calls: [[]] });
    const recognizer = createRecognizer({ engines: [missing.engine], choice: 'paddle' });
    await expect(recognizer.recognizeImage(image, options)).rejects.toMatchObject({
      code: 'engine_failed',
      message: expect.stringContaining('not here'),
      hint: 'install it',
    });
  });
});

describe('second opinion', () => {
  it('is taken on doubtful pages only', async () => {
    const sure = scripted('tesseract.js', { calls: [words('good page', 95)] });
    const other = scripted('paddle', { calls: [words('good page', 99)] });
    const recognizer = createRecognizer({ engines: [sure.engine, other.engine], choice: 'auto' });
    expect((await recognizer.recognizeImage(image, options)).engines).toEqual(['tesseract.js']);
    expect(other.calls()).toBe(0);
  });

  it('replaces a doubtful reading', async () => {
    const unsure = scripted('tesseract.js', { calls: [words('T0TA1 12.S0', 55)] });
    const other = scripted('paddle', { calls: [words('TOTAL 12.50', 99)] });
    const recognizer = createRecognizer({ engines: [unsure.engine, other.engine], choice: 'auto' });
    const read = await recognizer.recognizeImage(image, options);
    expect(read.engines).toEqual(['paddle']);
    expect(read.words.map((word) => word.text)).toEqual(['TOTAL', '12.50']);
  });

  it('replaces a long reading of noise by a shorter one of text', async () => {
    const noise = scripted('tesseract.js', { calls: [words('qj;v .,~w i|l- ;;v, rr^x ~~_l', 25)] });
    const other = scripted('paddle', { calls: [words('TOTAL 12.50', 95)] });
    const recognizer = createRecognizer({ engines: [noise.engine, other.engine], choice: 'auto' });
    expect((await recognizer.recognizeImage(image, options)).engines).toEqual(['paddle']);
  });

  it.each([
    ['fails', failure()],
    ['takes too long', new LegibleError('page_timeout', 'forced', 'none')],
    ['lost half of the text', words('12', 99)],
  ])('does not cost the first reading when the other engine %s', async (_, outcome) => {
    const unsure = scripted('tesseract.js', { calls: [words('TOTAL 12.50', 70)] });
    const other = scripted('paddle', { calls: [outcome] });
    const recognizer = createRecognizer({ engines: [unsure.engine, other.engine], choice: 'auto' });
    const read = await recognizer.recognizeImage(image, options);
    expect(read.words.map((word) => word.text)).toEqual(['TOTAL', '12.50']);
  });

  it('is given up with the job', async () => {
    const unsure = scripted('tesseract.js', { calls: [words('a b', 50)] });
    const other = scripted('paddle', { calls: [new LegibleError('cancelled', 'forced', 'none')] });
    const recognizer = createRecognizer({ engines: [unsure.engine, other.engine], choice: 'auto' });
    await expect(recognizer.recognizeImage(image, options)).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('an engine that is installed while the server runs', () => {
  it('reads the next page', async () => {
    const late = scripted('tesseract-native', { calls: [words('late', 95)] });
    const there = scripted('tesseract.js', { calls: [words('there', 95)] });
    let found = false;
    const engine: OcrEngine = {
      ...late.engine,
      status: async () => ({ name: 'tesseract-native', found, detail: '' }),
      languages: async () => (found ? ['eng'] : []),
    };
    const recognizer = createRecognizer({ engines: [engine, there.engine], choice: 'auto' });
    const read = async () => (await recognizer.recognizeImage(image, options)).words[0].text;
    expect(await read()).toBe('there');
    found = true;
    expect(await read()).toBe('late');
  });

  it('is looked for again after a minute, not with every page', () => {
    let now = 0;
    let looks = 0;
    const found = new Found(
      () => ++looks,
      () => now,
    );
    found.get();
    now = 59_000;
    expect(found.get()).toBe(1);
    now = 60_000;
    expect(found.get()).toBe(2);
  });
});

describe('a script without data', () => {
  const orientation: Orientation = { rotation: 0, confidence: 10, script: 'Cyrillic' };
  const text = Array.from({ length: 30 }, (_, i) => `RM${i}.90`).join(' ');
  const codes = async (confidence: number): Promise<string[]> => {
    const { engine } = scripted('tesseract.js', { calls: [words(text, confidence)], orientation });
    const recognizer = createRecognizer({ engines: [engine], choice: 'auto' });
    const read = await recognizer.recognizeImage(image, { ...options, language: 'auto' });
    return read.warnings.map(({ code }) => code);
  };

  it('is named where hardly a word could be read', async () => {
    expect(await codes(20)).toContain('language_data_missing');
  });

  it('is a mistake of its detection where most could be read', async () => {
    expect(await codes(76)).not.toContain('language_data_missing');
  });
});

describe('a page that does not look turned before it is read', () => {
  const orientation: Orientation = { rotation: 270, confidence: 10, script: 'Latin' };
  const tall = words('sideways text', 90).map((word) => ({
    ...word,
    box: { x0: 10, y0: 5, x1: 25, y1: 90 },
  }));

  it('is turned and read again when its words stand on their side', async () => {
    const { engine } = scripted('tesseract.js', { calls: [tall, words('upright text', 90)], orientation });
    const read = await createRecognizer({ engines: [engine], choice: 'auto' }).recognizeImage(image, options);
    expect(read).toMatchObject({ rotation: 270, width: 36, height: 72, preparation: ['turned by 270°'] });
    expect(read.words.map((word) => word.text)).toEqual(['upright', 'text']);
  });

  it('stays as it is when it reads no better the other way', async () => {
    const { engine } = scripted('tesseract.js', { calls: [tall, []], orientation });
    const read = await createRecognizer({ engines: [engine], choice: 'auto' }).recognizeImage(image, options);
    expect(read).toMatchObject({ rotation: 0, width: 72, height: 36 });
  });

  it('keeps words of a region in the place where they stand, with their angle', async () => {
    const { engine } = scripted('tesseract.js', { calls: [tall, words('upright text', 90)], orientation });
    const recognizer = createRecognizer({ engines: [engine], choice: 'auto' });
    const read = await recognizer.recognizeImage(image, { ...options, kind: 'region' });
    expect(read).toMatchObject({ rotation: 0, width: 72, height: 36 });
    expect(read.words[0].angle).toBe(90);
    expect(read.words[0].box.y1 - read.words[0].box.y0).toBeGreaterThan(10);
  });
});

describe('what recognises here', () => {
  const identity = (engines: Parameters<typeof createRecognizer>[0]['engines'], choice: EngineChoice) =>
    createRecognizer({ engines, choice }).identity();

  it('is another with another engine or language, of those that may be chosen', async () => {
    const first = scripted('tesseract.js', { calls: [] }).engine;
    const second = scripted('paddle', { calls: [] }).engine;
    const richer = { ...first, languages: async () => ['deu', 'eng'] };
    const alone = await identity([first], 'auto');
    expect(await identity([first], 'auto')).toBe(alone);
    expect(await identity([first, second], 'auto')).not.toBe(alone);
    expect(await identity([richer], 'auto')).not.toBe(alone);
    expect(await identity([first, second], 'tesseract.js')).toBe(alone);
    expect(await identity([first], 'paddle')).toBe('');
  });
});
