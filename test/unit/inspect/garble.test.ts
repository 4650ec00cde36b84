import { describe, expect, it } from 'vitest';
import type { NativeWord } from '#legible/engines/pdf/port.js';
import { judgeFonts } from '#legible/pipeline/inspect/garble.js';

const words = (text: string, font = 'F1', unmapped?: (word: string) => number): NativeWord[] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((word) => ({
      text: word,
      box: { x0: 0, y0: 0, x1: 10, y1: 10 },
      baseline: 8,
      size: 10,
      confidence: 100,
      style: { font, bold: false, italic: false, mono: false },
      ...(unmapped && { unmapped: unmapped(word) }),
    }));

const sign = (text: string, unmapped?: (word: string) => number) =>
  judgeFonts(words(text, 'F1', unmapped))[0].sign;

/** Every printable code moved, as when glyph numbers of a subset are taken for characters. */
const shifted = (text: string, by: number) =>
  [...text].map((c) => (c === ' ' ? c : String.fromCharCode(c.charCodeAt(0) - by))).join('');
const exchanged = (text: string) =>
  text.replace(
    /[a-z]/gi,
    (c) => 'qzjxkvbwpgfumhdcyolrnitsea'['abcdefghijklmnopqrstuvwxyz'.indexOf(c.toLowerCase())],
  );

const ENGLISH =
  'The harbour was quiet before sunrise and only the ferry moved between the two wooden piers while the first ' +
  'fishermen came down the hill with their nets counted the boats and waited for the fog to lift from the shore';

const SOUND = {
  English: ENGLISH,
  German:
    'Der Vorstand beschließt über die Aufnahme neuer Mitglieder; gegen die Ablehnung kann binnen eines Monats Einspruch eingelegt werden, über den die Versammlung entscheidet.',
  Polish:
    'Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są oni obdarzeni rozumem i sumieniem i powinni postępować wobec innych w duchu braterstwa.',
  Finnish:
    'Kaikki ihmiset syntyvät vapaina ja tasavertaisina arvoltaan ja oikeuksiltaan. Heille on annettu järki ja omatunto, ja heidän on toimittava toisiaan kohtaan veljeyden hengessä.',
  Vietnamese:
    'Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền. Mọi con người đều được tạo hóa ban cho lý trí và lương tâm và cần phải đối xử với nhau trong tình bằng hữu.',
  Welsh:
    'Genir pawb yn rhydd ac yn gydradd â’i gilydd mewn urddas a hawliau. Fe’u cynysgaeddir â rheswm a chydwybod, a dylai pawb ymddwyn y naill at y llall mewn ysbryd cymodlon.',
  Greek: 'Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.',
  Russian: 'Все люди рождаются свободными и равными в своем достоинстве и правах.',
  Arabic: 'يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق.',
  Japanese: 'すべての人間は、生れながらにして自由であり、かつ、尊厳と権利とについて平等である。',
  numbers:
    '1,284.50 17.03.1998 42 % 1998 1999 2000 3.141 −12.5 (7) 300 450 12:45 € 99,90 1,000 2,000 3,000 4,000',
  leaders:
    'Introduction ........................ 1 Methods ........................... 12 Results _______________ 40',
  code: 'for (let i = 0; i < n; i++) { if (map[key] !== undefined && !seen.has(id)) { out.push({ ...item, id }); } } return out;',
  formulas: 'f(x) = ∑ a_n x^n , 0 ≤ x < 1 ; dy/dx = −λy + μ(t) ; E = mc² ; ∫ e^{−x²} dx = √π ; x ∈ ℝ',
  acronyms: 'HTTP XML SQL TCP DNS',
  'one word': 'Krk',
};

describe('judgeFonts', () => {
  it.each(Object.entries(SOUND))('leaves %s alone', (_name, text) => {
    expect(sign(text)).toBeUndefined();
  });

  it.each([
    ['glyph numbers of a TrueType font (29 below the character)', shifted(ENGLISH, 29), 'letter statistics'],
    ['exchanged letters', exchanged(ENGLISH), 'letter statistics'],
    [
      'private use characters',
      [...ENGLISH].map((c) => (c === ' ' ? c : String.fromCharCode(0xe000 + c.charCodeAt(0)))).join(''),
      'unmapped characters',
    ],
    ['replacement characters', ENGLISH.replace(/[aeio]/g, '\uFFFD'), 'unmapped characters'],
    ['control characters', ENGLISH.replace(/[et]/g, '\u0005'), 'control characters'],
    [
      'codes that begin at the exclamation mark',
      '!"#$% &\'( )*+ !,-$. $!/ 0$% "!#& \'%$# !"&* #$%& !!"# $%&\' "#$%',
      'symbols for letters',
    ],
    [
      'Cyrillic bytes read as Latin-1',
      'Âñå ëþäè ðîæäàþòñÿ ñâîáîäíûìè è ðàâíûìè â ñâîåì äîñòîèíñòâå',
      'wrong encoding',
    ],
    ['two words of a Hindi font read as Latin-1', 'ã½ãá Ìãã', 'wrong encoding'],
    [
      'glyph numbers spread over scripts',
      'Жaא ΣшBب Яקd عΩc דπФ שλe مбב fДס χбل gнש ψتЮ אhω',
      'mixed scripts',
    ],
  ])('finds %s', (_name, text, expected) => {
    expect(sign(text)).toBe(expected);
  });

  it('trusts the engine where it says that characters have no Unicode value', () => {
    expect(sign(ENGLISH, (word) => word.length)).toBe('unmapped characters');
    expect(sign(ENGLISH, (word) => (word === 'harbour' ? 1 : 0))).toBeUndefined();
  });

  it('takes single private-use glyphs for icons, not for words', () => {
    expect(sign('\uF0B7 \uE001 \uE002 \uF0A7 \uE010')).toBeUndefined();
  });

  it('takes many of them for letters that stand apart', () => {
    expect(sign('\uE001 '.repeat(60))).toBe('unmapped characters');
  });

  it('finds the broken font beside a healthy one', () => {
    const judged = judgeFonts([...words(ENGLISH.repeat(10), 'Body'), ...words(exchanged(ENGLISH), 'Table')]);
    expect(judged.map(({ font, sign }) => [font, sign])).toEqual([
      ['Body', undefined],
      ['Table', 'letter statistics'],
    ]);
  });
});
