import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { createMcpHandler } from '@modelcontextprotocol/server';
import pino from 'pino';
import { expect, it } from 'vitest';
import { createMcpFactory } from '#legible/mcp/server.js';
import type { JobService, ReadRequest } from '../../src/jobs/api.js';

const PART = 2_000_000;
const ID = 'job_0123456789abcdefghjk';
const LONG = `${'A line of a very long document.\n'.repeat(100_000)}The end.`;

/** Reads from one long text, as the real service does: bounded, with a cursor where there is more. */
const jobs = {
  async read(_id: string, _owner: string, { cursor, maxChars }: ReadRequest) {
    const from = Number(cursor ?? 0);
    const to = Math.min(LONG.length, from + maxChars);
    return { content: LONG.slice(from, to), ...(to < LONG.length && { nextCursor: String(to) }) };
  },
} as unknown as JobService;

it('a long document comes in parts, each of which names the next', async () => {
  const handler = createMcpHandler(
    createMcpFactory({
      jobs: async () => jobs,
      config: { engine: 'auto', maxFileMb: 20, maxPages: 1_000 },
      log: pino({ level: 'silent' }),
    }),
  );
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(
    new StreamableHTTPClientTransport(new URL('http://server.test/mcp'), {
      fetch: (url, init) => handler.fetch(new Request(url, init)),
    }),
  );
  let whole = '';
  let uri: string | undefined = `legible://jobs/${ID}/document.md`;
  let parts = 0;
  while (uri) {
    const { contents } = await client.readResource({ uri });
    const { text } = contents[0] as { text: string };
    expect(text.length).toBeLessThan(PART + 200);
    const more: RegExpExecArray | null = /\n\n<!-- continued in (legible:\S+) -->$/.exec(text);
    whole += more ? text.slice(0, more.index) : text;
    uri = more?.[1];
    parts += 1;
  }
  expect(parts).toBe(2);
  expect(whole === LONG).toBe(true);
  await client.close();
  await handler.close();
});
