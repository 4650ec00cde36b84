import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type * as z from 'zod';
import type { Upload } from '../jobs/uploads/receive.js';
import type { Principal } from './principal.js';

export type HttpContext = Context<{ Bindings: HttpBindings; Variables: { requestId: string } }>;

/** A JSON body, a multipart one with exactly one file part, or a file that the handler itself takes off the request. */
export type RequestBody =
  | { readonly kind: 'json'; readonly schema: z.ZodType }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'multipart'; readonly fields: z.ZodObject; readonly file: string };

export interface ResponseDoc {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Default `application/json`. */
  readonly contentType?: string;
}

/** What a handler gets: everything parsed and checked. */
export interface RouteInput<Params, Query, Body> {
  readonly context: HttpContext;
  readonly principal: Principal;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Set for multipart routes; the file lives until the handler has returned. */
  readonly upload: Upload;
}

/**
 * One endpoint as a value: the router, `/openapi.json` and the page's documentation are all made
 * from it. Paths use OpenAPI's `{name}` form.
 */
export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** `public` routes work without a key in every mode. */
  readonly access: 'public' | 'key';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: RequestBody;
  readonly responses: Readonly<Record<number, ResponseDoc>>;
  /** Status of a request whose shape is wrong (a missing part, a bad parameter); default 422. */
  readonly invalidStatus?: 400 | 422;
  /** Statuses that this dialect does not know, and what it says instead. */
  readonly statusMap?: Readonly<Record<number, number>>;
  // biome-ignore lint/suspicious/noExplicitAny: the schemas above type each handler where it is defined.
  readonly handle: (input: RouteInput<any, any, any>) => Promise<Response>;
}

type Parsed<Schema> = Schema extends z.ZodType ? z.infer<Schema> : undefined;
type BodyOf<Body> = Body extends { kind: 'json'; schema: infer S }
  ? Parsed<S>
  : Body extends { kind: 'multipart'; fields: infer F }
    ? Parsed<F>
    : undefined;

/** Types the handler by the schemas beside it. */
export function defineRoute<
  const Params extends z.ZodObject | undefined = undefined,
  const Query extends z.ZodObject | undefined = undefined,
  const Body extends RequestBody | undefined = undefined,
>(
  route: Omit<Route, 'params' | 'query' | 'body' | 'handle'> & {
    params?: Params;
    query?: Query;
    body?: Body;
    handle: (input: RouteInput<Parsed<Params>, Parsed<Query>, BodyOf<Body>>) => Promise<Response>;
  },
): Route {
  return route as Route;
}
