import { destination, type Logger, pino } from 'pino';
import type { Config } from './config.js';

/** Logs go to stderr as JSON lines, written at once; stdout belongs to the protocol. */
export const createLog = (level: Config['logLevel']): Logger =>
  pino({ name: 'legible', level, redact: ['password', '*.password'] }, destination({ fd: 2, sync: true }));
