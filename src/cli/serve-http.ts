import type { Logger } from 'pino';
import { createApp } from '../app.js';
import type { Config } from '../config.js';
import { Accounts, serveHttp } from '../http/index.js';
import { createMcpFactory } from '../mcp/server.js';
import { VERSION } from '../version.js';
import { accountsFile } from './keys.js';
import { stopRequest } from './stop.js';

/** Seconds that open requests and running pages get where nothing else is set. */
const STOP_GRACE = 5;

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
  const grace = (config.stopGrace ?? STOP_GRACE) * 1_000;
  const reason = await stopRequest({ stdin: false, grace });
  log.info({ reason }, 'stopping');
  await Promise.all([server.close(grace), app.close(grace)]);
}
