/**
 * The languages of Tesseract 4/5: its code, ISO 639-1 (or `-`), English names, further ISO 639-2/-3
 * codes. Source: tessdoc "Data Files" and ISO 639. The codes name the npm packages of the language data.
 */
const ROWS = `
afr af Afrikaans
amh am Amharic
ara ar Arabic | arb
asm as Assamese
aze az Azerbaijani,Azeri | azj
aze_cyrl - Azerbaijani Cyrillic
bel be Belarusian,Belorussian
ben bn Bengali,Bangla
bod bo Tibetan | tib
bos bs Bosnian
bre br Breton
bul bg Bulgarian
cat ca Catalan,Valencian
ceb - Cebuano
ces cs Czech | cze
chi_sim - Chinese,Simplified Chinese,Chinese Simplified,Mandarin | zho,chi,cmn
chi_tra - Traditional Chinese,Chinese Traditional,Cantonese | yue
chr - Cherokee
cos co Corsican
cym cy Welsh | wel
dan da Danish
deu de German | ger
div dv Dhivehi,Divehi,Maldivian
dzo dz Dzongkha
ell el Greek,Modern Greek | gre
eng en English
enm - Middle English
epo eo Esperanto
est et Estonian | ekk
eus eu Basque | baq
fao fo Faroese
fas fa Persian,Farsi | per,pes
fil - Filipino,Tagalog | tgl,tl
fin fi Finnish
fra fr French | fre
frk - Fraktur,German Fraktur
frm - Middle French
fry fy Western Frisian,Frisian
gla gd Scottish Gaelic
gle ga Irish,Irish Gaelic
glg gl Galician
grc - Ancient Greek
guj gu Gujarati
hat ht Haitian,Haitian Creole
heb he Hebrew | iw
hin hi Hindi
hrv hr Croatian
hun hu Hungarian
hye hy Armenian | arm
iku iu Inuktitut
ind id Indonesian
isl is Icelandic | ice
ita it Italian
ita_old - Old Italian
jav jv Javanese
jpn ja Japanese
kan kn Kannada
kat ka Georgian | geo
kat_old - Old Georgian
kaz kk Kazakh
khm km Khmer,Cambodian
kir ky Kyrgyz,Kirghiz
kmr ku Kurdish,Northern Kurdish,Kurmanji | kur
kor ko Korean
lao lo Lao
lat la Latin
lav lv Latvian | lvs
lit lt Lithuanian
ltz lb Luxembourgish
mal ml Malayalam
mar mr Marathi
mkd mk Macedonian | mac
mlt mt Maltese
mon mn Mongolian | khk
mri mi Maori | mao
msa ms Malay | may,zsm
mya my Burmese | bur
nep ne Nepali | npi
nld nl Dutch,Flemish | dut
nor no Norwegian,Norwegian Bokmal,Norwegian Nynorsk | nb,nob,nn,nno
oci oc Occitan
ori or Oriya,Odia | ory
pan pa Punjabi,Panjabi
pol pl Polish
por pt Portuguese,Brazilian Portuguese
pus ps Pashto
que qu Quechua
ron ro Romanian,Moldavian | rum,mo
rus ru Russian
san sa Sanskrit
sin si Sinhala,Sinhalese
slk sk Slovak | slo
slv sl Slovenian,Slovene
snd sd Sindhi
spa es Spanish,Castilian
spa_old - Old Spanish
sqi sq Albanian | alb,als
srp sr Serbian
srp_latn - Serbian Latin
sun su Sundanese
swa sw Swahili | swh
swe sv Swedish
syr - Syriac
tam ta Tamil
tat tt Tatar
tel te Telugu
tgk tg Tajik
tha th Thai
tir ti Tigrinya
ton to Tongan
tur tr Turkish
uig ug Uyghur,Uighur
ukr uk Ukrainian
urd ur Urdu
uzb uz Uzbek | uzn
uzb_cyrl - Uzbek Cyrillic
vie vi Vietnamese
yid yi Yiddish
yor yo Yoruba
`;

export interface LanguageRow {
  /** Tesseract's code, e.g. `chi_sim`. */
  readonly code: string;
  /** ISO 639-1, where the language has one. */
  readonly iso1?: string;
  /** English names, the usual one first. */
  readonly names: readonly string[];
  /** Further ISO 639 codes that mean this language. */
  readonly aliases: readonly string[];
}

export const LANGUAGES: readonly LanguageRow[] = ROWS.trim()
  .split('\n')
  .map((row) => {
    const [main, aliases] = row.split(' | ');
    const [code, iso1, ...name] = main.split(' ');
    return {
      code,
      ...(iso1 === '-' ? {} : { iso1 }),
      names: name.join(' ').split(','),
      aliases: aliases?.split(',') ?? [],
    };
  });

/** BCP-47 script and region subtags that select another Tesseract code than the language alone. */
export const SCRIPT_VARIANTS: Readonly<Record<string, string>> = {
  'zh-hans': 'chi_sim',
  'zh-hant': 'chi_tra',
  'zh-cn': 'chi_sim',
  'zh-sg': 'chi_sim',
  'zh-tw': 'chi_tra',
  'zh-hk': 'chi_tra',
  'zh-mo': 'chi_tra',
  zh: 'chi_sim',
  'zho-hant': 'chi_tra',
  'chi-hant': 'chi_tra',
  'cmn-hant': 'chi_tra',
  'yue-hans': 'chi_sim',
  'az-cyrl': 'aze_cyrl',
  'sr-latn': 'srp_latn',
  'uz-cyrl': 'uzb_cyrl',
  'de-latf': 'frk',
};
