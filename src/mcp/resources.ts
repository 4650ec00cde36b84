import { type McpServer, ResourceNotFoundError, ResourceTemplate } from '@modelcontextprotocol/server';
import { LegibleError } from '../errors.js';
import type { JobService } from '../jobs/api.js';
import { documentUri } from './result.js';

const MARKDOWN = 'text/markdown';
/** Documents offered to a client's list or completion; list_jobs shows the rest. */
const LISTED = 100;

/** `legible://jobs/{job_id}/document.md`: a whole document, for clients that read resources. */
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
    async (uri, { job_id }) => {
      try {
        const service = await jobs();
        const request = { format: 'markdown' as const, maxChars: Number.MAX_SAFE_INTEGER };
        const { content } = await service.read(String(job_id), owner, request);
        return { contents: [{ uri: uri.href, mimeType: MARKDOWN, text: content }] };
      } catch (error) {
        if (error instanceof LegibleError && error.code === 'job_not_found')
          throw new ResourceNotFoundError(uri.href);
        throw error;
      }
    },
  );
}
