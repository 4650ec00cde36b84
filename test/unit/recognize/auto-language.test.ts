import { describe, expect, it } from 'vitest';
import type { Word } from '#legible/document/word.js';
import type { OcrEngine } from '#legible/engines/ocr/port.js';
import { judgeLanguage } from '#legible/pipeline/recognize/auto-language.js';
import { detectLanguage, secondLanguage } from '#legible/pipeline/recognize/detect-language.js';

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

describe('detectLanguage', () => {
  it.each(Object.entries(TEXTS))('knows %s by its common words', (code, text) => {
    expect(detectLanguage(text.split(' '))).toBe(code);
  });

  it('says nothing where there is little or no running text', () => {
    expect(detectLanguage(['und', 'der', 'die'])).toBeNull();
    expect(detectLanguage(RECEIPT.split(' '))).toBeNull();
  });
});

describe('detectLanguage by script and common words', () => {
  const OTHERS: Record<string, string> = {
    rus: 'Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и совестью и должны поступать в отношении друг друга в духе братства. Каждый человек должен обладать всеми правами, как это было',
    ukr: 'Всі люди народжуються вільними і рівними у своїй гідності та правах. Вони наділені розумом і совістю і повинні діяти у відношенні один до одного в дусі братерства. Кожна людина повинна мати всі права, що були',
    bul: 'Всички хора се раждат свободни и равни по достойнство и права. Те са надарени с разум и съвест и следва да се отнасят помежду си в дух на братство. Всеки човек има право на всички права и свободи',
    ell: 'Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα. Είναι προικισμένοι με λογική και συνείδηση, και οφείλουν να συμπεριφέρονται μεταξύ τους με πνεύμα αδελφοσύνης. Κάθε άνθρωπος δικαιούται',
    ara: 'يولد جميع الناس أحرارا متساوين في الكرامة والحقوق. وقد وهبوا عقلا وضميرا وعليهم أن يعامل بعضهم بعضا بروح الإخاء. لكل إنسان حق التمتع بكافة الحقوق والحريات الواردة في هذا الإعلان، دون أي تمييز',
    chi_sim:
      '人人生而自由,在尊严和权利上一律平等。他们赋有理性和良心,并应以兄弟关系的精神相对待。人人有资格享有本宣言所载的一切权利和自由,不分种族、肤色、性别、语言、宗教',
    chi_tra:
      '人人生而自由,在尊嚴和權利上一律平等。他們賦有理性和良心,並應以兄弟關係的精神相對待。人人有資格享有本宣言所載的一切權利和自由,不分種族、膚色、性別、語言、宗教',
    jpn: 'すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。人間は、理性と良心とを授けられており、互いに同胞の精神をもって行動しなければならない。',
  };
  it.each(Object.entries(OTHERS))('knows %s', (code, text) => {
    expect(detectLanguage(text.split(' '))).toBe(code);
  });

  it('finds the second language of a bilingual page, and none on a page in one', () => {
    const both = `${TEXTS.eng} ${TEXTS.eng} ${TEXTS.fra} ${TEXTS.fra}`.split(' ');
    expect(secondLanguage(both, 'eng')).toBe('fra');
    expect(secondLanguage(`${TEXTS.eng} ${TEXTS.eng}`.split(' '), 'eng')).toBeNull();
    expect(secondLanguage(`${TEXTS.pol} ${TEXTS.pol}`.split(' '), 'pol')).toBeNull();
  });
});

