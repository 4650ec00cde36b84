import { delimiter, join, resolve } from 'node:path';
import { ENGINE_CHOICES, type EngineChoice } from '#legible/pipeline/options.js';
import { readArguments, USAGE } from './arguments.js';
import { compare } from './compare.js';
import { chooseSets, locateCorpus } from './corpus.js';
import { languages } from './languages/languages.js';
import { layoutTime, NATIVE_SETS } from './layout-time.js';
import { load } from './load/load.js';
import { measureSet } from './measure.js';
import { openProduct } from './product.js';
import { printReliability } from './reliability.js';
import { print } from './report.js';
import { robustness } from './robustness.js';
import { speed } from './speed/speed.js';

async function main(): Promise<number> {
  const options = readArguments(process.argv.slice(2));
  if (options.help) {
    print(USAGE);
    return 0;
  }
  if (options.load) return load();
  const out = resolve(options.out ?? 'bench-results/latest');
  if (options.speed) return speed(join(out, 'speed'), options);
  const engine = options.engine as EngineChoice;
  if (!ENGINE_CHOICES.includes(engine))
    throw new Error(`--engine must be one of ${ENGINE_CHOICES.join(', ')}`);
  const { threads, sets } = options;
  if (options.languages) return languages({ out: join(out, 'languages'), engine, threads, only: sets });
  const corpus = locateCorpus(options);
  if (options.compare) {
    const [before, after] = options.positionals;
    if (!after) throw new Error('--compare needs two result folders');
    return compare(corpus, resolve(before), resolve(after), options.sets);
  }
  const chosen = chooseSets(corpus, options.sets);
  const nativeSets = NATIVE_SETS.filter((set) => chosen.includes(set));
  if (options.layout) return (await layoutTime(corpus, nativeSets, options)) ? 0 : 1;
  const product = await openProduct({
    allowDir: [corpus.folder, out].join(delimiter),
    threads: options.threads,
    engine,
  });
  try {
    if (options.robustness)
      return await robustness(product.jobs, corpus, join(out, 'robustness'), { ...options, engine });
    const verdicts = [];
    for (const set of chosen)
      verdicts.push(...(await measureSet(product.jobs, corpus, set, out, { ...options, engine })));
    await printReliability(corpus, out);
    if (nativeSets.length > 0) {
      print('\nlayout');
      await layoutTime(corpus, nativeSets, options);
    }
    const failed = verdicts.filter((verdict) => !verdict.holds);
    const part = options.limit !== undefined || options.match !== undefined;
    if (part) print('\nA part of the corpus: the bounds are stated for the whole.');
    print(`\n${verdicts.length - failed.length} of ${verdicts.length} bounds hold; answers in ${out}`);
    return !part && failed.some((verdict) => verdict.kind === 'first') ? 1 : 0;
  } finally {
    await product.close();
  }
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(2);
  },
);
