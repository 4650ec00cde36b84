import * as z from 'zod';
import { LegibleError } from '../../errors.js';
import { ErrorBody } from '../errors.js';
import { defineRoute, type Route } from '../route.js';
import type { HttpServices } from '../services.js';

const Health = z.object({
  status: z.literal('ok'),
  version: z.string(),
  queue_depth: z.number().int(),
  processing: z.number().int(),
  jobs_processed: z.number().int(),
  pages_processed: z.number().int(),
  uptime: z.number().describe('Seconds.'),
});

/** For operators and load balancers. */
export const operationRoutes = (services: HttpServices): Route[] => [
  defineRoute({
    method: 'get',
    path: '/health',
    tag: 'System',
    summary: 'Health check',
    description: 'Server status, queue depth, jobs processed, uptime.',
    access: 'public',
    responses: { 200: { description: 'The server answers.', schema: Health } },
    async handle() {
      const stats = services.jobs.stats();
      return Response.json({
        status: 'ok',
        version: services.version,
        queue_depth: stats.queued,
        processing: stats.processing,
        jobs_processed: stats.jobsProcessed,
        pages_processed: stats.pagesProcessed,
        uptime: Math.round((Date.now() - services.startedAt) / 1_000),
      } satisfies z.infer<typeof Health>);
    },
  }),
  defineRoute({
    method: 'get',
    path: '/ready',
    tag: 'System',
    summary: 'Readiness check',
    access: 'public',
    responses: {
      200: { description: 'New jobs are taken.', schema: z.object({ ready: z.literal(true) }) },
      503: { description: 'The server is stopping.', schema: ErrorBody },
    },
    async handle() {
      if (!services.ready())
        throw new LegibleError(
          'shutting_down',
          'The server is stopping.',
          'Send new work to another instance.',
        );
      return Response.json({ ready: true });
    },
  }),
  defineRoute({
    method: 'get',
    path: '/metrics',
    tag: 'System',
    summary: 'Prometheus metrics',
    access: 'key',
    responses: {
      200: { description: 'Text exposition format.', contentType: 'text/plain', schema: z.string() },
    },
    async handle() {
      const { registry } = services.metrics;
      return new Response(await registry.metrics(), { headers: { 'Content-Type': registry.contentType } });
    },
  }),
];