describe('judgeLanguage', () => {
  const engine = (script: string, scriptConfidence?: number): OcrEngine =>
    ({
      detectOrientation: async () => ({ rotation: 0, confidence: 10, script, scriptConfidence }),
    }) as unknown as OcrEngine;
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
    measure: { textHeight: 0, inverted: false, speckled: false, direction: null },
    rotation: 0 as const,
    skew: 0,
    steps: [],
  };
  const judge = (
    text: string,
    confidence: number,
    script: string,
    installed: string[],
    { used = 'eng', scriptConfidence }: { used?: string; scriptConfidence?: number } = {},
  ) => {
    const languages = used.split('+');
    const reader = { engine: engine(script, scriptConfidence), languages };
    const [main, ...triedBeside] = languages;
    return judgeLanguage(reading(text, confidence), page, reader, { installed, tried: [main], triedBeside });
  };
  const GIBBERISH = 'oo1 Kal TtG avOpwrot yevviovvtat';

  it('is sure of English, and does not even ask for the script', async () => {
    expect(await judge(TEXTS.eng, 95, 'Cyrillic', ['eng', 'rus'])).toEqual({ kind: 'right', sure: true });
  });

  it('takes the language that the text is in', async () => {
    expect(await judge(TEXTS.pol, 93, 'Latin', ['eng', 'pol'])).toEqual({
      kind: 'other',
      languages: ['pol'],
    });
  });

  it('names what is missing: a language, or the first of a script', async () => {
    expect(await judge(TEXTS.deu, 95, 'Latin', ['eng'])).toEqual({
      kind: 'missing',
      what: 'language',
      name: 'deu',
    });
    expect(await judge(GIBBERISH, 10, 'Cyrillic', ['eng'])).toEqual({
      kind: 'missing',
      what: 'script',
      name: 'rus',
    });
  });

  it('goes by the script where nothing can be read', async () => {
    expect(await judge(GIBBERISH, 10, 'Greek', ['ell', 'eng'])).toEqual({
      kind: 'other',
      languages: ['ell'],
    });
  });

  it('corrects a guess in another script: Russian was remembered, the page is English', async () => {
    const gibberish = 'ТНе диюК Бгомуп ох ]ишрз оуег';
    expect(await judge(gibberish, 20, 'Latin', ['eng', 'rus'], { used: 'rus' })).toEqual({
      kind: 'other',
      languages: ['eng'],
    });
  });

  it('tells Chinese scripts apart by trying both where the first is not sure', async () => {
    const text =
      '鉴于对人类家庭所有成员的固有尊严及其平等的和不移的权利的承认乃是世界自由正义与和平的基础鉴于对人权的无视和侮蔑已发展为野蛮暴行这些';
    const installed = ['chi_sim', 'chi_tra', 'eng'];
    const options = { used: 'chi_sim' };
    expect(await judge(text, 85, 'Han', installed, options)).toEqual({
      kind: 'other',
      languages: ['chi_tra'],
      onTrial: true,
    });
    expect(await judge(text, 96, 'Han', installed, options)).toEqual({ kind: 'right', sure: true });
  });

  it('asks for the script of paragraphs that could not be read between those that could', async () => {
    const line = (text: string, number: number, confidence: number): Word[] =>
      text.split(' ').map((word) => ({ ...wordOf(confidence)(word), line: number }));
    // Chinese in English letters: few long words, so that most words of each dozen are right.
    const chinese = 'ETFTHALREFMERANE RAEFENNFBENFHFIA DEER EXSHT XERTIHSTALHNROMMAAZE';
    const words = [0, 2, 4].flatMap((at) => [...line(TEXTS.eng, at, 97), ...line(chinese, at + 1, 15)]);
    const mixed = { words, confidence: 85, engines: ['tesseract.js'], steps: [] };
    const reader = { engine: engine('Han'), languages: ['eng'] };
    const known = { installed: ['eng', 'chi_sim'], tried: ['eng'] };
    expect(await judgeLanguage(mixed, page, reader, known)).toEqual({
      kind: 'other',
      languages: ['eng', 'chi_sim'],
    });
    const clean = { ...mixed, words: words.map((word) => ({ ...word, confidence: 97 })) };
    expect(await judgeLanguage(clean, page, reader, known)).toEqual({ kind: 'right', sure: true });
  });

  describe('what stands in other letters beside English', () => {
    /** Ukrainian as Russian data reads it: none of its own letters. */
    const UKRAINIAN =
      'Беручи до уваги, що визнання г1дност, яка властива вс!м членам людсько! родини, та р1вних прав за основу свободи; або як зневажання прав людини до варварських акт1в, за це або для захисту, але не при';
    const RUSSIAN =
      'Принимая во внимание, что признание достоинства, присущего всем членам семьи, и равных прав их является основой свободы, или как это было при том, что все они не могут быть из за него только так же';
    const installed = ['eng', 'rus', 'ukr', 'chi_sim', 'chi_tra'];
    const beside = (text: string) => `${TEXTS.eng} ${TEXTS.eng} ${text}`;

    it('is told from its relatives by its own words', async () => {
      for (const used of ['rus+eng', 'eng+rus'])
        expect(await judge(beside(UKRAINIAN), 95, 'Cyrillic', installed, { used })).toEqual({
          kind: 'other',
          languages: ['eng', 'ukr'],
        });
      expect(await judge(beside(RUSSIAN), 95, 'Cyrillic', installed, { used: 'rus+eng' })).toEqual({
        kind: 'right',
        sure: true,
      });
    });

    it('is named where its data is missing', async () => {
      const options = { used: 'rus+eng' };
      expect(await judge(beside(UKRAINIAN), 95, 'Cyrillic', ['eng', 'rus'], options)).toEqual({
        kind: 'missing',
        what: 'language',
        name: 'ukr',
      });
    });

    it('is tried in both Chinese scripts where the first is not sure', async () => {
      const chinese =
        '鉴于对人类家庭所有成员的固有尊严及其平等的和不移的权利的承认乃是世界自由正义与和平的基础';
      const text = beside(`${chinese} ${chinese}`);
      const options = { used: 'eng+chi_sim' };
      expect(await judge(text, 85, 'Han', installed, options)).toEqual({
        kind: 'other',
        languages: ['eng', 'chi_tra'],
        onTrial: true,
      });
      expect(await judge(text, 97, 'Han', installed, options)).toEqual({ kind: 'right', sure: true });
    });
  });

  it('knows Persian by its words where Arabic data read them', () => {
    const read =
      'تمام افراد بشر آزاد به دنيا مي آيند و از لحاظ حيثيت و حقوق با هم برابرند كه هر كس مي تواند از اين حقوق براي خود استفاده كند يا در آن شود';
    expect(detectLanguage(read.split(' '), 'ara')).toBe('fas');
  });

  it('calls the script a guess where its detection is not sure', async () => {
    const missing = { kind: 'missing', what: 'script', name: 'mal' };
    const judged = (scriptConfidence: number) =>
      judge(GIBBERISH, 10, 'Malayalam', ['eng'], { scriptConfidence });
    expect(await judged(0)).toEqual({ ...missing, isGuess: true });
    expect(await judged(5)).toEqual(missing);
  });

  it('leaves a bad page in Latin letters alone', async () => {
    expect(await judge('T0TA1 xX', 10, 'Latin', ['eng', 'ell'])).toEqual({ kind: 'right', sure: false });
  });

  it('does not take gibberish for the language whose short words it happens to hold', async () => {
    const noise = Array.from({ length: 30 }, (_, i) => (i % 3 ? `x${i}q` : 'of')).join(' ');
    expect(await judge(noise, 20, 'Korean', ['eng', 'kor'])).toEqual({ kind: 'other', languages: ['kor'] });
  });
});
