import { randomUUID } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import type * as z from 'zod';
import { LegibleError, toLegibleError } from '../errors.js';
import type { Upload } from '../jobs/uploads/receive.js';
import { errorResponse } from './errors.js';
import { receiveMultipart } from './multipart.js';
import { LOCAL_PRINCIPAL, type Principal, presentedToken } from './principal.js';
import type { HttpContext, Route } from './route.js';
import type { HttpServices } from './services.js';

export type HttpApp = Hono<{ Bindings: HttpBindings; Variables: { requestId: string } }>;

/** A request whose shape is wrong, as opposed to a document that cannot be used. */
class ShapeError extends LegibleError {}

const NO_UPLOAD = undefined as unknown as Upload;

/** Puts the routes on the app: authentication, rate, parsing, errors and logging are here and nowhere else. */
export function mountRoutes(app: HttpApp, routes: readonly Route[], services: HttpServices): void {
  for (const route of routes) {
    const path = route.path.replace(/\{(\w+)\}/g, ':$1');
    app.on(route.method.toUpperCase(), path, async (context) => {
      const requestId =
        context.req
          .header('x-request-id')
          ?.slice(0, 64)
          .replace(/[^\w.-]/g, '') || randomUUID();
      context.set('requestId', requestId);
      const started = performance.now();
      const response = await answer(route, context, services);
      const seconds = (performance.now() - started) / 1_000;
      services.metrics.request(route.path, route.method, response.status, seconds);
      services.log.info(
        { requestId, method: route.method, route: route.path, status: response.status, seconds },
        'request',
      );
      response.headers.set('X-Request-Id', requestId);
      return response;
    });
  }
}

async function answer(route: Route, context: HttpContext, services: HttpServices): Promise<Response> {
  let upload: Upload | undefined;
  try {
    const principal = await admit(context, route.access, services);
    const params = parse(route.params, context.req.param(), 'path parameter');
    const query = parse(route.query, context.req.query(), 'query parameter');
    let body: unknown;
    if (route.body?.kind === 'json') body = parse(route.body.schema, await readJson(context), 'field');
    else if (route.body?.kind === 'multipart') {
      const received = await receiveOne(context, services);
      upload = received.upload;
      body = parse(route.body.fields, received.fields, 'field');
    }
    return await route.handle({ context, principal, params, query, body, upload: upload ?? NO_UPLOAD });
  } catch (thrown) {
    const error = toLegibleError(thrown);
    services.metrics.error(error.code);
    if (error.code === 'internal')
      services.log.error({ requestId: context.get('requestId'), err: error.cause }, 'request failed');
    const status =
      error instanceof ShapeError
        ? (route.invalidStatus ?? 422)
        : (route.statusMap?.[error.status] ?? error.status);
    const extra = 'jobId' in error ? { job_id: error.jobId } : {};
    return errorResponse(error, { status, extra });
  } finally {
    await upload?.remove();
  }
}

/**
 * Who the request acts for; without a key, `public` routes act for nobody in particular. Requests are counted by key,
 * those without a valid one by the address that they come from: strangers take nothing from anybody else.
 * Errors: `unauthorized`, `rate_limited`.
 */
export async function admit(
  { env, req }: Pick<HttpContext, 'env' | 'req'>,
  access: Route['access'],
  { authenticator, limiter }: HttpServices,
): Promise<Principal> {
  // The app may be called without a socket.
  const address = (env as HttpBindings | undefined)?.incoming.socket.remoteAddress ?? '';
  if (!authenticator || access === 'public') {
    await limiter(address);
    return LOCAL_PRINCIPAL;
  }
  const principal = await authenticator
    .authenticate(presentedToken(req.raw.headers))
    .catch(async (refusal) => {
      await limiter(address);
      throw refusal;
    });
  await limiter(principal.id);
  return principal;
}

function parse(schema: z.ZodType | undefined, value: unknown, what: string): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0];
  const name = path.length ? `${what} "${path.join('.')}"` : what;
  throw new ShapeError(
    'invalid_argument',
    `The ${name} is not valid: ${message}.`,
    'See /openapi.json for what is allowed.',
  );
}

/** JSON bodies are small; a large one is no request of ours. */
const MAX_JSON_BYTES = 65_536;

async function readJson(context: HttpContext): Promise<unknown> {
  const declared = Number(context.req.header('content-length') ?? 0);
  const text = declared > MAX_JSON_BYTES ? '' : await context.req.text();
  try {
    if (text.length <= MAX_JSON_BYTES) return JSON.parse(text);
  } catch {
    // Falls through to the one answer for all of it.
  }
  throw new ShapeError(
    'invalid_argument',
    'The body is not JSON of a sensible size.',
    'Send a small JSON object.',
  );
}

async function receiveOne(context: HttpContext, services: HttpServices) {
  try {
    return await receiveMultipart(context.env.incoming, 'file', services.receive);
  } catch (thrown) {
    const error = toLegibleError(thrown);
    throw error.code === 'invalid_argument' ? new ShapeError(error.code, error.message, error.hint) : error;
  }
}
