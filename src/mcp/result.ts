import type { CallToolResult, ContentBlock } from '@modelcontextprotocol/server';
import { type LegibleError, toLegibleError } from '../errors.js';

/** The whole document, for clients that read resources. */
export interface DocumentLink {
  readonly jobId: string;
  readonly fileName: string;
}

/** What a tool has to say, whatever the protocol's form of it. */
export type Answer =
  | { readonly kind: 'text'; readonly text: string; readonly link?: DocumentLink }
  | { readonly kind: 'data'; readonly data: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'image';
      readonly text: string;
      readonly bytes: Uint8Array;
      readonly mediaType: string;
    };

export const documentUri = (jobId: string): string => `legible://jobs/${jobId}/document.md`;

const text = (value: string): ContentBlock => ({ type: 'text', text: value });

/** The only place where answers become MCP JSON. Data goes out twice, as text and structured, word for word the same. */
export function toResult(answer: Answer): CallToolResult {
  switch (answer.kind) {
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
      return { content: [text(answer.text), ...(answer.link ? [resourceLink(answer.link)] : [])] };
  }
}

const resourceLink = ({ jobId, fileName }: DocumentLink): ContentBlock => ({
  type: 'resource_link',
  uri: documentUri(jobId),
  name: `${fileName.replace(/\.[^.]+$/, '')}.md`,
  description: 'The whole document as Markdown',
  mimeType: 'text/markdown',
});

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
