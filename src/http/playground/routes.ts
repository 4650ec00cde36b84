import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { MAX_PAGE } from '../../pipeline/options.js';
import { pdfResponse } from '../dialects/shared.js';
import { ErrorBody } from '../errors.js';
import { defineRoute, type Route } from '../route.js';
import type { HttpApp } from '../router.js';
import type { HttpServices } from '../services.js';
import { ICON_SVG, PAGE_HTML } from './page.js';
import { STYLE_CSS } from './style.js';

const CLIENT = new URL('./client/', import.meta.url);

/** The page and its own assets; none comes from anywhere else. */
export function mountPlayground(app: HttpApp): void {
  app.get('/', (context) => context.html(PAGE_HTML));
  app.get('/assets/style.css', (context) =>
    context.body(STYLE_CSS, 200, { 'Content-Type': 'text/css; charset=utf-8' }),
  );
  app.get('/assets/icon.svg', (context) => context.body(ICON_SVG, 200, { 'Content-Type': 'image/svg+xml' }));
  for (const name of readdirSync(CLIENT).filter((file) => file.endsWith('.js'))) {
    const script = readFileSync(new URL(name, CLIENT), 'utf8');
    app.get(`/assets/${name}`, (context) =>
      context.body(script, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
    );
  }
}

const MAX_VIEW_DPI = 300;

/** What the page needs beyond the two dialects; open to any client. */
export const pageRoutes = (services: HttpServices): Route[] => [
  defineRoute({
    method: 'get',
    path: '/api/jobs/{job_id}/pages/{page}/image',
    tag: 'Jobs',
    summary: 'Look at a page',
    description: 'The upright page as an image, to check a doubtful word. Works while the job runs.',
    access: 'key',
    params: z.object({ job_id: z.string(), page: z.coerce.number().int().min(1).max(MAX_PAGE) }),
    query: z.object({ dpi: z.coerce.number().int().min(18).max(MAX_VIEW_DPI).default(96) }),
    responses: {
      200: { description: 'The image.', contentType: 'image/png', schema: z.string() },
      404: { description: 'Job not found.', schema: ErrorBody },
      422: { description: 'No such page.', schema: ErrorBody },
    },
    async handle({ params, query, principal }) {
      const image = await services.jobs.viewPage(params.job_id, principal.id, params.page, {
        dpi: query.dpi,
      });
      return new Response(new Uint8Array(image.bytes), { headers: { 'Content-Type': image.mediaType } });
    },
  }),
  defineRoute({
    method: 'get',
    path: '/api/jobs/{job_id}/searchable.pdf',
    tag: 'Jobs',
    summary: 'Fetch a searchable PDF',
    description:
      'The document with its recognised words invisibly in place; pages with honest text are untouched.',
    access: 'key',
    params: z.object({ job_id: z.string() }),
    responses: {
      200: { description: 'The PDF.', contentType: 'application/pdf', schema: z.string() },
      404: { description: 'Job not found.', schema: ErrorBody },
      409: { description: 'The job still runs.', schema: ErrorBody },
    },
    async handle({ params, principal }) {
      return pdfResponse(await services.jobs.searchablePdf(params.job_id, principal.id));
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/jobs/{job_id}/cancel',
    tag: 'Jobs',
    summary: 'Cancel a job',
    description: 'The work has stopped when this answers; finished pages stay readable.',
    access: 'key',
    params: z.object({ job_id: z.string() }),
    responses: {
      200: {
        description: 'Cancelled, or final already.',
        schema: z.object({ job_id: z.string(), status: z.string() }),
      },
      404: { description: 'Job not found.', schema: ErrorBody },
    },
    async handle({ params, principal }) {
      const job = await services.jobs.cancel(params.job_id, principal.id);
      return Response.json({ job_id: job.id, status: job.status });
    },
  }),
];
