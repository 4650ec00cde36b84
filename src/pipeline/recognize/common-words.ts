/**
 * The most frequent words of languages in Latin script, without accents, since text that is read with
 * another language's data loses them. One-letter words are left out: noise looks like them.
 */
const LISTS = `
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
`;

/** Tesseract code → its common words. */
export const COMMON_WORDS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  LISTS.trim()
    .split('\n')
    .map((line) => {
      const [code, ...words] = line.split(' ');
      return [code, new Set(words)];
    }),
);
