import { parseArgs } from 'node:util';
import { print, progress } from '../report.js';
import { type SoakReport, soak } from './soak.js';

const USAGE = `npm run soak -- [--minutes 30] [--kills N] [--seed N] [--no-ocr]

Good and hostile documents through a stdio and an HTTP server at once, while servers and workers are
killed at random. Exit code 1 when a job was lost, stuck, wrong, a page done twice, or a rejection not caught.`;

/** One kill in this many seconds: long enough for work to be under way. */
const SECONDS_PER_KILL = 20;
/** Growth while nothing was killed that is more than warming up. */
const MOST_HANDLES = 40;
const MOST_MEGABYTES = 300;

function table(report: SoakReport): boolean {
  const row = (name: string, value: number | string) => print(`  ${name.padEnd(14)}${value}`);
  const { lost, stuck, wrong, twice, escaped, crashed } = report;
  row('jobs', report.jobs);
  row('pages', report.pages);
  row('refused', report.refused);
  row('kills', report.kills);
  row('worker kills', report.workerKills);
  row('restarts', report.restarts);
  const faults = { lost, stuck, wrong, twice, escaped, crashed };
  for (const [name, list] of Object.entries(faults)) row(name, list.length);
  let steady = true;
  for (const { kind, before, after } of report.footprints) {
    row(kind, `${before.megabytes} → ${after.megabytes} MB, ${before.handles} → ${after.handles} handles`);
    if (after.handles - before.handles > MOST_HANDLES || after.megabytes - before.megabytes > MOST_MEGABYTES)
      steady = false;
  }
  for (const [name, list] of Object.entries(faults))
    for (const line of list.slice(0, 20)) print(`${name}: ${line}`);
  if (!steady) print('memory or handles have grown');
  return steady && Object.values(faults).every((list) => list.length === 0);
}

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    kills: { type: 'string' },
    seed: { type: 'string', default: '1' },
    'no-ocr': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) print(USAGE);
else {
  const seconds = Number(values.minutes) * 60;
  const kills = Number(values.kills ?? Math.ceil(seconds / SECONDS_PER_KILL));
  const report = await soak({
    seconds,
    kills,
    seed: Number(values.seed),
    ocr: !values['no-ocr'],
    log: progress,
  });
  progress('');
  process.exitCode = table(report) ? 0 : 1;
}
