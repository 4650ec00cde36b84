import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Client } from '@modelcontextprotocol/client';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type Answer,
  CLI,
  CORPUS,
  documentOf,
  ERAS,
  serverEnvironment,
  spawnClient,
  textOf,
} from './support.js';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'legible-mcp-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

type Call = (name: string, args: Record<string, unknown>) => Promise<Answer>;

/** One of everything, on real documents. */
/** The default of `--keep-days`. */
const KEEP_DAYS = 7;

async function useEveryTool(call: Call): Promise<void> {
  const read = await call('extract_document', { source: join(CORPUS, 'report.pdf') });
  expect(textOf(read)).toMatch(/^report\.pdf: 2 pages; text layer: 1-2; confidence 100/);
  const scan = await call('extract_document', { source: `file://${join(CORPUS, 'note.bmp')}` });
  expect(documentOf(scan)).toContain('The piano tuner called at half past nine.');

  const { jobs } = (await call('list_jobs', {})).structuredContent as { jobs: { job_id: string }[] };
  const { job_id } = jobs[0];
  const status = (await call('get_job_status', { job_id })).structuredContent as Record<string, string>;
  expect(status.status).toBe('done');
  const kept = Date.parse(status.expires_at) - Date.parse(status.finished_at);
  expect(kept).toBe(KEEP_DAYS * 86_400_000);
  const json = JSON.parse(documentOf(await call('get_result', { job_id, format: 'json' })));
  expect(json.pages[0]).toMatchObject({ page: 1, source: 'ocr' });
  const { hits } = (await call('search_result', { job_id, query: 'piano tuner' })).structuredContent as {
    hits: { page: number; box: number[] }[];
  };
  const view = await call('view_page', { job_id, page: hits[0].page, region: hits[0].box });
  expect(view.content[0]).toMatchObject({ type: 'image', mimeType: 'image/png' });
  expect((await call('cancel_job', { job_id })).structuredContent).toMatchObject({ status: 'done' });
  expect((await call('delete_job', { job_id })).structuredContent).toEqual({ job_id, deleted: true });

  for (const [source, code] of [
    ['encrypted-aes.pdf', 'encrypted_pdf'],
    ['no-such-file.pdf', 'source_not_found'],
    ['README.md', 'unsupported_type'],
    ['../../package.json', 'path_not_allowed'],
  ]) {
    const refused = await call('extract_document', { source: join(CORPUS, source) });
    expect(refused.isError, source).toBe(true);
    expect(textOf(refused), source).toMatch(new RegExp(`^error ${code}: .+\nnext: .+`));
    // A client learns nothing about folders that it did not name itself.
    expect(textOf(refused)).not.toContain(dataDir);
  }
}

describe('a host', () => {
  it.each(ERAS)('of the %s generation works with every tool', async (era) => {
    const client: Client = await spawnClient(era, dataDir);
    expect(client.getProtocolEra()).toBe(era === 'auto' ? 'modern' : 'legacy');
    await useEveryTool(async (name, args) => (await client.callTool({ name, arguments: args })) as Answer);
    await client.close();
  });

  it('on the first SDK works with every tool', async () => {
    const client = new OldClient({ name: 'test', version: '1' });
    const env = serverEnvironment(dataDir);
    await client.connect(new OldTransport({ command: process.execPath, args: [CLI], env }));
    await useEveryTool(async (name, args) => (await client.callTool({ name, arguments: args })) as Answer);
    await client.close();
  });

  it.each(ERAS)('of the %s generation that cancels its call cancels the job', async (era) => {
    const client = await spawnClient(era, dataDir, { LEGIBLE_MAX_JOBS: '1', LEGIBLE_EPHEMERAL: 'yes' });
    const call = (args: object, signal?: AbortSignal) =>
      client.callTool({ name: 'extract_document', arguments: { ...args } }, { signal });
    const latest = async () => {
      const answer = (await client.callTool({ name: 'list_jobs', arguments: {} })) as Answer;
      return (answer.structuredContent as { jobs: { file_name: string; status: string }[] }).jobs[0];
    };
    // The only place is taken for a while, so that there is time to cancel.
    for (const name of ['rotated.pdf', 'fax.tiff', 'hidden-layer.pdf'])
      await call({ source: join(CORPUS, name), ocr: 'always', wait_seconds: 0 });
    const abort = new AbortController();
    const refused = expect(call({ source: join(CORPUS, 'scan.pdf') }, abort.signal)).rejects.toThrow();
    await vi.waitFor(async () => expect((await latest()).file_name).toBe('scan.pdf'), 20_000);
    abort.abort();
    await refused;
    await vi.waitFor(async () => expect((await latest()).status).toBe('cancelled'), 20_000);
    await client.close();
  });
});

