import { parseArgs } from 'node:util';
import { print, progress } from '../report.js';
import { documentsBelow, fuzz } from './fuzz.js';

const USAGE = `npm run fuzz -- [--count 2000] [--seed 1] [--plain] [--keep DIR] [FOLDER…]

Mutates real documents (test/corpus by default) and sends them through a server. Exit code 1 when it
crashed, hung, or ended a job without a reason. Repeat one case with --count 1 --seed ITS-SEED; the seeds of
a run are consecutive, so that after 2000 cases from seed 1 new ones begin with --seed 2001.
--plain sends each document once, as it is.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    plain: { type: 'boolean', default: false },
    keep: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) print(USAGE);
else {
  const { plain } = values;
  const folders = positionals.length > 0 ? positionals : ['test/corpus'];
  const files = documentsBelow(folders, plain ? Number.POSITIVE_INFINITY : undefined);
  const report = await fuzz({
    files,
    count: Number(values.count),
    seed: Number(values.seed),
    plain,
    keep: values.keep,
    log: progress,
  });
  progress('');
  print(
    `  ${'cases'.padEnd(28)}${report.cases} (of ${files.length} documents, seeds ${values.seed} to ${Number(values.seed) + report.cases - 1})`,
  );
  for (const [outcome, number] of [...report.outcomes].sort((a, b) => b[1] - a[1]))
    print(`  ${outcome.padEnd(28)}${number}`);
  const { crashes, hangs, silent, escaped } = report;
  for (const [name, list] of Object.entries({ crashes, hangs, silent, escaped })) {
    print(`  ${name.padEnd(28)}${list.length}`);
    for (const line of list.slice(0, 20)) print(`    ${line}`);
  }
  process.exitCode = crashes.length + hangs.length + silent.length + escaped.length > 0 ? 1 : 0;
}
