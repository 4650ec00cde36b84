import { randomUUID } from 'node:crypto';
import { type AuthInfo, createMcpHandler, type McpHttpHandler } from '@modelcontextprotocol/server';
import { maxFileBytes } from '../config.js';
import { SESSION_HEADER } from '../mcp/calls.js';
import { errorResponse } from './errors.js';
import { MCP_PATH } from './guard.js';
import { presentedToken } from './principal.js';
import { admit, type HttpApp } from './router.js';
import type { HttpServices } from './services.js';

/** A `data:` source is base64 inside JSON: four bytes for three, and room for the rest of the request. */
const BASE64_GROWTH = 4 / 3;
const ENVELOPE_BYTES = 65_536;
/** The SDK refuses tokens without an expiry; keys here live until they are revoked. */
const TOKEN_SECONDS = 3_600;

/**
 * Names a session in the first answer to a 2025 client, which repeats the name from then on: its
 * cancellations can be told from those of other clients. Later generations send their version at once.
 */
function withSession({ method, headers }: Request, response: Response): Response {
  const first = method === 'POST' && !headers.has('mcp-protocol-version') && !headers.has(SESSION_HEADER);
  if (first && response.status === 200) response.headers.set(SESSION_HEADER, randomUUID());
  return response;
}

/** MCP Streamable HTTP at `/mcp`, stateless, both protocol generations. */
export function mountMcp(app: HttpApp, services: HttpServices): McpHttpHandler {
  const handler = createMcpHandler(services.mcp, {
    maxRequestBodySize: Math.ceil(maxFileBytes(services.config) * BASE64_GROWTH) + ENVELOPE_BYTES,
    onerror: (error) => services.log.warn({ err: error }, 'mcp'),
  });
  app.all(MCP_PATH, async (context) => {
    try {
      const principal = await admit(context, 'key', services);
      const authInfo: AuthInfo = {
        token: presentedToken(context.req.raw.headers) ?? '',
        clientId: principal.id,
        scopes: [],
        expiresAt: Math.floor(Date.now() / 1_000) + TOKEN_SECONDS,
      };
      return withSession(context.req.raw, await handler.fetch(context.req.raw, { authInfo }));
    } catch (error) {
      return errorResponse(error);
    }
  });
  return handler;
}
