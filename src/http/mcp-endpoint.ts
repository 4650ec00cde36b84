import { type AuthInfo, createMcpHandler, type McpHttpHandler } from '@modelcontextprotocol/server';
import { maxFileBytes } from '../config.js';
import { errorResponse } from './errors.js';
import { presentedToken } from './principal.js';
import { authenticate, type HttpApp } from './router.js';
import type { HttpServices } from './services.js';

/** A `data:` source is base64 inside JSON: four bytes for three, and room for the rest of the request. */
const BASE64_GROWTH = 4 / 3;
const ENVELOPE_BYTES = 65_536;
/** The SDK refuses tokens without an expiry; keys here live until they are revoked. */
const TOKEN_SECONDS = 3_600;

/** MCP Streamable HTTP at `/mcp`, stateless, both protocol generations. */
export function mountMcp(app: HttpApp, services: HttpServices): McpHttpHandler {
  const handler = createMcpHandler(services.mcp, {
    maxRequestBodySize: Math.ceil(maxFileBytes(services.config) * BASE64_GROWTH) + ENVELOPE_BYTES,
    onerror: (error) => services.log.warn({ err: error }, 'mcp'),
  });
  app.all('/mcp', async (context) => {
    try {
      const principal = await authenticate(context.req.raw.headers, false, services);
      const authInfo: AuthInfo = {
        token: presentedToken(context.req.raw.headers) ?? '',
        clientId: principal.id,
        scopes: [],
        expiresAt: Math.floor(Date.now() / 1_000) + TOKEN_SECONDS,
      };
      return await handler.fetch(context.req.raw, { authInfo });
    } catch (error) {
      return errorResponse(error);
    }
  });
  return handler;
}
