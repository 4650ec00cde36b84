import { loadConfig } from '../config.js';
import { LegibleError } from '../errors.js';
import { createLog } from '../log.js';
import type { Exit } from './exit-codes.js';

/** `legible` and `legible serve`: stdio by default, HTTP with `--http`. Resolves when the server has stopped. */
export async function serve(argv: readonly string[]): Promise<Exit> {
  const { config, positionals } = loadConfig(argv);
  if (positionals.length > 0)
    throw new LegibleError(
      'invalid_argument',
      `serve takes no file: "${positionals[0]}".`,
      'Use `legible extract FILE…` to read files.',
    );
  const log = createLog(config.logLevel);
  // A fault that escaped its job must not end the others.
  process.on('unhandledRejection', (reason) => log.error({ err: reason }, 'unhandled rejection'));
  process.on('uncaughtException', (error) => log.error({ err: error }, 'uncaught exception'));
  const server = config.http
    ? (await import('./serve-http.js')).serveOverHttp(config, log)
    : (await import('./serve-stdio.js')).serveOverStdio(config, log);
  await server;
  return 'ok';
}
