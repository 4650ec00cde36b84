import { foldLatin } from '../inspect/fold-latin.js';
import { LATIN } from './scripts.js';

/**
 * The most frequent words of languages by their script, folded (see `fold`), since text that is read with
 * another language's data loses its accents. One-letter words are left out: noise looks like them.
 */
const LISTS: Readonly<Record<string, string>> = {
  Latin: `
eng the of and to in that is was for it with as his on be at by had not are but from or have which this were you they an
deu der die und in den von zu das mit sich des auf fur ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei
fra de la le et les des en un du une que est pour qui dans par plus pas au sur ne se ce il sont avec aux ou cette sa
spa de la que el en los se del las un por con no una su para es al lo como mas pero sus le ha este si porque esta entre
por de que do da em um para com nao uma os no se na por mais as dos como mas ao ele das tem seu sua ou quando muito nos ja
ita di che la il un per in una del non si sono con le da dei ha al alla nel della come piu anche gli lo ma questo delle
nld de het van een en in is dat op te zijn met voor niet aan er die om ook als dan maar bij nog uit door naar hij worden deze
pol nie sie na do to jest ze jak za od po co przez dla tym oraz przy byl jego tego tak ale ktore jako przed tylko lub moze pod sa bez ich kazdy przez nad juz ma oraz byc gdy we ze
ces se na je ze to do pro jako za by jeho byl ktery jsou ale podle nebo pri uz jsem jak po tak aby jen take bude jsou maji kazdy vsechny vsech bez od co pod nad kdyz jsme ze ma ve
slk sa na je ze to do pre ako za by jeho bol ktory su ale podla alebo pri uz som po tak aby len aj bude nie su maju kazdy vsetky vsetkych bez od co pod nad ked sme ze ma vo
hun hogy az nem is egy ez meg csak de volt el mint vagy mar ha ezt kell azt lehet sem nagy minden fel majd szerint ami
ron de si in la cu pe din care nu un pentru mai este se sau prin sa au ca fost dar sunt lui dupa fi cele acest
swe och att det som en pa ar av for med den till inte har om ett var de jag kan men fran vid sig han nu skulle sa
nor og det som en pa er av for med den til ikke har om et var de jeg kan men fra ved seg han etter ble skal eller
dan og det som en pa er af for med den til ikke har om et var de jeg kan men fra ved sig han efter blev skal eller der
fin ja on ei se etta oli han ovat mutta kun myos niin kuin tai joka hanen ole sen mita mukaan jos vain voi ovat olla
est ja on ei et see oli ta kui ka mis aga kes oma selle ning seda siis nii veel tema mida nad pole
lav un ir ka no ar par ne bija bet tas vai to lai ta pie kas pec vina sava kur gan tika var tiek
lit ir kad yra su is bet tai kaip buvo ne ar jis del po apie nuo iki gali savo kurie tik jau per
hrv je na se da za su od kao sto koji ali to nije bio iz sve ili po bi samo koje koja te ne
slv je na se da za so od kot ki pa ali to ni bil iz vse po bi samo tudi kar ne pri ter
tur ve bir bu da de icin ile olarak daha cok olan gibi sonra kadar ama ne en diye var her ben mi olan
ind yang dan di untuk dengan dari pada ini itu tidak dalam akan oleh adalah juga atau sebagai telah ke karena mereka bisa
cat de la el que els en les amb per una del es no com mes al dels pel son aquest seva ha va entre tambe
vie va cua co duoc cac cho la khong trong nguoi nhung mot voi quyen den moi hay hoac phai do nay ve tu theo nhu`,
  Cyrillic: `
rus не на что он как по это все но они из за от так для же бы был мы или при только его ее их еще быть если каждый во до без чтобы может этого она было была были который которые имеет также
ukr не на що та до як за це він або для від але який яка які при бути було був була має їх всі по також без під із й кожна тільки вона ми про щоб може його їй повинна
bel не на што як за ад для гэта яго па але да або ён яна яны быць было быў пры усе іх без каб таксама якія кожны мае пад ці яе
bul на не да се от за по са като това или във със при който която които ще си но тя той те един една всеки има без до след между му им бъде беше още само
srp је да се на не су за од што као али то са или који која које бити би ће био по из свако има без до при његов све само
mkd на се да не од за во со што како но тоа или има секој дека ќе го ја ги при по до без биде тој таа сите
kaz және бұл мен үшін бір да де немесе әр адам құқығы бар деп болып осы ол еді емес бойынша оның барлық кейін`,
  Arabic: `
ara في من على إلى أن عن هذا هذه التي الذي أو كل مع لا ما كان بين ذلك قد لم بعد هو هي كما له ولا عند غير أي
fas در به از که این را با است برای آن یک هر حق خود تا کند شود یا شده باید می های او بر هم نیز دارد
urd کے کی ہے میں سے کو اور کا یہ ہر اس پر نے ہیں بھی کہ جو ایک یا نہیں گا ہو کر تھا لئے`,
  Hebrew: `
heb של את על לא כל או זה הוא עם אם גם כי היא אל לו בו אין אדם ידי יש זו אך כן בין אשר
yid און פון די צו אויף איז דער אין דאס ניט מיט זיין אז אדער האט יעדער פאר`,
  Devanagari: `
hin के में की है और से का को पर यह कि एक नहीं भी इस हैं या ने तो ही लिए किया जो गया
mar आणि आहे व ते की हे तो च्या एक होते नाही मध्ये असे त्या करून आहेत किंवा पण
nep र को मा छ हो गर्न भएको लागि यो पनि तथा वा हुने गरेको कुनै प्रत्येक`,
};