/** The server without a client library: lines in, lines out. */
class RawServer {
  readonly lines: string[] = [];
  /** What came out on stderr. */
  noise = '';
  readonly exited: Promise<{ code: number | null; signal: string | null }>;
  readonly #process: ChildProcess;
  #id = 0;

  constructor(settings: Readonly<Record<string, string>> = {}) {
    // Nothing is remembered, so that every test does its own work.
    const own = { LEGIBLE_LOG_LEVEL: 'debug', LEGIBLE_EPHEMERAL: 'yes' };
    const env = { ...serverEnvironment(dataDir), ...own, ...settings };
    this.#process = spawn(process.execPath, [CLI], { env, stdio: ['pipe', 'pipe', 'pipe'] });
    createInterface({ input: this.#process.stdout! }).on('line', (line) => this.lines.push(line));
    this.#process.stderr!.setEncoding('utf8').on('data', (text) => {
      this.noise += text;
    });
    this.exited = new Promise((resolve) =>
      this.#process.once('exit', (code, signal) => resolve({ code, signal })),
    );
  }

  send(line: string): void {
    this.#process.stdin!.write(`${line}\n`);
  }

  async request(method: string, params: object): Promise<Record<string, never>> {
    this.#id += 1;
    const id = this.#id;
    this.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    return vi.waitFor(
      () => {
        const answer = this.lines.map((line) => JSON.parse(line)).find((message) => message.id === id);
        expect(answer).toBeDefined();
        return answer;
      },
      { timeout: 30_000, interval: 20 },
    );
  }

  initialize() {
    const clientInfo = { name: 'raw', version: '1' };
    return this.request('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
  }

  leave(): void {
    this.#process.stdin!.end();
  }

  kill(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }
}

const extract = (source: string) => ({
  name: 'extract_document',
  arguments: { source: join(CORPUS, source) },
});

describe('the process', () => {
  it('writes nothing but protocol to stdout, whatever it reads and logs', async () => {
    const server = new RawServer();
    await server.initialize();
    for (const source of ['truncated.pdf', 'broken-font.pdf', 'note.bmp'])
      await server.request('tools/call', extract(source));
    server.leave();
    expect(await server.exited).toEqual({ code: 0, signal: null });
    for (const line of server.lines) expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' });
  });

  it('keeps what a library prints out of the protocol, on any thread', async () => {
    // Preloaded into every thread; the main one waits until the server has claimed stdout.
    const noise = `import { threadId } from 'node:worker_threads';
      const print = () => console.log('noise', threadId);
      if (threadId > 0) print();
      else {
        const { write } = process.stdout;
        setInterval(() => process.stdout.write !== write && print(), 20).unref();
      }`;
    const server = new RawServer({
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(noise)}`,
    });
    await server.initialize();
    await server.request('tools/call', extract('report.pdf'));
    await vi.waitFor(() => expect(server.noise).toMatch(/noise 0/), 20_000);
    expect(server.noise).toMatch(/noise [1-9]/);
    await server.request('tools/list', {});
    server.leave();
    await server.exited;
    expect(server.lines.filter((line) => line.includes('noise'))).toEqual([]);
  });

  it('refuses a file that is too large and goes on', async () => {
    const server = new RawServer({ LEGIBLE_MAX_FILE_MB: '1' });
    await server.initialize();
    const dataUri = async (bytes: number) => {
      const file = Buffer.concat([await readFile(join(CORPUS, 'report.pdf')), Buffer.alloc(bytes, ' ')]);
      const source = `data:application/pdf;base64,${file.toString('base64')}`;
      const params = { name: 'extract_document', arguments: { source, pages: '1' } };
      return textOf((await server.request('tools/call', params)).result);
    };
    expect(await dataUri(3_000_000)).toMatch(/^error file_too_large: /);
    expect(await dataUri(900_000)).toMatch(/^\S+: 1 page; text layer: 1/);
    server.leave();
    await server.exited;
  });

  it('goes on after a line that is no JSON and a method that does not exist', async () => {
    const server = new RawServer();
    await server.initialize();
    server.send('{"jsonrpc": oops');
    expect(await server.request('no/such/method', {})).toHaveProperty('error');
    expect(await server.request('tools/list', {})).toHaveProperty('result.tools');
    server.leave();
    await server.exited;
  });

  it('ends when its client goes away in the middle of a job', async () => {
    const server = new RawServer();
    await server.initialize();
    const work = server.request('tools/call', extract('scan.pdf')).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 500));
    server.leave();
    const ended = await Promise.race([
      server.exited,
      new Promise((resolve) => setTimeout(resolve, 10_000, 'still running')),
    ]);
    expect(ended).toEqual({ code: 0, signal: null });
    void work;
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('stops cleanly on %s', async (signal) => {
    const server = new RawServer();
    await server.initialize();
    server.kill(signal);
    expect(await server.exited).toEqual({ code: 0, signal: null });
  });
});
