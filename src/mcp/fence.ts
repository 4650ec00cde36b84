import { randomBytes } from 'node:crypto';

/**
 * A document's text between two lines that it cannot contain: the mark is drawn anew for each answer.
 * What a document says can so be told from what the tool says.
 */
export function fence(content: string): string {
  const mark = randomBytes(6).toString('hex');
  return `<document-${mark}>\n${content}\n</document-${mark}>`;
}
