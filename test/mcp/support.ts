import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { createMcpHandler } from '@modelcontextprotocol/server';
import pino from 'pino';
import { createInProcessQueue } from '#legible/jobs/queue/in-process.js';
import { createJobService } from '#legible/jobs/service.js';
import { createMemoryStore } from '#legible/jobs/store/memory.js';
import { createMcpFactory } from '#legible/mcp/server.js';
import type { JobService } from '../../src/jobs/api.js';
import { type FakeDocument, FakePipeline, fakeIntake } from '../support/fake-pipeline.js';

/** `legacy` opens with the 2025 handshake, `auto` finds protocol 2026-07-28. */
export const ERAS = ['legacy', 'auto'] as const;
export type Era = (typeof ERAS)[number];

export const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
export const CORPUS = fileURLToPath(new URL('../corpus/', import.meta.url));

export interface Answer {
  readonly content: readonly {
    type: string;
    text?: string;
    data?: string;
    mimeType?: string;
    uri?: string;
  }[];
  readonly structuredContent?: unknown;
  readonly isError?: boolean;
}

export const textOf = (answer: Answer): string =>
  answer.content.map((block) => (block.type === 'text' ? block.text : '')).join('\n');

/** The call that the last line of an answer names. */
export function nextCall(answer: Answer): { name: string; arguments: Record<string, unknown> } | undefined {
  const match = /^next: (\w+) (\{.*?\})(?: |$)/m.exec(textOf(answer));
  return match ? { name: match[1], arguments: JSON.parse(match[2]) } : undefined;
}

/** What stands between the marks of an answer. */
export function documentOf(answer: Answer): string {
  const match = /<document-([0-9a-f]+)>\n([\s\S]*)\n<\/document-\1>/.exec(textOf(answer));
  return match?.[2] ?? '';
}

/** A JSON-RPC answer; each test checks the shape that it reads. */
export interface WireAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly result?: any;
  readonly error?: { readonly code: number; readonly message: string };
}

const META = 'io.modelcontextprotocol';

export interface FakeServer {
  readonly jobs: JobService;
  readonly pipeline: FakePipeline;
  /** One request of protocol 2026-07-28 as it stands on the wire, with client capabilities of choice. */
  request(method: string, params: Record<string, unknown>, capabilities?: object): Promise<WireAnswer>;
  /** A client of this server that acts for `owner`. */
  connect(era: Era, owner?: string): Promise<Client>;
  close(): Promise<void>;
}

/** The real tools, job service and layout over documents that are made up. */
export function startFake(documents: Record<string, FakeDocument>): FakeServer {
  const pipeline = new FakePipeline(documents);
  const jobs = createJobService({
    pipeline,
    intake: fakeIntake,
    store: createMemoryStore(),
    queue: createInProcessQueue({ jobs: 4, pages: 2 }),
    limits: { maxQueue: 100, pageTimeout: 20_000, jobTimeout: 60_000, maxResultBytes: 100_000_000 },
  });
  const factory = createMcpFactory({
    jobs: async () => jobs,
    config: { engine: 'auto', maxFileMb: 20, maxPages: 1_000 },
    log: pino({ level: 'silent' }),
  });
  const handler = createMcpHandler(factory);
  const clients: Client[] = [];
  const authFor = (owner: string) => ({
    authInfo: { token: '', clientId: owner, scopes: [], expiresAt: Date.now() },
  });
  return {
    jobs,
    pipeline,
    async request(method, params, capabilities = {}) {
      const _meta = {
        [`${META}/protocolVersion`]: '2026-07-28',
        [`${META}/clientInfo`]: { name: 'wire', version: '1' },
        [`${META}/clientCapabilities`]: capabilities,
      };
      const name = params.name ?? params.taskId;
      const request = new Request('http://server.test/mcp', {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Accept: 'application/json, text/event-stream',
          'MCP-Protocol-Version': '2026-07-28',
          'Mcp-Method': method,
          ...(typeof name === 'string' && { 'Mcp-Name': name }),
        },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { ...params, _meta } }),
      });
      const text = await (await handler.fetch(request, authFor('ann'))).text();
      // One JSON body, or the last event of a stream.
      const body = text.startsWith('{')
        ? text
        : (text
            .match(/^data: (\{.*)$/gm)
            ?.at(-1)
            ?.slice(6) ?? '{}');
      return JSON.parse(body);
    },
    async connect(era, owner = 'ann') {
      const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: era } });
      const transport = new StreamableHTTPClientTransport(new URL('http://server.test/mcp'), {
        fetch: (url, init) => handler.fetch(new Request(url, init), authFor(owner)),
      });
      await client.connect(transport);
      clients.push(client);
      return client;
    },
    async close() {
      await Promise.all(clients.map((client) => client.close()));
      await handler.close();
      await jobs.close(0);
    },
  };
}

export const tool = async (
  client: Client,
  name: string,
  args: Record<string, unknown> = {},
): Promise<Answer> => (await client.callTool({ name, arguments: args })) as Answer;

/** The environment of a spawned server: it may read the test documents and nothing else. */
export const serverEnvironment = (dataDir: string): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME: dataDir,
  LEGIBLE_DATA_DIR: dataDir,
  LEGIBLE_ALLOW_DIR: CORPUS,
});

/** The built server as a host starts it. */
export async function spawnClient(
  era: Era,
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: era } });
  const env = { ...serverEnvironment(dataDir), ...settings };
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [CLI], env }));
  return client;
}

const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
/** Lines that differ enough from page to page not to be taken for running heads. */
export const prose = (page: number): string[] => [
  `Chapter ${NUMBERS[page % 10]} tells how the ${NUMBERS[(page * 3) % 10]} keepers of the tower met.`,
  `They counted ${NUMBERS[(page * 7) % 10]} ships and wrote the names of all ${page} captains down.`,
];
