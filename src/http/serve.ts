import type { AddressInfo } from 'node:net';
import { type HttpBindings, serve } from '@hono/node-server';
import type { McpServerFactory } from '@modelcontextprotocol/server';
import { Hono } from 'hono';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import { LegibleError } from '../errors.js';
import type { JobService } from '../jobs/api.js';
import type { UploadTickets } from '../jobs/uploads/tickets.js';
import type { Accounts } from './accounts/accounts.js';
import { staticKeys } from './accounts/static-keys.js';
import { dialectA } from './dialects/a.js';
import { dialectB } from './dialects/b.js';
import { errorResponse } from './errors.js';
import { checkBinding, hostGuard, securityHeaders } from './guard.js';
import { mountMcp } from './mcp-endpoint.js';
import { createMetrics } from './operation/metrics.js';
import { openApi } from './operation/openapi.js';
import { operationRoutes } from './operation/routes.js';
import { mountPlayground, pageRoutes } from './playground/routes.js';
import type { Authenticator } from './principal.js';
import { createRateLimiter } from './rate-limit.js';
import { type HttpApp, mountRoutes } from './router.js';
import type { HttpServices } from './services.js';
import { uploadRoutes } from './uploads.js';

export interface ServeOptions {
  readonly config: Config;
  readonly version: string;
  readonly jobs: JobService;
  readonly accounts: Accounts;
  readonly uploads: UploadTickets;
  readonly mcp: McpServerFactory;
  readonly log: Logger;
}

export interface RunningServer {
  /** `http://127.0.0.1:3000`. */
  readonly url: string;
  /** No new work; open requests get `graceMilliseconds` to end. */
  close(graceMilliseconds: number): Promise<void>;
}

/** Serves MCP, both REST dialects and the page. Errors: `invalid_argument` for a binding or keys that are not safe. */
export async function serveHttp(options: ServeOptions): Promise<RunningServer> {
  const { config } = options;
  checkBinding(config);
  let stopping = false;
  const services: HttpServices = {
    ...options,
    receive: options.uploads.limits,
    authenticator: authenticatorOf(options),
    limiter: createRateLimiter(config),
    metrics: createMetrics(options.jobs),
    startedAt: Date.now(),
    ready: () => !stopping,
  };
  const { app, closeMcp } = createHttpApp(services);
  const server = await listen(app, config);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
    async close(graceMilliseconds) {
      stopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await closeMcp();
      const timer = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
      server.closeIdleConnections();
      await closed;
      clearTimeout(timer);
      await options.uploads.close();
    },
  };
}

/** The app without a socket, for tests and for `serveHttp`. */
export function createHttpApp(services: HttpServices): { app: HttpApp; closeMcp: () => Promise<void> } {
  const app: HttpApp = new Hono<{ Bindings: HttpBindings; Variables: { requestId: string } }>();
  app.use(hostGuard(services.config), securityHeaders);
  const routes = [
    ...dialectA(services),
    ...dialectB(services),
    ...uploadRoutes(services),
    ...operationRoutes(services),
    ...pageRoutes(services),
  ];

  mountRoutes(app, routes, services);
  app.get('/openapi.json', (context) => context.json(openApi(routes, services.version)));
  const mcp = mountMcp(app, services);
  mountPlayground(app);
  app.notFound(() =>
    errorResponse(
      new LegibleError(
        'invalid_argument',
        'There is nothing at this address.',
        'See /openapi.json for what there is.',
      ),
      { status: 404 },
    ),
  );
  app.onError((error) => {
    services.log.error({ err: error }, 'request failed');
    return errorResponse(error);
  });
  return { app, closeMcp: () => mcp.close() };
}

function authenticatorOf({ config, accounts }: ServeOptions): Authenticator | undefined {
  if (config.auth === 'none') return undefined;
  return config.auth === 'static' ? staticKeys(config.keys) : accounts;
}

function listen(app: HttpApp, config: Config) {
  return new Promise<import('node:http').Server>((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: config.host, port: config.port }, () =>
      resolve(server),
    ) as import('node:http').Server;
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new LegibleError(
              'invalid_argument',
              `Port ${config.port} is taken.`,
              'Choose another with --port, or 0 for a free one.',
            )
          : error,
      ),
    );
  });
}
