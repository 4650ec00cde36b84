import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import * as z from 'zod';
import { LegibleError } from '../errors.js';
import { ErrorBody } from './errors.js';
import { defineRoute, type Route } from './route.js';
import type { HttpServices } from './services.js';

const Ticket = z.object({
  reference: z.string().describe('What extract_document takes as its source, once the file is there.'),
  url: z.string().describe('Send the file here with one PUT: curl -T FILE URL'),
  expires_at: z.string(),
});
const Received = z.object({ reference: z.string(), bytes: z.number().int(), sha256: z.string() });

/** Uploads for agents that have a shell but whose files this server cannot reach. */
export const uploadRoutes = (services: HttpServices): Route[] => [
  defineRoute({
    method: 'post',
    path: '/uploads',
    tag: 'Uploads',
    summary: 'Ask for an upload',
    description: 'Gives an upload: reference and a one-time URL for `curl -T FILE URL`.',
    access: 'key',
    responses: { 201: { description: 'Send the file within 15 minutes.', schema: Ticket } },
    async handle({ principal, context }) {
      const base = services.config.publicUrl ?? new URL(context.req.url).origin;
      const ticket = await services.uploads.create(principal.id, base);
      const body = {
        reference: ticket.reference,
        url: ticket.url,
        expires_at: new Date(ticket.expiresAt).toISOString(),
      };
      return Response.json(body, { status: 201 });
    },
  }),
  defineRoute({
    method: 'put',
    path: '/uploads/{id}/{token}',
    tag: 'Uploads',
    summary: 'Send the file',
    description: 'The URL is the permission and works once.',
    access: 'public',
    params: z.object({ id: z.string().max(64), token: z.string().max(64) }),
    query: z.object({ name: z.string().max(255).default('upload').describe('Display name.') }),
    body: { kind: 'file', file: 'PDF or image.' },
    responses: {
      201: { description: 'Received.', schema: Received },
      404: { description: 'Unknown, expired or used.', schema: ErrorBody },
      413: { description: 'Too large.', schema: ErrorBody },
    },
    async handle({ params, query, context }) {
      const body = context.req.raw.body;
      if (!body)
        throw new LegibleError(
          'empty_file',
          'The request has no body.',
          'Send the file with `curl -T FILE URL`.',
        );
      const upload = await services.uploads.receive(
        params.id,
        params.token,
        Readable.fromWeb(body as ReadableStream),
        query.name,
        context.req.raw.signal,
      );
      const received = { reference: `upload:${params.id}`, bytes: upload.bytes, sha256: upload.sha256 };
      return Response.json(received, { status: 201 });
    },
  }),
];
