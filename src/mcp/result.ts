import type { CallToolResult, ContentBlock } from '@modelcontextprotocol/server';
import { type LegibleError, toLegibleError } from '../errors.js';
import type { Job, JobStatus } from '../jobs/job.js';
import { progressPhrase, shownName } from './summary.js';

/** The whole document, for clients that read resources. */
export interface DocumentLink {
  readonly jobId: string;
  readonly fileName: string;
  /** Some pages were recognised: a PDF with their words in place is worth having. */
  readonly searchable: boolean;
}

/** What a tool has to say, whatever the protocol's form of it. */
export type Answer =
  /** The work goes on; only for clients that declared the Tasks extension. */
  | { readonly kind: 'task'; readonly job: Job }
  | { readonly kind: 'text'; readonly text: string; readonly link?: DocumentLink }
  | { readonly kind: 'data'; readonly data: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'image';
      readonly text: string;
      readonly bytes: Uint8Array;
      readonly mediaType: string;
    };

export const documentUri = (jobId: string): string => `legible://jobs/${jobId}/document.md`;
export const searchableUri = (jobId: string): string => `legible://jobs/${jobId}/document.pdf`;

const text = (value: string): ContentBlock => ({ type: 'text', text: value });

/** The only place where answers become MCP JSON. Data goes out twice, as text and structured, word for word the same. */
export function toResult(answer: Answer): CallToolResult {
  switch (answer.kind) {
    case 'task':
      // The SDK's types do not know this result yet; it passes it through.
      return { resultType: 'task', ...toTask(answer.job) } as unknown as CallToolResult;
    case 'data':
      return { content: [text(JSON.stringify(answer.data))], structuredContent: { ...answer.data } };
    case 'image':
      return {
        content: [
          { type: 'image', data: Buffer.from(answer.bytes).toString('base64'), mimeType: answer.mediaType },
          text(answer.text),
        ],
      };
    case 'text':
      return { content: [text(answer.text), ...(answer.link ? resourceLinks(answer.link) : [])] };
  }
}

/** A tool error is a completed task with an error as its result; `failed` is for the protocol's own errors. */
const TASK_STATUS: Record<JobStatus, 'working' | 'completed' | 'cancelled'> = {
  queued: 'working',
  processing: 'working',
  done: 'completed',
  error: 'completed',
  cancelled: 'cancelled',
};
const TASK_POLL_MS = 2_000;
const DAY_MS = 86_400_000;

/** A job as the Tasks extension shows it, without its result. */
export const toTask = (job: Job) => ({
  taskId: job.id,
  status: TASK_STATUS[job.status],
  statusMessage: `${shownName(job)}: ${progressPhrase(job)}`,
  createdAt: new Date(job.createdAt).toISOString(),
  lastUpdatedAt: new Date(job.finishedAt ?? Date.now()).toISOString(),
  ttlMs: job.expiresAt === undefined ? DAY_MS : job.expiresAt - job.createdAt,
  pollIntervalMs: TASK_POLL_MS,
});

function resourceLinks({ jobId, fileName, searchable }: DocumentLink): ContentBlock[] {
  const name = fileName.replace(/\.[^.]+$/, '');
  const markdown: ContentBlock = {
    type: 'resource_link',
    uri: documentUri(jobId),
    name: `${name}.md`,
    description: 'The whole document as Markdown',
    mimeType: 'text/markdown',
  };
  if (!searchable) return [markdown];
  const pdf: ContentBlock = {
    type: 'resource_link',
    uri: searchableUri(jobId),
    name: `${name}.searchable.pdf`,
    description: 'The document as a PDF with its recognised words in place',
    mimeType: 'application/pdf',
  };
  return [markdown, pdf];
}

/** Any thrown value as a tool error that says its code, what went wrong and what to do. */
export function toErrorResult(error: unknown): CallToolResult {
  return { content: [text(errorText(toLegibleError(error)))], isError: true };
}

export const errorText = ({ code, message, hint, retryable, retryAfter }: LegibleError): string =>
  [
    `error ${code}: ${message}`,
    `next: ${hint}`,
    ...(retryAfter === undefined && retryable ? ['The same call can succeed later.'] : []),
  ].join('\n');
