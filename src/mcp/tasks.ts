import {
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  type McpServer,
  MissingRequiredClientCapabilityError,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import { LegibleError } from '../errors.js';
import type { JobService } from '../jobs/api.js';
import { isFinal, type Job } from '../jobs/job.js';
import { finishedAnswer } from './reading.js';
import { toErrorResult, toResult, toTask } from './result.js';

/**
 * The Tasks extension (SEP-2663) for clients that declare it: a document that takes longer than the
 * call waits goes on as a task. A task is a job under another name, so both ways see the same work.
 */
const EXTENSION = 'io.modelcontextprotocol/tasks';

/** Capabilities travel with each request of protocol 2026-07-28; older clients cannot declare the extension. */
export function takesTasks(call: ServerContext): boolean {
  const envelope = call.mcpReq.envelope as Record<string, unknown> | undefined;
  const capabilities = envelope?.[CLIENT_CAPABILITIES_META_KEY] as ClientCapabilities | undefined;
  return capabilities?.extensions?.[EXTENSION] !== undefined;
}

export function registerTasks(server: McpServer, jobs: () => Promise<JobService>, owner: string): void {
  server.server.registerCapabilities({ extensions: { [EXTENSION]: {} } });
  const schemas = { params: z.looseObject({ taskId: z.string().max(64) }), result: z.looseObject({}) };

  const find = async (taskId: string, call: ServerContext): Promise<Job> => {
    if (!takesTasks(call))
      throw new MissingRequiredClientCapabilityError({
        requiredCapabilities: { extensions: { [EXTENSION]: {} } },
      });
    try {
      return await (await jobs()).get(taskId, owner);
    } catch (error) {
      if (error instanceof LegibleError && error.code === 'job_not_found')
        throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Task not found: ${taskId}`);
      throw error;
    }
  };

  server.server.setRequestHandler('tasks/get', schemas, async ({ taskId }, call) => {
    const job = await find(taskId, call);
    if (!isFinal(job.status) || job.status === 'cancelled') return toTask(job);
    const result = await finishedAnswer(await jobs(), owner, job, { format: 'markdown' }).then(
      toResult,
      toErrorResult,
    );
    return { ...toTask(job), result };
  });
  server.server.setRequestHandler('tasks/cancel', schemas, async ({ taskId }, call) => {
    const job = await find(taskId, call);
    await (await jobs()).cancel(job.id, owner);
    return {};
  });
  // No task ever asks for input.
  server.server.setRequestHandler('tasks/update', schemas, async ({ taskId }, call) => {
    await find(taskId, call);
    return {};
  });
}
