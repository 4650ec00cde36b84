import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { median } from '#legible/document/geometry.js';
import { residentMegabytes } from '../bench/resources.js';

/**
 * Many documents of all kinds, whole and broken, through one server process, as an agent's host
 * sends them: none may get lost, every failure has a reason, and memory is flat once all kinds have
 * been seen. Each copy differs in a few bytes behind its end, so that no result is given twice.
 *
 *     npm run many-jobs -- [--jobs 200] [--side-by-side 4]
 */

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '200' },
    'side-by-side': { type: 'string', default: '4' },
  },
});
const JOBS = Number(values.jobs);
const SIDE_BY_SIDE = Number(values['side-by-side']);
/** Until then memory may grow: engines, models and workers load. */
const WARM_UP = Math.min(50, JOBS >> 2);
/** The last quarter may take this much more than the quarter after the warm-up. */
const MAX_GROWTH = 1.15;
const WAIT_SECONDS = 50;

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CORPUS = join(ROOT, 'test', 'corpus');
const READABLE = new Set(['.pdf', '.png', '.jpg', '.tiff', '.bmp']);

type Data = Readonly<Record<string, unknown>>;
interface Result {
  readonly content: readonly { type: string; text?: string }[];
  readonly structuredContent?: Data;
  readonly isError?: boolean;
}

const folder = await mkdtemp(join(tmpdir(), 'legible-many-jobs-'));
const documents = (await readdir(CORPUS)).filter((name) => READABLE.has(extname(name)));
const broken: readonly (readonly [string, Uint8Array])[] = [
  ['empty.pdf', new Uint8Array()],
  ['noise.pdf', Uint8Array.from({ length: 5_000 }, (_, i) => (i * 7_919) % 251)],
  ['half.png', (await readFile(join(CORPUS, 'screenshot.png'))).subarray(0, 6_000)],
];

async function nthSource(n: number): Promise<string> {
  const kinds = documents.length + broken.length;
  const kind = n % kinds;
  const [name, bytes] =
    kind < documents.length
      ? ([documents[kind], await readFile(join(CORPUS, documents[kind]))] as const)
      : broken[kind - documents.length];
  const path = join(folder, `${n}-${name}`);
  await writeFile(path, bytes.length ? Buffer.concat([bytes, Buffer.from(`\n%${n}\n`)]) : bytes);
  return path;
}

const client = new Client({ name: 'many-jobs', version: '1' }, { versionNegotiation: { mode: 'auto' } });
const transport = new StdioClientTransport({
  command: process.execPath,
  args: [join(ROOT, 'dist', 'cli.js')],
  env: { ...process.env, LEGIBLE_ALLOW_DIR: folder, LEGIBLE_DATA_DIR: join(folder, 'data') } as Record<
    string,
    string
  >,
});
await client.connect(transport);
const call = async (name: string, args: Data) =>
  (await client.callTool({ name, arguments: args }, { timeout: 120_000 })) as unknown as Result;

const outcomes = new Map<string, number>();
const unexplained: string[] = [];
const memory: number[] = [];
const submitted = new Set<string>();
const startedAt = performance.now();

async function runJob(n: number): Promise<void> {
  const source = await nthSource(n);
  let result = await call('extract_document', { source, wait_seconds: WAIT_SECONDS });
  const id = /job_[0-9a-z]{20}/.exec(result.content[0]?.text ?? '')?.[0];
  if (id) submitted.add(id);
  while (id && !result.isError && /^next: get_job_status/m.test(result.content[0]?.text ?? '')) {
    const status = await call('get_job_status', { job_id: id, wait_seconds: WAIT_SECONDS });
    if (status.structuredContent?.status === 'done') result = await call('get_result', { job_id: id });
  }
  const text = result.content[0]?.text ?? '';
  const error = /^error (\w+): (.+)\nnext: (.+)/.exec(text);
  if (result.isError && (!error || error[1] === 'internal'))
    unexplained.push(`${source}: ${text.slice(0, 200)}`);
  const outcome = error?.[1] ?? 'read';
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  memory.push(residentMegabytes(transport.pid ?? 0));
  await rm(source);
}

let next = 0;
const lane = async () => {
  while (next < JOBS) await runJob(next++);
};
await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane));
const seconds = (performance.now() - startedAt) / 1_000;

const listed = new Map<string, string>();
for (let offset = 0; ; offset += 100) {
  const { jobs } = (await call('list_jobs', { limit: 100, offset })).structuredContent as {
    jobs: { job_id: string; status: string }[];
  };
  if (jobs.length === 0) break;
  for (const { job_id, status } of jobs) listed.set(job_id, status);
}
const lost = [...submitted].filter((id) => !listed.has(id));
const stuck = [...listed].filter(([, status]) => status === 'queued' || status === 'processing');
const finished = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
const quarter = (JOBS - WARM_UP) >> 2;
const early = median(memory.slice(WARM_UP, WARM_UP + quarter));
const late = median(memory.slice(-quarter));
await client.close();
await rm(folder, { recursive: true, force: true });

const lines = [
  `${finished} of ${JOBS} jobs answered in ${seconds.toFixed(0)} s; ${listed.size} kept, ${lost.length} lost, ${stuck.length} stuck`,
  `outcomes: ${[...outcomes].map(([outcome, count]) => `${outcome} ${count}`).join(', ')}`,
  `failures without a reason: ${unexplained.length}`,
  ...unexplained,
  `memory (MB): after warm-up ${early.toFixed(0)}, at the end ${late.toFixed(0)}, highest ${Math.max(...memory).toFixed(0)}`,
];
process.stdout.write(`${lines.join('\n')}\n`);
const flat = late <= early * MAX_GROWTH;
process.exitCode = finished === JOBS && lost.length + stuck.length + unexplained.length === 0 && flat ? 0 : 1;
