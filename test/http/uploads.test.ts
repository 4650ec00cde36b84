import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LoopbackUploads } from '#legible/http/loopback-uploads.js';
import { receiveMultipart } from '#legible/http/multipart.js';
import { UploadPlaces } from '#legible/jobs/uploads/receive.js';
import { UploadTickets } from '#legible/jobs/uploads/tickets.js';

const MAX_BYTES = 100_000;
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'legible-uploads-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const limits = (idleMilliseconds = 5_000) => ({
  directory,
  maxBytes: MAX_BYTES,
  idleMilliseconds,
  places: new UploadPlaces(4),
});

describe('multipart bodies', () => {
  let server: Server;
  let outcome: PromiseWithResolvers;
  let url: string;
  interface PromiseWithResolvers {
    promise: Promise<Awaited<ReturnType<typeof receiveMultipart>>>;
    settle(work: Promise<Awaited<ReturnType<typeof receiveMultipart>>>): void;
  }

  const listen = async (idleMilliseconds?: number) => {
    server = createServer((incoming, response) => {
      const work = receiveMultipart(incoming, 'file', limits(idleMilliseconds));
      outcome.settle(work);
      work.then(
        () => response.end('ok'),
        (error) => {
          response.statusCode = error.status;
          response.end(error.message);
        },
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    let settle = (_: Promise<Awaited<ReturnType<typeof receiveMultipart>>>) => {};
    const promise = new Promise<Awaited<ReturnType<typeof receiveMultipart>>>((resolve) => {
      settle = resolve;
    });
    promise.catch(() => undefined);
    outcome = { promise, settle };
  };
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const form = (bytes: Uint8Array, name = 'a.pdf', field = 'file') => {
    const data = new FormData();
    data.append('page_ranges', '[{"start":1,"end":2}]');
    data.append(field, new Blob([new Uint8Array(bytes)]), name);
    return data;
  };

  it('streams the file to disk, readable by the owner only, with its hash', async () => {
    await listen();
    const bytes = randomBytes(MAX_BYTES);
    expect((await fetch(url, { method: 'POST', body: form(bytes, '../../etc/passwd') })).status).toBe(200);
    const { fields, upload } = await outcome.promise;
    expect(fields).toEqual({ page_ranges: '[{"start":1,"end":2}]' });
    expect(upload).toMatchObject({
      name: 'passwd',
      bytes: MAX_BYTES,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    expect(await readFile(upload.path)).toEqual(bytes);
    expect((await stat(upload.path)).mode & 0o777).toBe(0o600);
    await upload.remove();
    expect(await readdir(directory)).toEqual([]);
  });

  it('refuses one byte more than the limit and keeps nothing', async () => {
    await listen();
    const response = await fetch(url, { method: 'POST', body: form(randomBytes(MAX_BYTES + 1)) });
    expect(response.status).toBe(413);
    expect(await response.text()).toContain('0.1 MB');
    await expect(outcome.promise).rejects.toMatchObject({ code: 'file_too_large' });
    expect(await readdir(directory)).toEqual([]);
  });

  it.each([
    ['no file', () => new FormData(), /missing/],
    ['a file in another part', () => form(randomBytes(5), 'a.pdf', 'document'), /expected "file"/],
    ['a body that is no multipart', () => '{"file":1}', /multipart/],
  ])('refuses %s', async (_, body, message) => {
    await listen();
    const response = await fetch(url, { method: 'POST', body: body() });
    expect(response.status).toBe(422);
    await expect(outcome.promise).rejects.toThrow(message);
    expect(await readdir(directory)).toEqual([]);
  });

  const start = (part: Uint8Array) => {
    const client = request(url, {
      method: 'POST',
      headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
    });
    client.on('error', () => undefined);
    client.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n');
    client.write(part);
    return client;
  };

  it('keeps nothing of an upload that breaks off', async () => {
    await listen();
    const client = start(randomBytes(70_000));
    await new Promise((resolve) => server.once('request', resolve));
    setTimeout(() => client.destroy(), 50);
    await expect(outcome.promise).rejects.toMatchObject({ code: 'invalid_argument' });
    expect(await readdir(directory)).toEqual([]);
  });

  it('gives up a client that stalls', async () => {
    await listen(100);
    start(randomBytes(70_000));
    await expect(outcome.promise).rejects.toThrow(/stalled/);
    expect(await readdir(directory)).toEqual([]);
  });
});

describe('uploads by ticket, over the loopback listener', () => {
  let tickets: UploadTickets;
  let uploads: LoopbackUploads;
  beforeEach(() => {
    tickets = new UploadTickets(limits());
    uploads = new LoopbackUploads(tickets);
  });
  afterEach(() => uploads.close());

  const put = (url: string, bytes: Uint8Array) => fetch(url, { method: 'PUT', body: new Uint8Array(bytes) });

  it('takes one PUT, for the owner who asked', async () => {
    const bytes = randomBytes(1_000);
    const ticket = await uploads.create('ann');
    expect((await put(ticket.url, bytes)).status).toBe(201);
    expect(await readFile((await tickets.resolve(ticket.reference, 'ann')).path)).toEqual(bytes);
    await expect(tickets.resolve(ticket.reference, 'bob')).rejects.toMatchObject({
      code: 'upload_not_found',
    });
  });

  it('listens only while a ticket is open, and a second PUT reaches nobody', async () => {
    const ticket = await uploads.create('ann');
    await put(ticket.url, randomBytes(10));
    await expect(put(ticket.url, randomBytes(10))).rejects.toThrow(/fetch failed/);
    expect((await put((await uploads.create('ann')).url, randomBytes(10))).status).toBe(201);
  });

  it('knows no wrong token and takes no file twice', async () => {
    const first = await uploads.create('ann');
    await uploads.create('ann');
    expect((await put(`${first.url.slice(0, -1)}_`, randomBytes(10))).status).toBe(404);
    expect((await put(first.url, randomBytes(10))).status).toBe(201);
    expect((await put(first.url, randomBytes(10))).status).toBe(404);
  });

  it('may be tried again after a file that was too large', async () => {
    const ticket = await uploads.create('ann');
    expect((await put(ticket.url, randomBytes(MAX_BYTES + 1))).status).toBe(413);
    expect((await put(ticket.url, randomBytes(MAX_BYTES))).status).toBe(201);
  });

  it('removes what is expired', async () => {
    const ticket = await uploads.create('ann');
    await put(ticket.url, randomBytes(10));
    await tickets.sweep(Date.now() + 3_600_001);
    expect(await readdir(directory)).toEqual([]);
    await expect(tickets.resolve(ticket.reference, 'ann')).rejects.toMatchObject({
      code: 'upload_not_found',
    });
  });
});
