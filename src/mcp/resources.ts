import { type McpServer, ResourceNotFoundError, ResourceTemplate } from '@modelcontextprotocol/server';
import { LegibleError } from '../errors.js';
import type { JobService } from '../jobs/api.js';
import { documentUri } from './result.js';

const MARKDOWN = 'text/markdown';
const PDF = 'application/pdf';
/** Documents offered to a client's list or completion; list_jobs shows the rest. */
const LISTED = 100;

/** Longest part of a document in one answer: clients end connections that bring 10 MB in one message. */
export const PART_CHARS = 2_000_000;

const partUri = (jobId: string, cursor: string): string => `${documentUri(jobId)}?cursor=${cursor}`;

/** `legible://jobs/{job_id}/document.md` and `.pdf`: a whole document, for clients that read resources. */
export function registerResources(server: McpServer, jobs: () => Promise<JobService>, owner: string): void {
  const finished = async () =>
    (await (await jobs()).list({ owner, limit: LISTED, offset: 0, status: 'done' })).jobs;
  const readPart = (uri: URL, jobId: string, cursor?: string) =>
    found(uri, async () => {
      const request = { format: 'markdown' as const, maxChars: PART_CHARS, ...(cursor && { cursor }) };
      const { content, nextCursor } = await (await jobs()).read(jobId, owner, request);
      const more = nextCursor ? `\n\n<!-- continued in ${partUri(jobId, nextCursor)} -->` : '';
      return { mimeType: MARKDOWN, text: content + more };
    });
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
      description:
        'The text of a job as Markdown; of a running job, its finished pages. Beyond two million characters it comes in parts.',
      mimeType: MARKDOWN,
    },
    (uri, { job_id }) => readPart(uri, String(job_id)),
  );
  server.registerResource(
    'document-part',
    new ResourceTemplate('legible://jobs/{job_id}/document.md?cursor={cursor}', { list: undefined }),
    {
      title: 'Extracted document, continued',
      description:
        'What follows in a document that is too long for one reading; the end of each part names the next.',
      mimeType: MARKDOWN,
    },
    (uri, { job_id, cursor }) => readPart(uri, String(job_id), String(cursor)),
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
