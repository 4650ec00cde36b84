import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { print } from '../report.js';

const CLIENTS = 50;
const JOBS = 500;
/** Two in five are scans: recognition keeps every core busy for the whole run. */
const DOCUMENTS = ['report.pdf', 'scan.pdf', 'tables.pdf', 'screenshot.png', 'two-columns.pdf'];
const POLL_MILLISECONDS = 500;
/** What a status call may take while OCR runs, for 95 of 100 calls. */
const STATUS_P95_MILLISECONDS = 50;

interface Tally {
  readonly statusMilliseconds: number[];
  readonly outcomes: Map<string, number>;
  refusals: number;
}

/** 50 clients submit 500 jobs to a server process over HTTP and follow each to its end. */
export async function load(): Promise<number> {
  const dataDir = await mkdtemp(join(tmpdir(), 'legible-load-'));
  const { server, url } = await startServer(dataDir);
  const tally: Tally = { statusMilliseconds: [], outcomes: new Map(), refusals: 0 };
  const started = Date.now();
  try {
    let next = 0;
    const client = async () => {
      while (next < JOBS) await followJob(url, DOCUMENTS[next++ % DOCUMENTS.length], tally);
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
  } finally {
    server.kill('SIGTERM');
    await new Promise((done) => server.once('exit', done));
    await rm(dataDir, { recursive: true, force: true });
  }
  return reportLoad(tally, (Date.now() - started) / 1_000);
}

async function startServer(dataDir: string): Promise<{ server: ChildProcess; url: string }> {
  const flags = ['serve', '--http', '--port', '0', '--data-dir', dataDir];
  const server = spawn(process.execPath, [resolve('dist/cli.js'), ...flags], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  for await (const chunk of server.stderr ?? []) {
    said += chunk;
    const url = /http:\/\/[\d.]+:\d+/.exec(said)?.[0];
    if (!url) continue;
    server.stderr?.resume();
    return { server, url };
  }
  throw new Error(`the server did not start: ${said}`);
}

async function followJob(url: string, name: string, tally: Tally): Promise<void> {
  const id = await submit(url, name, tally);
  for (;;) {
    await sleep(POLL_MILLISECONDS);
    const before = performance.now();
    const response = await fetch(`${url}/v1/jobs/${id}`);
    const job = (await response.json()) as { status?: string };
    tally.statusMilliseconds.push(performance.now() - before);
    if (response.status === 429) continue;
    if (job.status === 'pending' || job.status === 'running') {
      await sleep(POLL_MILLISECONDS);
      continue;
    }
    const outcome = response.ok ? `${job.status}` : `status ${response.status}`;
    tally.outcomes.set(outcome, (tally.outcomes.get(outcome) ?? 0) + 1);
    return;
  }
}

/** A refusal for a full queue is obeyed, as a good client does. */
async function submit(url: string, name: string, tally: Tally): Promise<string> {
  for (;;) {
    const form = new FormData();
    form.append('file', new Blob([await uniqueDocument(name)]), name);
    const response = await fetch(`${url}/v1/extract`, { method: 'POST', body: form });
    const body = (await response.json()) as { id: string };
    if (response.ok) return body.id;
    if (response.status !== 503)
      throw new Error(`submission answered ${response.status}: ${JSON.stringify(body)}`);
    tally.refusals++;
    await sleep(Number(response.headers.get('retry-after')) * 1_000);
  }
}

/** Bytes after the end of a PDF or PNG change nothing but its hash, so that no result is given twice. */
async function uniqueDocument(name: string): Promise<Buffer<ArrayBuffer>> {
  return Buffer.concat([await readFile(resolve('test/corpus', name)), Buffer.from(`\n%${randomUUID()}\n`)]);
}

function reportLoad({ statusMilliseconds, outcomes, refusals }: Tally, seconds: number): number {
  const sorted = statusMilliseconds.sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  const ended = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
  print(
    `${CLIENTS} clients, ${JOBS} jobs in ${seconds.toFixed(0)} s: ${[...outcomes].map(([what, count]) => `${count} ${what}`).join(', ')}, ${JOBS - ended} lost, ${refusals} submissions told to wait`,
  );
  print(
    `${sorted.length} status calls: p50 ${at(0.5).toFixed(1)} ms, p95 ${at(0.95).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms, longest ${at(1).toFixed(0)} ms`,
  );
  const holds = ended === JOBS && outcomes.get('completed') === JOBS && at(0.95) < STATUS_P95_MILLISECONDS;
  print(`  ${holds ? 'pass' : 'FAIL'}  none lost, p95 of a status call below ${STATUS_P95_MILLISECONDS} ms`);
  return holds ? 0 : 1;
}

const sleep = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));
