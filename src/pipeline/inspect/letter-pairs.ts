import { foldLatin } from './fold-latin.js';

/**
 * How often pairs of letters stand side by side in languages of the Latin script: row = first letter,
 * column = second, 0 is the border of a word, 1–26 a–z. A base-36 digit d stands for a share of
 * 2^(d/3 − 15.6) of all pairs. Printed by scripts/letter-pairs.ts (`npm run letter-pairs`) from CLDR's names in 37 languages.
 */
const PAIRS = [
  '0qqpqnopmolrprplpfosqllgcjj',
  'wjljmgijiohkrovjibtonlic8ji',
  'ao682m00dn46e24k00k90j9d1e0',
  'in1b8lc0ml6c935l11f8ah31069',
  'mo15dn13aod6449p10ch2f3909g',
  'slfiji4kajdjokqhh8rqmhfdagh',
  '9i010b9d3h11a01d82l32e01010',
  'mo847k3aek7bd06l10j85nc80b0',
  'kn234l003k57393j12eahh46040',
  'srlmjo6j8dklojtihdnroghc7gg',
  'an077h030h06477g700gbf52203',
  'np063k80dp4ace4m00iefjac1g2',
  'msf7ho3g9qadm68m020ggjb32c6',
  'jrl93n41bm61281m904b4e000d1',
  'sr6kqp1perdgceem292omib36hd',
  'riggegae6fchpmred4pmjijb37d',
  'dm040l419k21205jb0ecbj53070',
  '9c1003000700200600400h50100',
  'qrifjn9jbr6ighgn67jkjode4ea',
  'ro7k8o33kobqj8dmf4ffokgg0cf',
  'oq0b4n40ip6586em10kjdmb38d9',
  'nnjcjj9i9jcfjgnah5okibebadf',
  'em032l010l30209e01a908100b1',
  'ck332h110f10726c306711000a1',
  '77000c009c02020700033400000',
  'lm1caf153cb77bdb90deeb72037',
  'ckc44i007k76a19d406b8d35078',
];

export interface PairScore {
  /** Mean base-2 logarithm of the shares: about −8 for sound text, −11 for a random alphabet; 0 without pairs. */
  readonly score: number;
  readonly pairs: number;
}

/**
 * Scores Latin text by its letter pairs, letters folded to a–z. Text whose letters were exchanged for
 * others (a broken font map) scores low in every language, without a dictionary. Other scripts give no pairs.
 */
export function letterPairScore(text: string): PairScore {
  let sum = 0;
  let pairs = 0;
  for (const word of foldLatin(text).match(/[a-z]+/g) ?? []) {
    let previous = 0;
    for (let i = 0; i <= word.length; i++) {
      const next = i < word.length ? word.charCodeAt(i) - 96 : 0;
      sum += Number.parseInt(PAIRS[previous][next], 36) / 3 - 15.6;
      pairs++;
      previous = next;
    }
  }
  return { score: pairs === 0 ? 0 : sum / pairs, pairs };
}
