import { setTimeout as sleep } from 'node:timers/promises';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { operatorBomb } from '../support/hostile.js';
import { startServer, type TestServer } from './support.js';

/** Milliseconds in which even a busy machine sees a change. */
const SOON = 30_000;

let server: TestServer;
beforeAll(async () => {
  server = await startServer('--ephemeral');
});
afterAll(() => server.close());

interface Caller {
  /** Reads a document that takes longer than the test; rejects when the client gives the call up. */
  read(name: string, signal?: AbortSignal): Promise<unknown>;
  close(): Promise<void>;
}

const url = () => new URL('/mcp', server.url);
/** Each document has bytes of its own: equal ones would share their work. */
const argumentsFor = (name: string) => ({
  name: 'extract_document',
  arguments: { source: documents.get(name), wait_seconds: 40 },
});
const documents = new Map<string, string>();
const slow = operatorBomb(6_000_000);
function slowDocument(name: string): void {
  const bytes = Buffer.concat([slow, Buffer.from(`\n% ${name}\n`)]);
  documents.set(name, `data:application/pdf;base64,${bytes.toString('base64')}`);
}

async function connect(kind: string): Promise<Caller> {
  if (kind === 'older SDK') {
    const client = new OldClient({ name: 'old', version: '1' });
    await client.connect(new OldTransport(url()));
    return {
      read: (name, signal) => client.callTool(argumentsFor(name), undefined, { signal }),
      close: () => client.close(),
    };
  }
  const client = new Client(
    { name: 'new', version: '1' },
    kind === '2026' ? { versionNegotiation: { mode: 'auto' } } : {},
  );
  await client.connect(new StreamableHTTPClientTransport(url()));
  return {
    read: (name, signal) => client.callTool(argumentsFor(name), { signal }),
    close: () => client.close(),
  };
}

/** Statuses of all jobs, newest first, as anybody may ask for them. */
async function statuses(): Promise<string[]> {
  const { jobs } = (await (await fetch(`${server.url}/api/jobs`)).json()) as {
    jobs: { status: string; error_code: string | null }[];
  };
  return jobs.map(({ status, error_code }) => (error_code === 'cancelled' ? 'cancelled' : status));
}
async function forgetJobs(): Promise<void> {
  const { jobs } = (await (await fetch(`${server.url}/api/jobs`)).json()) as { jobs: { job_id: string }[] };
  for (const { job_id } of jobs) await fetch(`${server.url}/api/jobs/${job_id}`, { method: 'DELETE' });
}

describe('a client that cancels its call', () => {
  it.each(['2025', 'older SDK', '2026'])('cancels its own job and no other, protocol of %s', async (kind) => {
    // Both clients count their requests from 0: the ids of their calls are the same.
    const [leaving, staying] = [await connect(kind), await connect(kind)];
    for (const name of [`${kind} leaves`, `${kind} stays`]) slowDocument(name);
    const abort = new AbortController();
    const other = staying.read(`${kind} stays`).catch(() => undefined);
    await vi.waitFor(async () => expect(await statuses()).toHaveLength(1), SOON);
    const refused = expect(leaving.read(`${kind} leaves`, abort.signal)).rejects.toThrow();
    await vi.waitFor(async () => expect(await statuses()).toHaveLength(2), SOON);
    abort.abort();
    await refused;
    await vi.waitFor(async () => expect((await statuses())[0]).toBe('cancelled'), SOON);
    expect((await statuses())[1]).toBe('processing');
    await Promise.all([leaving.close(), staying.close()]);
    await forgetJobs();
    await other;
  });
});

describe('a connection that breaks during a call', () => {
  it.each([
    ['2025', 'processing'],
    ['older SDK', 'processing'],
    // There, closing the stream is the cancellation.
    ['2026', 'cancelled'],
  ])('leaves the job as the protocol of %s wants it', async (kind, status) => {
    const client = await connect(kind);
    slowDocument(`${kind} breaks`);
    const call = client.read(`${kind} breaks`).catch(() => undefined);
    await vi.waitFor(async () => expect(await statuses()).toEqual(['processing']), SOON);
    await client.close();
    await sleep(300);
    expect(await statuses()).toEqual([status]);
    await forgetJobs();
    await call;
  });
});
