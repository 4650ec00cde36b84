import type { McpServerFactory } from '@modelcontextprotocol/server';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import type { JobService } from '../jobs/api.js';
import type { ReceiveLimits } from '../jobs/uploads/receive.js';
import type { UploadTickets } from '../jobs/uploads/tickets.js';
import type { Accounts } from './accounts/accounts.js';
import type { Metrics } from './operation/metrics.js';
import type { Authenticator } from './principal.js';
import type { RateLimiter } from './rate-limit.js';

/** Everything that the routes work with; made once, in `serve.ts`. */
export interface HttpServices {
  readonly config: Config;
  readonly version: string;
  readonly jobs: JobService;
  readonly receive: ReceiveLimits;
  readonly uploads: UploadTickets;
  /** undefined: authentication is off and everyone is `local`. */
  readonly authenticator: Authenticator | undefined;
  readonly limiter: RateLimiter;
  readonly accounts: Accounts;
  readonly metrics: Metrics;
  readonly mcp: McpServerFactory;
  readonly log: Logger;
  readonly startedAt: number;
  /** False once the server is stopping. */
  ready(): boolean;
}
