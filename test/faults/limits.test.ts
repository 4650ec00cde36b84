import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { call, startServer, type TestServer } from '../http/support.js';
import * as hostile from '../support/hostile.js';
import { buildPdf, textAt } from '../support/pdf-writer.js';

/** Each limit as an operator sets it, and the error that a client gets for it. */

let server: TestServer;
afterEach(() => server.close());

const send = (bytes: Uint8Array, path = '/api/ocr') => {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), 'document.pdf');
  return call(`${server.url}${path}`, { method: 'POST', body: form });
};
/** The final state of a document's job, as the second dialect tells it. */
async function outcome(bytes: Uint8Array): Promise<{ id: string; status: string; error?: { code: string } }> {
  const { id } = await (await send(bytes, '/v1/extract')).json();
  return vi.waitFor(
    async () => {
      const job = await (await call(`${server.url}/v1/jobs/${id}`)).json();
      if (!['completed', 'failed'].includes(job.status)) throw new Error(job.status ?? 'polled too soon');
      return job;
    },
    { timeout: 50_000, interval: 1_050 },
  );
}
const text = (page: string) => textAt(60, 700, page);
const small = () => buildPdf({ pages: [{ content: text('A small document.') }] });
/** One page whose picture of 81 megapixels takes 243 MB, and one of text. */
const largePicture = () =>
  buildPdf({
    pages: [{ content: 'q 612 0 0 792 0 0 cm /Im0 Do Q' }, { content: text('The page behind it.') }],
    resources: (writer) => {
      const image = writer.stream(
        '/Type /XObject /Subtype /Image /Width 9000 /Height 9000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode',
        deflateSync(Buffer.alloc(243_000_000, 200), { level: 1 }),
      );
      return `/XObject << /Im0 ${image} 0 R >>`;
    },
  });
const slow = () => hostile.operatorBomb(4_000_000);

describe('limits', () => {
  it.each([
    ['--max-pages', '2', () => hostile.manyPages(3), 'too_many_pages'],
    ['--max-megapixels', '1', () => hostile.pngOf(2_000, 2_000), 'page_too_large'],
    ['--page-timeout', '1', slow, 'page_timeout'],
    ['--job-timeout', '1', slow, 'job_timeout'],
    ['--max-result-mb', '0.0001', small, 'result_too_large'],
  ])('%s %s', async (flag, value, make, code) => {
    server = await startServer('--ephemeral', flag, value);
    expect(await outcome(make())).toMatchObject({ status: 'failed', error: { code } });
  });

  it('--max-worker-mb: a page that needs more costs that page only', async () => {
    server = await startServer('--ephemeral', '--max-worker-mb', '128');
    const job = await outcome(largePicture());
    expect(job).toMatchObject({ status: 'completed' });
    const { content } = await (await call(`${server.url}/v1/jobs/${job.id}/result`)).json();
    expect(content.pages).toMatchObject([
      { source: 'failed', error: { code: 'page_out_of_memory' } },
      { source: 'text_layer', confidence: 100 },
    ]);
  });

  it('--max-file-mb', async () => {
    server = await startServer('--ephemeral', '--max-file-mb', '0.01');
    const response = await send(Buffer.alloc(10_001, '%PDF-1.4 '), '/v1/extract');
    expect(response.status).toBe(413);
    expect((await response.json()).error.code).toBe('file_too_large');
    expect((await send(small(), '/v1/extract')).status).toBe(200);
  });

  it('--max-queue: says when to come back', async () => {
    server = await startServer('--ephemeral', '--max-jobs', '1', '--max-queue', '0');
    await send(slow());
    const response = await send(small());
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await response.json()).error).toMatchObject({ code: 'queue_full', retryable: true });
  });

  it('--max-uploads: counts forms and files sent to an upload URL alike', async () => {
    server = await startServer('--ephemeral', '--max-uploads', '1');
    const ticket = await (await call(`${server.url}/uploads`, { method: 'POST' })).json();
    const put = () => call(ticket.url, { method: 'PUT', body: new Uint8Array(small()) });
    const arriving = request(`${server.url}/api/ocr`, {
      method: 'POST',
      headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
    });
    arriving.on('error', () => undefined);
    arriving.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF');
    for (const refused of [() => send(small()), put]) {
      await vi.waitFor(async () => {
        const response = await refused();
        expect(response.status).toBe(503);
        expect((await response.json()).error).toMatchObject({ code: 'too_many_uploads', retryable: true });
      });
    }
    arriving.destroy();
    await vi.waitFor(async () => expect((await put()).status).toBe(201));
  });

  it('--sync-timeout: the synchronous call names the job, which goes on', async () => {
    server = await startServer('--ephemeral', '--sync-timeout', '1');
    const response = await send(slow(), '/ocr');
    expect(response.status).toBe(504);
    const { error, job_id } = await response.json();
    expect(error.code).toBe('sync_timeout');
    expect((await (await call(`${server.url}/api/jobs/${job_id}`)).json()).status).toBe('processing');
  });

  it('--fetch-timeout', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    server = await startServer('--ephemeral', '--fetch-timeout', '1', '--allow-private-network');
    const source = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/a.pdf`;
    const body = { jsonrpc: '2.0', id: 1, method: 'tools/call' };
    const params = { name: 'extract_document', arguments: { source } };
    const response = await call(`${server.url}/mcp`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' },
      body: JSON.stringify({ ...body, params }),
    });
    expect(await response.text()).toMatch(/error fetch_failed: The download took longer than 1 s/);
    silent.closeAllConnections();
    silent.close();
  });
});
