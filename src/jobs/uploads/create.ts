import { join } from 'node:path';
import { type Config, maxFileBytes } from '../../config.js';
import { type ReceiveLimits, UploadPlaces } from './receive.js';
import { UploadTickets } from './tickets.js';

/** A client that sends nothing for this long is given up. */
const IDLE_MILLISECONDS = 30_000;

const receiveLimits = (config: Config): ReceiveLimits => ({
  directory: join(config.dataDir, 'incoming'),
  maxBytes: maxFileBytes(config),
  idleMilliseconds: IDLE_MILLISECONDS,
  places: new UploadPlaces(config.maxUploads),
});

/** Uploads of this configuration, for HTTP and for the loopback listener of stdio. */
export const createUploads = (config: Config): UploadTickets =>
  new UploadTickets(receiveLimits(config), { durable: !config.ephemeral });
