import type { Logger } from 'pino';
import { createApp } from '../app.js';
import type { Config } from '../config.js';
import { Accounts, serveHttp } from '../http/index.js';
import { createMcpFactory } from '../mcp/server.js';
import { VERSION } from '../version.js';
import { accountsFile } from './keys.js';
import { stopRequest } from './stop.js';

/** Open requests and running pages get this long. */
const GRACE_MILLISECONDS = 5_000;

/** Serves MCP and REST over HTTP until a signal comes. */
export async function serveOverHttp(config: Config, log: Logger): Promise<void> {
  const accounts = new Accounts(accountsFile(config));
  const app = await createApp(config, { log, ...(config.auth === 'accounts' && { meter: accounts }) });
  const mcp = createMcpFactory({
    jobs: async () => app.jobs,
    config,
    log,
    newUpload: (owner, origin) => app.uploads.create(owner, origin ?? server.url),
  });
  const server = await serveHttp({
    config,
    version: VERSION,
    jobs: app.jobs,
    accounts,
    uploads: app.uploads,
    mcp,
    log,
  }).catch(async (error) => {
    await app.close(0);
    throw error;
  });
  console.error(`legible ${VERSION}: ${server.url} (MCP at ${server.url}/mcp)`);
  const reason = await stopRequest({ stdin: false });
  log.info({ reason }, 'stopping');
  await Promise.all([server.close(GRACE_MILLISECONDS), app.close(GRACE_MILLISECONDS)]);
}
