import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentForm, sleep, startServer, type TestServer } from './support.js';

const ANN = 'ann-0123456789abcdef';
const BOB = 'bob-0123456789abcdef';
let server: TestServer;
beforeAll(async () => {
  server = await startServer('--auth', 'static');
});
afterAll(() => server.close());

async function connect(key: string, modern: boolean): Promise<Client> {
  const client = new Client(
    { name: 'test', version: '1' },
    modern ? { versionNegotiation: { mode: 'auto' } } : {},
  );
  await client.connect(
    new StreamableHTTPClientTransport(new URL('/mcp', server.url), {
      requestInit: { headers: { Authorization: `Bearer ${key}` } },
    }),
  );
  return client;
}

const textOf = (result: { content?: unknown }) =>
  (result.content as { text?: string }[]).map((part) => part.text ?? '').join('\n');

describe.each([
  ['2025', false],
  ['2026', true],
])('MCP over HTTP, protocol of %s', (_, modern) => {
  it('takes an upload, reads it, and keeps the job to its key', async () => {
    const client = await connect(ANN, modern);
    const ticket = await (
      await fetch(`${server.url}/uploads`, { method: 'POST', headers: { Authorization: `Bearer ${ANN}` } })
    ).json();
    const { reference, url } = ticket as { reference: string; url: string };
    const file = (await documentForm('report.pdf')).get('file') as File;
    expect((await fetch(url, { method: 'PUT', body: file })).status).toBe(201);

    const result = await client.callTool({ name: 'extract_document', arguments: { source: reference } });
    expect(textOf(result)).toContain('# Water Quality in the Old Harbour');
    const jobId = /job_[a-z0-9]+/.exec(textOf(result))?.[0] ?? '';

    const other = await connect(BOB, modern);
    const foreign = await other.callTool({ name: 'get_result', arguments: { job_id: jobId } });
    expect(foreign.isError).toBe(true);
    expect(textOf(foreign)).toContain('job_not_found');
    await Promise.all([client.close(), other.close()]);
  });

  it('reads no file of the server', async () => {
    const client = await connect(ANN, modern);
    const result = await client.callTool({
      name: 'extract_document',
      arguments: { source: '/etc/hostname' },
    });
    expect(result.isError).toBe(true);
    expect(textOf(result)).toContain('path_not_allowed');
    await client.close();
  });

  it('reports progress over the stream', async () => {
    const client = await connect(ANN, modern);
    const file = (await documentForm('scan.pdf')).get('file') as File;
    const data = `data:application/pdf;base64,${Buffer.from(await file.arrayBuffer()).toString('base64')}`;
    const seen: number[] = [];
    await client.callTool(
      {
        name: 'extract_document',
        arguments: { source: data, language: modern ? 'eng' : 'en', wait_seconds: 50 },
      },
      { onprogress: ({ progress }) => seen.push(progress), timeout: 60_000 },
    );
    expect(seen.length).toBeGreaterThan(0);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    await client.close();
  });
});

describe('a server behind a proxy', () => {
  it('hands out upload URLs below its public address, whatever the headers of a request claim', async () => {
    const proxied = await startServer('--public-url', 'https://ocr.example.org/legible');
    try {
      const headers = { 'X-Forwarded-Proto': 'http', 'X-Forwarded-Host': 'evil.example' };
      const response = await fetch(`${proxied.url}/uploads`, { method: 'POST', headers });
      const { url } = (await response.json()) as { url: string };
      expect(url).toMatch(/^https:\/\/ocr\.example\.org\/legible\/uploads\/\w+\/[\w-]+$/);
      const client = new Client({ name: 'test', version: '1' });
      await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', proxied.url)));
      const result = await client.callTool({ name: 'extract_document', arguments: { source: 'upload:' } });
      expect(textOf(result)).toContain('https://ocr.example.org/legible/uploads/');
      await client.close();
      // The proxy takes the public part off again.
      const path = url.replace('https://ocr.example.org/legible', '');
      const file = (await documentForm('report.pdf')).get('file') as File;
      expect((await fetch(proxied.url + path, { method: 'PUT', body: file })).status).toBe(201);
    } finally {
      await proxied.close();
    }
  });
});

