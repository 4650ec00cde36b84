import {
  hostHeaderValidationResponse,
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  originValidationResponse,
} from '@modelcontextprotocol/server';
import type { MiddlewareHandler } from 'hono';
import type { Config } from '../config.js';
import { LegibleError } from '../errors.js';
import { errorResponse } from './errors.js';

/** Its clients understand the errors of their protocol. */
export const MCP_PATH = '/mcp';

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\./.test(host);

/**
 * A server that anybody on the network may use must be asked for.
 * Errors: `invalid_argument`, naming the option to set.
 */
export function checkBinding({ host, auth }: Pick<Config, 'host' | 'auth'>): void {
  if (auth === 'none' && !isLoopback(host)) {
    throw new LegibleError(
      'invalid_argument',
      `Refusing to listen on ${host} while authentication is off: everyone who reaches it could read the documents.`,
      'Set --auth static (with LEGIBLE_KEYS) or --auth accounts, or keep --host 127.0.0.1.',
    );
  }
}

/**
 * Against DNS rebinding: a page on another site must not reach this server through the visitor's
 * browser. On loopback only loopback names pass; elsewhere the names that the operator lists.
 */
export function hostGuard({ host, allowHost }: Pick<Config, 'host' | 'allowHost'>): MiddlewareHandler {
  const named = allowHost ?? [];
  const hosts = isLoopback(host) ? [...localhostAllowedHostnames(), ...named] : named;
  const origins = isLoopback(host) ? [...localhostAllowedOrigins(), ...named] : named;
  return async (context, next) => {
    // Behind a key and without a list, any name is as good as another.
    if (hosts.length === 0) return next();
    const wrongHost = hostHeaderValidationResponse(context.req.raw, hosts);
    const rejected = wrongHost ?? originValidationResponse(context.req.raw, origins);
    if (!rejected) return next();
    if (context.req.path === MCP_PATH) return rejected;
    const what = wrongHost
      ? 'This server does not answer to that host name.'
      : 'Pages of that site may not call this server.';
    return errorResponse(
      new LegibleError('forbidden', what, 'Its operator can add names with --allow-host.'),
    );
  };
}

/** The page may load its own script and style, and nothing from anywhere else; a document's text can run nothing. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const securityHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  const { headers } = context.res;
  headers.set('Content-Security-Policy', CONTENT_SECURITY_POLICY);
  headers.set('X-Content-Type-Options', 'nosniff');
  headers.set('Referrer-Policy', 'no-referrer');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  headers.set('Cache-Control', headers.get('Cache-Control') ?? 'no-store');
};
