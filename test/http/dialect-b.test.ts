import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, documentForm, sleep, startServer, type TestServer } from './support.js';

// Written from the second dialect's published documentation alone.
let server: TestServer;
beforeAll(async () => {
  server = await startServer('--auth', 'static');
});
afterAll(() => server.close());

const ANN = 'ann-0123456789abcdef';
const BOB = 'bob-0123456789abcdef';
const api = (path: string, init: RequestInit = {}, key: string | undefined = ANN) =>
  call(server.url + path, {
    ...init,
    headers: { ...init.headers, ...(key && { Authorization: `Bearer ${key}` }) },
  });
const extract = async (name: string, ranges?: string, key?: string) =>
  api(
    '/v1/extract',
    { method: 'POST', body: await documentForm(name, ranges === undefined ? {} : { page_ranges: ranges }) },
    key,
  );

// biome-ignore lint/suspicious/noExplicitAny: a client of the documentation knows no types.
async function completed(id: string): Promise<any> {
  for (;;) {
    const response = await api(`/v1/jobs/${id}`);
    expect(response.status).toBe(200);
    const job = await response.json();
    if (job.status === 'completed' || job.status === 'failed') return job;
    expect(['pending', 'running']).toContain(job.status);
    await sleep(1_000);
  }
}

describe('upload, check status, fetch result', () => {
  it('answers in the documented shapes', async () => {
    const response = await extract('report.pdf', '[{"start":1,"end":5}]');
    expect(response.status).toBe(200);
    const created = await response.json();
    expect(created).toEqual({
      id: expect.stringMatching(/^job_/),
      status: 'pending',
      page_count: 0,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    const job = await completed(created.id);
    expect(job).toEqual({ ...created, status: 'completed', page_count: 2, pages_completed: 2 });

    const result = async (query: string) => (await api(`/v1/jobs/${created.id}/result${query}`)).json();
    const markdown = await result('?format=markdown');
    expect(markdown).toEqual({
      job_id: created.id,
      format: 'markdown',
      page_count: 2,
      content: expect.any(String),
    });
    expect(markdown.content).toContain('## 2. Results');
    const kept = await result('?format=markdown&running_heads=keep');
    expect([markdown.content, kept.content].map((content) => content.includes('Harbour Office •'))).toEqual([
      false,
      true,
    ]);
    const text = await result('?format=text');
    expect(text).toMatchObject({ format: 'text', content: expect.stringContaining('2. Results') });
    expect(text.content).not.toContain('## 2.');
    const json = await result('');
    expect(json).toMatchObject({ format: 'json', content: { page_count: 2 } });
  });

  it('reads only the pages that were asked for', async () => {
    const { id } = await (await extract('report.pdf', '[{"start":2,"end":2}]')).json();
    expect(await completed(id)).toMatchObject({ status: 'completed', page_count: 1 });
    const { content } = await (await api(`/v1/jobs/${id}/result`)).json();
    expect(content.pages.map((page: { page: number }) => page.page)).toEqual([2]);
  });
});

describe('errors', () => {
  it.each([
    ['no key', undefined],
    ['the placeholder of the documentation', 'YOUR_API_KEY'],
  ])('401 for %s', async (_, key) => {
    for (const path of ['/v1/jobs/job_x', '/v1/jobs/job_x/result']) {
      const response = await call(
        server.url + path,
        key ? { headers: { Authorization: `Bearer ${key}` } } : {},
      );
      expect(response.status).toBe(401);
      expect((await response.json()).error.code).toBe('unauthorized');
    }
  });

  it('404 for unknown jobs and for those of another key', async () => {
    const { id } = await (await extract('report.pdf')).json();
    for (const [job, key] of [
      ['job_unknown', ANN],
      [id, BOB],
    ]) {
      expect((await api(`/v1/jobs/${job}`, {}, key)).status).toBe(404);
      expect((await api(`/v1/jobs/${job}/result`, {}, key)).status).toBe(404);
      expect((await api(`/api/jobs/${job}`, { method: 'DELETE' }, key)).status).toBe(404);
    }
  });

  it('429 with Retry-After for polling twice within a second', async () => {
    const { id } = await (await extract('report.pdf')).json();
    expect((await api(`/v1/jobs/${id}`)).status).toBe(200);
    const hasty = await api(`/v1/jobs/${id}`);
    expect(hasty.status).toBe(429);
    const seconds = Number(hasty.headers.get('retry-after'));
    expect(seconds).toBeGreaterThanOrEqual(1);
    await sleep(seconds * 1_000 + 50);
    expect((await api(`/v1/jobs/${id}`)).status).toBe(200);
  });

  it('409 for a result that is asked for too early', async () => {
    const { id } = await (await extract('scan.pdf')).json();
    const response = await api(`/v1/jobs/${id}/result`);
    expect(response.status).toBe(409);
    expect((await response.json()).error).toMatchObject({
      code: 'job_not_ready',
      hint: expect.stringContaining(`/v1/jobs/${id}`),
    });
    await completed(id);
  });

  it('409 for the result of a job that failed, which says why', async () => {
    const { id } = await (await extract('encrypted-aes.pdf')).json();
    expect(await completed(id)).toMatchObject({ status: 'failed', error: { code: 'encrypted_pdf' } });
    const response = await api(`/v1/jobs/${id}/result`);
    expect(response.status).toBe(409);
    expect((await response.json()).error.hint).toContain('password');
    const body = await documentForm('encrypted-aes.pdf', { password: 'open sesame' });
    const again = await (await api('/v1/extract', { method: 'POST', body })).json();
    expect(await completed(again.id)).toMatchObject({ status: 'completed' });
  });

  it.each([
    ['400', 'a body that is no form', { body: '{}', headers: { 'Content-Type': 'application/json' } }],
    ['400', 'a form without a file', { body: new FormData() }],
    ['413', 'a file of 20 MB and 1 byte', { body: formOf(new Uint8Array(20_000_001)) }],
    ['415', 'a file of an unknown kind', { body: formOf(new TextEncoder().encode('hello')) }],
  ])('%s for %s', async (status, _, init) => {
    const response = await api('/v1/extract', { method: 'POST', ...(init as RequestInit) });
    expect(String(response.status)).toBe(status);
    expect((await response.json()).error.hint).not.toBe('');
  });

  it.each(['nonsense', '{"start":1}', '[]', '[{"start":0,"end":1}]', '[{"start":3,"end":1}]'])(
    '422 for page_ranges %s',
    async (ranges) => {
      const response = await extract('report.pdf', ranges);
      expect(response.status).toBe(422);
      expect((await response.json()).error.message).toContain('page_ranges');
    },
  );

  it('422 for an unknown format', async () => {
    const { id } = await (await extract('report.pdf')).json();
    expect((await api(`/v1/jobs/${id}/result?format=docx`)).status).toBe(422);
  });
});

function formOf(bytes: Uint8Array): FormData {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), 'document.pdf');
  return form;
}
