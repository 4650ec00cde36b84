import { type McpServer, ResourceNotFoundError, ResourceTemplate } from '@modelcontextprotocol/server';
import { LegibleError } from '../errors.js';
import type { JobService } from '../jobs/api.js';
import { documentUri } from './result.js';

const MARKDOWN = 'text/markdown';
const PDF = 'application/pdf';
/** Documents offered to a client's list or completion; list_jobs shows the rest. */
const LISTED = 100;

/** `legible://jobs/{job_id}/document.md` and `.pdf`: a whole document, for clients that read resources. */
export function registerResources(server: McpServer, jobs: () => Promise<JobService>, owner: string): void {
  const finished = async () =>
    (await (await jobs()).list({ owner, limit: LISTED, offset: 0, status: 'done' })).jobs;
  const template = new ResourceTemplate('legible://jobs/{job_id}/document.md', {
    list: async () => ({
      resources: (await finished()).map((job) => ({
        uri: documentUri(job.id),
        name: `${job.fileName} (${job.id})`,
        mimeType: MARKDOWN,
      })),
    }),
    complete: {
      job_id: async (start) => (await finished()).map((job) => job.id).filter((id) => id.startsWith(start)),
    },
  });
  server.registerResource(
    'document',
    template,
    {
      title: 'Extracted document',
      description: 'The whole text of a job as Markdown; of a running job, its finished pages.',
      mimeType: MARKDOWN,
    },
    (uri, { job_id }) =>
      found(uri, async () => {
        const request = { format: 'markdown' as const, maxChars: Number.MAX_SAFE_INTEGER };
        const { content } = await (await jobs()).read(String(job_id), owner, request);
        return { mimeType: MARKDOWN, text: content };
      }),
  );
  server.registerResource(
    'searchable',
    new ResourceTemplate('legible://jobs/{job_id}/document.pdf', { list: undefined }),
    {
      title: 'Searchable PDF',
      description: 'The document of a finished job as a PDF whose recognised words can be found and copied.',
      mimeType: PDF,
    },
    (uri, { job_id }) =>
      found(uri, async () => {
        const bytes = await (await jobs()).searchablePdf(String(job_id), owner);
        return { mimeType: PDF, blob: Buffer.from(bytes).toString('base64') };
      }),
  );
}

type Content = { mimeType: string; text: string } | { mimeType: string; blob: string };

/** A job that is not there is a resource that is not there. */
async function found(uri: URL, read: () => Promise<Content>) {
  try {
    return { contents: [{ uri: uri.href, ...(await read()) }] };
  } catch (error) {
    if (error instanceof LegibleError && error.code === 'job_not_found')
      throw new ResourceNotFoundError(uri.href);
    throw error;
  }
}
