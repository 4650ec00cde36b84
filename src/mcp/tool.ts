import type { ToolAnnotations } from '@modelcontextprotocol/server';
import type { Logger } from 'pino';
import type * as z from 'zod';
import type { Config } from '../config.js';
import type { JobService } from '../jobs/api.js';
import type { UploadTicket } from '../jobs/uploads/tickets.js';
import type { Answer } from './result.js';

/** What the tools stand on; made once a process. */
export interface McpServices {
  /** Loads engines and store at the first call, so that a client is answered before that. */
  jobs(): Promise<JobService>;
  readonly config: Pick<Config, 'engine' | 'maxFileMb' | 'maxPages' | 'publicUrl'>;
  readonly log: Logger;
  /** Opens a way to send a file; `origin` is where the client reaches this server over HTTP. */
  newUpload?(owner: string, origin?: string): Promise<UploadTicket>;
}

/** One call of a tool. */
export interface ToolContext extends Omit<McpServices, 'jobs' | 'newUpload'> {
  readonly jobs: JobService;
  /** Whose jobs the call sees. */
  readonly owner: string;
  /**
   * Fires when the client cancels the call: by notification, over stdio also by going away, and in
   * protocol 2026-07-28 over HTTP by closing the stream. To 2025 clients over HTTP, a broken connection
   * is no cancellation.
   */
  readonly signal: AbortSignal;
  /** The client polls tasks by itself (Tasks extension). */
  readonly takesTasks: boolean;
  /** Tells a client that asked for it; `done` must grow from call to call. */
  progress(done: number, total: number, message: string): void;
  newUpload?(): Promise<UploadTicket>;
}

export interface Tool<Input extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  /** When to use it within the first 200 characters; hosts cut at 2 048. */
  readonly description: string;
  readonly input: Input;
  /**
   * Only for answers that are data. Tools that answer with a document's text have none: some hosts
   * show the model structured content alone, others text alone.
   */
  readonly output?: z.ZodObject;
  readonly annotations: Required<Omit<ToolAnnotations, 'title'>>;
  /** The answer holds a document's text and may be longer than hosts take by default. */
  readonly reads?: true;
  run(args: z.output<Input>, context: ToolContext): Promise<Answer>;
}

/** Keeps the argument types of `run` tied to `input`, then forgets them for the list of tools. */
export const defineTool = <Input extends z.ZodObject>(tool: Tool<Input>): Tool => tool as unknown as Tool;
