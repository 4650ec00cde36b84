import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { createApp } from '#legible/app.js';
import { loadConfig } from '#legible/config.js';
import { Accounts, serveHttp } from '#legible/http/index.js';
import { createMcpFactory } from '#legible/mcp/server.js';

export interface TestServer {
  readonly url: string;
  readonly dataDir: string;
  readonly accounts: Accounts;
  close(): Promise<void>;
}

/** A whole server on a free port of loopback, with a data folder of its own. */
export async function startServer(...flags: string[]): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'legible-http-'));
  const { config } = loadConfig(['--http', '--port', '0', '--data-dir', dataDir, ...flags], {
    LEGIBLE_KEYS: 'ann:ann-0123456789abcdef,bob:bob-0123456789abcdef',
  });
  const accounts = new Accounts(join(dataDir, 'accounts.jsonl'));
  const app = await createApp(config, config.auth === 'accounts' ? { meter: accounts } : {});
  const { uploads } = app;
  const log = pino({ level: 'silent' });
  const mcp = createMcpFactory({
    jobs: async () => app.jobs,
    config,
    log,
    newUpload: (owner, origin) => uploads.create(owner, origin ?? ''),
  });
  const server = await serveHttp({
    config,
    version: '0.0.0-test',
    jobs: app.jobs,
    accounts,
    uploads,
    mcp,
    log,
  });
  return {
    url: server.url,
    dataDir,
    accounts,
    async close() {
      await Promise.all([server.close(1_000), app.close(1_000)]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A document of `test/corpus/` as a form with the file in the part `file`. */
export async function documentForm(name: string, fields: Record<string, string> = {}): Promise<FormData> {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) form.append(key, value);
  const bytes = await readFile(new URL(`../corpus/${name}`, import.meta.url));
  form.append('file', new Blob([new Uint8Array(bytes)]), name);
  return form;
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A response as a client of the documentation sees it: JSON without types. */
export interface JsonResponse extends Response {
  // biome-ignore lint/suspicious/noExplicitAny: each test checks the shape that it reads.
  json(): Promise<any>;
}

export const call = (url: string, init?: RequestInit): Promise<JsonResponse> => fetch(url, init);
