import type { McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';

/** What a person can pick from a host's menu. */
export function registerPrompts(server: McpServer): void {
  server.registerPrompt(
    'read_document',
    {
      title: 'Read a document',
      description: 'Reads a PDF or image with its evidence and answers a question about it.',
      argsSchema: z.object({
        source: z.string().max(4_096).describe('Absolute path or URL of the document'),
        question: z.string().max(4_096).optional().describe('What you want to know; a summary when left out'),
      }),
    },
    ({ source, question }) => ({
      messages: [
        {
          role: 'user',
          content: {
            type: 'text',
            text: [
              `Read ${source} with extract_document and ${question ? `answer this: ${question}` : 'summarise it'}.`,
              'Follow the "next:" lines until you have read what you need.',
              'Where pages have warnings or low confidence, look at the places that matter with view_page, and name the pages you rely on.',
            ].join(' '),
          },
        },
      ],
    }),
  );
}
