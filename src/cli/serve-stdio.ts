import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Logger } from 'pino';
import { type Config, maxFileBytes } from '../config.js';
import { createMcpFactory } from '../mcp/server.js';
import { lazy } from './lazy.js';
import { claimStdout } from './protocol-stdout.js';
import { stopRequest } from './stop.js';
import { WholeLines } from './whole-lines.js';

/** A `data:` source is base64 inside one line of JSON. */
const BASE64_GROWTH = 4 / 3;
const ENVELOPE_BYTES = 65_536;
/** A file that is too large is refused by its own error up to so many times the limit; beyond, the connection ends. */
const REFUSAL_ROOM = 4;
/** Seconds that running pages get where nothing else is set: hosts kill a server that takes long. */
const STOP_GRACE = 0.5;

/** After the host's first requests. */
const TAKE_UP_MILLISECONDS = 2_000;

/** Serves MCP on stdin and stdout until stdin ends or a signal comes. Engines load with the first call of a tool. */
export async function serveOverStdio(config: Config, log: Logger): Promise<void> {
  const app = lazy(async () => (await import('../app.js')).createApp(config, { log }));
  const listener = lazy(async () => {
    const { LoopbackUploads } = await import('../http/index.js');
    return new LoopbackUploads((await app.get()).uploads);
  });
  const factory = createMcpFactory({
    jobs: async () => (await app.get()).jobs,
    config,
    log,
    newUpload: async (owner) => (await listener.get()).create(owner),
  });
  const transport = new StdioServerTransport(process.stdin.pipe(new WholeLines()), claimStdout(), {
    maxBufferSize: Math.ceil(maxFileBytes(config) * BASE64_GROWTH * REFUSAL_ROOM) + ENVELOPE_BYTES,
  });
  const handle = serveStdio(factory, { transport, onerror: (err) => log.warn({ err }, 'mcp') });

  // Jobs that were interrupted go on even when nobody asks for them, once the first answers are out.
  setTimeout(() => app.get().catch((err) => log.error({ err }, 'starting')), TAKE_UP_MILLISECONDS).unref();
  const grace = (config.stopGrace ?? STOP_GRACE) * 1_000;
  const reason = await stopRequest({ stdin: true, grace });
  log.info({ reason }, 'stopping');
  await handle.close().catch((err) => log.warn({ err }, 'closing the connection'));
  // An open stdin would keep the process alive.
  process.stdin.unpipe().pause();
  await (await listener.made)?.close();
  await (await app.made)?.close(grace);
}