/**
 * Words as they are compared: Latin letters folded, vowel points of Arabic and Hebrew left out, Persian kaf and yeh as
 * the Arabic ones that Arabic data takes them for.
 */
export const fold = (text: string): string =>
  foldLatin(text)
    .replace(/[\u0591-\u05c7\u0640\u064b-\u0655]/g, '')
    .replace(/ک/g, 'ك')
    .replace(/[یى]/g, 'ي');

/** Script → Tesseract code → its common words. */
const COMMON_WORDS: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>> = new Map(
  Object.entries(LISTS).map(([script, lists]) => [script, readLists(lists)]),
);

function readLists(lists: string): Map<string, Set<string>> {
  return new Map(
    lists
      .trim()
      .split('\n')
      .map((line) => {
        const [code, ...words] = line.split(' ');
        return [code, new Set(words.map(fold))];
      }),
  );
}

/** Tesseract code → common words of the languages of a script; none for a script with one language. */
export const commonWords = (script: string = LATIN): ReadonlyMap<string, ReadonlySet<string>> =>
  COMMON_WORDS.get(script) ?? new Map();

/**
 * Share of the words of running text that need no letter which English lacks: what is right of a page that is
 * read with English data. Counted in the Universal Declaration of Human Rights.
 */
const PLAIN_WORDS: Readonly<Record<string, number>> = {
  cat: 0.86,
  ces: 0.41,
  dan: 0.87,
  deu: 0.9,
  fin: 0.78,
  fra: 0.84,
  hrv: 0.82,
  hun: 0.49,
  ind: 1,
  ita: 0.96,
  lit: 0.57,
  nld: 1,
  nor: 0.89,
  pol: 0.64,
  por: 0.83,
  ron: 0.67,
  slk: 0.46,
  slv: 0.81,
  spa: 0.89,
  swe: 0.69,
  tur: 0.57,
  vie: 0.1,
};
/** The mean of those that were counted, and about what Cyrillic neighbours have of each other. */
const USUAL_PLAIN_WORDS = 0.75;

export const plainWordShare = (code: string): number => PLAIN_WORDS[code] ?? USUAL_PLAIN_WORDS;
