import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, documentForm, sleep, startServer, type TestServer } from './support.js';

// Written from the first dialect's published documentation alone.
let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const api = (path: string, init?: RequestInit) => call(server.url + path, init);
const submit = async (name: string, query = '') =>
  api(`/api/ocr${query}`, { method: 'POST', body: await documentForm(name) });

// biome-ignore lint/suspicious/noExplicitAny: a client of the documentation knows no types.
async function finished(jobId: string): Promise<any> {
  for (;;) {
    const job = await (await api(`/api/jobs/${jobId}`)).json();
    if (job.status === 'done' || job.status === 'error') return job;
    expect(['queued', 'processing']).toContain(job.status);
    await sleep(100);
  }
}

describe('quick start', () => {
  it('submits, polls and reads result_md and result_json', async () => {
    const created = await submit('report.pdf');
    expect(created.status).toBe(201);
    const { job_id, status } = await created.json();
    expect(['queued', 'processing', 'done']).toContain(status);
    const job = await finished(job_id);
    expect(job.status).toBe('done');
    expect(job.result_md).toContain('# Water Quality in the Old Harbour');
    expect(job.result_json.pages[0].blocks).toContainEqual(
      expect.objectContaining({ type: 'heading', level: 1, text: 'Water Quality in the Old Harbour' }),
    );
    expect(job.result_md).not.toContain('Harbour Office •');
    const kept = await (await api(`/api/jobs/${job_id}?running_heads=keep`)).json();
    expect(kept.result_md).toContain('Harbour Office •');
    expect(job.elapsed).toBeGreaterThan(0);
    expect(job).toMatchObject({
      job_id,
      filename: 'report.pdf',
      page_count: 2,
      pages_completed: 2,
      error: null,
    });
  });

  it('reads a scan with a language hint', async () => {
    const { job_id } = await (await submit('screenshot.png', '?language=english&format=json')).json();
    const job = await finished(job_id);
    expect(job.status).toBe('done');
    expect(job.result_json.pages[0]).toMatchObject({ source: 'ocr', language: 'eng' });
  });
});

describe('POST /api/ocr', () => {
  it.each([
    ['no file', () => new FormData()],
    ['a file of 20 MB and 1 byte', () => formOf(new Uint8Array(20_000_001).fill(0x25))],
    ['a file that is no document', () => formOf(new TextEncoder().encode('hello'))],
    ['an empty file', () => formOf(new Uint8Array())],
  ])('answers 422 to %s', async (_, body) => {
    const response = await api('/api/ocr', { method: 'POST', body: body() });
    expect(response.status).toBe(422);
    const { error, detail } = await response.json();
    expect(error.message.length * error.hint.length).toBeGreaterThan(0);
    expect(detail).toBe(`${error.message} ${error.hint}`);
  });

  it.each(['?format=docx', '?format='])('answers 422 to %s', async (query) => {
    expect((await submit('report.pdf', query)).status).toBe(422);
  });

  it('makes a job of a file that cannot be opened, and the job says why', async () => {
    const { job_id } = await (await submit('encrypted-aes.pdf')).json();
    expect(await finished(job_id)).toMatchObject({
      status: 'error',
      error: expect.stringMatching(/password/),
      error_code: 'encrypted_pdf',
    });
  });

  it('opens an encrypted PDF with the password beside the file', async () => {
    const body = await documentForm('encrypted-aes.pdf', { password: 'open sesame' });
    const { job_id } = await (await api('/api/ocr', { method: 'POST', body })).json();
    expect(await finished(job_id)).toMatchObject({ status: 'done', error: null, error_code: null });
  });

  it('answers 422 to a language that is none', async () => {
    const response = await submit('report.pdf', '?language=klingon');
    expect(response.status).toBe(422);
    expect((await response.json()).detail).toContain('"klingon" is not a language');
  });
});

function formOf(bytes: Uint8Array): FormData {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), 'document.pdf');
  return form;
}

describe('jobs', () => {
  it('lists summaries without results, newest first, by limit and offset', async () => {
    const first = (await (await submit('report.pdf')).json()).job_id;
    await sleep(5);
    const second = (await (await submit('tables.pdf')).json()).job_id;
    const { jobs } = await (await api('/api/jobs?limit=2')).json();
    expect(jobs.map((job: { job_id: string }) => job.job_id)).toEqual([second, first]);
    expect(jobs[0]).not.toHaveProperty('result_md');
    const next = await (await api('/api/jobs?limit=1&offset=1')).json();
    expect(next.jobs[0].job_id).toBe(first);
    for (const query of ['?limit=0', '?limit=101', '?offset=-1'])
      expect((await api(`/api/jobs${query}`)).status).toBe(422);
  });

  it('deletes a job for good', async () => {
    const { job_id } = await (await submit('report.pdf')).json();
    await finished(job_id);
    const deleted = await api(`/api/jobs/${job_id}`, { method: 'DELETE' });
    expect(deleted.status).toBe(204);
    expect(await deleted.text()).toBe('');
    expect((await api(`/api/jobs/${job_id}`)).status).toBe(404);
    expect((await api(`/api/jobs/${job_id}`, { method: 'DELETE' })).status).toBe(404);
    expect((await api(`/api/jobs/${'x'.repeat(500)}`)).status).toBe(404);
  });
});

describe('POST /ocr', () => {
  it('answers with the Markdown itself', async () => {
    const response = await api('/ocr', { method: 'POST', body: await documentForm('two-columns.pdf') });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/text\/markdown/);
    expect(await response.text()).toMatch(/^# /m);
  });

  it('answers with JSON when asked', async () => {
    const response = await api('/ocr?format=json', {
      method: 'POST',
      body: await documentForm('report.pdf'),
    });
    expect(response.headers.get('content-type')).toBe('application/json');
    expect((await response.json()).page_count).toBe(2);
  });

  it('says why a document cannot be read', async () => {
    const response = await api('/ocr', { method: 'POST', body: await documentForm('encrypted-aes.pdf') });
    expect(response.status).toBe(422);
    expect((await response.json()).error.code).toBe('encrypted_pdf');
  });
});

describe('signup', () => {
  const signup = (email: unknown) =>
    api('/api/signup', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email }),
    });

  it('gives a key and 500 free pages, once an address', async () => {
    const response = await signup('you@company.com');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ api_key: expect.stringMatching(/^lgk_/), credits: 500 });
    expect((await signup('you@company.com')).status).toBe(409);
  });

  it.each(['nobody', '', 7, undefined])('answers 400 to %j', async (email) => {
    expect((await signup(email)).status).toBe(400);
  });
});

it('GET /health tells status, queue depth, jobs processed and uptime', async () => {
  const response = await api('/health');
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    status: 'ok',
    queue_depth: expect.any(Number),
    jobs_processed: expect.any(Number),
    uptime: expect.any(Number),
  });
});

it('GET /metrics counts pages and seconds by source', async () => {
  const text = await (await api('/metrics')).text();
  expect(Number(/legible_source_pages_total\{source="text_layer"\} (\d+)/.exec(text)?.[1])).toBeGreaterThan(
    0,
  );
  expect(
    Number(/legible_source_page_seconds_total\{source="ocr"\} ([\d.]+)/.exec(text)?.[1]),
  ).toBeGreaterThan(0);
});
