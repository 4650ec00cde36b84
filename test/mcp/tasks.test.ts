import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FakeDocument } from '../support/fake-pipeline.js';
import { type FakeServer, prose, startFake, textOf } from './support.js';

const TASKS = { extensions: { 'io.modelcontextprotocol/tasks': {} } };
const documents: Record<string, FakeDocument> = {
  short: { pages: 1, lines: () => ['The tower stands alone.'] },
  slow: { pages: 8, pace: 500, lines: prose },
};

let server: FakeServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const extract = (source: string, wait_seconds: number) => ({
  name: 'extract_document',
  arguments: { source, wait_seconds },
});

describe('a client that declares tasks', () => {
  it('gets a task for a slow document, and the document from the task', async () => {
    const { request } = startAndKeep();
    const { result: task } = await request('tools/call', extract('slow', 1), TASKS);
    expect(task).toMatchObject({ resultType: 'task', status: 'working', pollIntervalMs: expect.any(Number) });
    expect(task.result).toBeUndefined();

    const done = await vi.waitFor(async () => {
      const { result } = await request('tasks/get', { taskId: task.taskId }, TASKS);
      expect(result.status).toBe('completed');
      return result;
    }, 20_000);
    expect(textOf(done.result)).toContain('all 8 captains down');
    expect(textOf(done.result)).toMatch(/^next: none, this is the end/m);
  });

  it('can cancel it', async () => {
    const { request, jobs, pipeline } = startAndKeep();
    const { result: task } = await request('tools/call', extract('slow', 1), TASKS);
    await request('tasks/cancel', { taskId: task.taskId }, TASKS);
    expect((await request('tasks/get', { taskId: task.taskId }, TASKS)).result.status).toBe('cancelled');
    expect((await jobs.get(task.taskId, 'ann')).status).toBe('cancelled');
    expect(pipeline.running).toBe(0);
  });

  it('gets short documents, and job ids it asked for, without a task', async () => {
    const { request } = startAndKeep();
    const short = await request('tools/call', extract('short', 10), TASKS);
    expect(textOf(short.result)).toContain('The tower stands alone.');
    const unwaited = await request('tools/call', extract('slow', 0), TASKS);
    expect(textOf(unwaited.result)).toContain('next: get_job_status');
  });

  it('is told when there is no such task', async () => {
    const { request } = startAndKeep();
    const { error } = await request('tasks/get', { taskId: 'job_none' }, TASKS);
    expect(error?.message).toContain('Task not found');
  });
});

describe('a client that does not', () => {
  it('never meets a task', async () => {
    const { request } = startAndKeep();
    const { result } = await request('tools/call', extract('slow', 1));
    expect(result.resultType).not.toBe('task');
    expect(textOf(result)).toContain('next: get_job_status');
    const taskId = /job_\w+/.exec(textOf(result))?.[0] ?? '';
    expect((await request('tasks/get', { taskId })).error).toBeDefined();
  });
});

function startAndKeep(): FakeServer {
  server = startFake(documents);
  return server;
}