describe('the door', () => {
  it('asks for a key', async () => {
    const response = await fetch(`${server.url}/mcp`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it.each([
    ['a foreign Host', { Host: 'evil.example' }],
    ['a foreign Origin', { Origin: 'https://evil.example' }],
  ])('refuses %s', async (_, headers) => {
    const ask = (path: string) =>
      new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
        request(`${server.url}${path}`, { headers: headers as Record<string, string> }, async (response) => {
          resolve({ status: response.statusCode, body: await text(response) });
        })
          .on('error', reject)
          .end();
      });
    const overMcp = await ask('/mcp');
    expect(overMcp.status).toBe(403);
    expect(JSON.parse(overMcp.body)).toMatchObject({ jsonrpc: '2.0' });
    const overRest = await ask('/health');
    expect(overRest.status).toBe(403);
    expect(JSON.parse(overRest.body)).toMatchObject({
      error: { code: 'forbidden', hint: expect.stringContaining('--allow-host') },
    });
  });

  it('counts the calls of a key, and says when to come back', async () => {
    const limited = await startServer('--auth', 'static', '--rate-limit', '2', '--ephemeral');
    const post = () =>
      fetch(`${limited.url}/mcp`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${ANN}`, 'Content-Type': 'application/json' },
        body: '{}',
      });
    const statuses = [(await post()).status, (await post()).status];
    expect(statuses).not.toContain(429);
    const refused = await post();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await limited.close();
  });

  it('counts those without a key by their address, and takes nothing from the keys', async () => {
    const limited = await startServer('--auth', 'static', '--rate-limit', '2', '--ephemeral');
    const jobs = (key: string) =>
      fetch(`${limited.url}/api/jobs`, { headers: { Authorization: `Bearer ${key}` } });
    const statuses = [await jobs('guess-1'), await jobs('guess-2'), await jobs('guess-3')].map(
      ({ status }) => status,
    );
    expect(statuses).toEqual([401, 401, 429]);
    expect((await jobs(ANN)).status).toBe(200);
    await limited.close();
  });

  it('refuses to listen beyond loopback without authentication, and names the option', async () => {
    await expect(startServer('--host', '0.0.0.0')).rejects.toMatchObject({
      hint: expect.stringContaining('--auth'),
    });
  });
});

describe('accounts', () => {
  it('meters pages: 402 with balance and need, failed and repeated work is free', async () => {
    const metered = await startServer('--auth', 'accounts', '--free-pages', '3');
    try {
      const { secret, account } = await metered.accounts.create('ann@example.com', 3, { signup: false });
      const headers = { Authorization: `Bearer ${secret}` };
      const send = async (name: string) =>
        fetch(`${metered.url}/api/ocr`, { method: 'POST', headers, body: await documentForm(name) });
      const final = async (response: Response) => {
        const { job_id } = (await response.json()) as { job_id: string };
        for (;;) {
          const job = (await (await fetch(`${metered.url}/api/jobs/${job_id}`, { headers })).json()) as {
            status: string;
          };
          if (job.status === 'done' || job.status === 'error') return;
          await sleep(50);
        }
      };
      const balance = async () => (await metered.accounts.balance(account.id))?.balance;

      await final(await send('report.pdf'));
      expect(await balance()).toBe(1);
      await final(await send('report.pdf'));
      expect(await balance()).toBe(1);
      await final(await send('encrypted-aes.pdf'));
      expect(await balance()).toBe(1);

      const refused = await send('scan.pdf');
      expect(refused.status).toBe(402);
      expect(await refused.json()).toMatchObject({
        error: {
          code: 'insufficient_credits',
          message: expect.stringMatching(/needs 2 pages.*balance is 1/),
        },
      });
      expect(await balance()).toBe(1);
      expect((await fetch(`${metered.url}/api/jobs`)).status).toBe(401);
    } finally {
      await metered.close();
    }
  });
});
