import dns from 'node:dns';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createIntake, foldersOnly } from '#legible/pipeline/intake/index.js';

const PDF = '%PDF-1.4\n1 0 obj\n<<>>\nendobj\n';
const servers: Server[] = [];

async function serve(
  handler: RequestListener,
  host = '127.0.0.1',
): Promise<{ url: string; port: number; hits: () => number }> {
  let hits = 0;
  const server = createServer((request, response) => {
    hits += 1;
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  servers.push(server);
  const { port } = server.address() as AddressInfo;
  return { url: `http://${host}:${port}`, port, hits: () => hits };
}

afterEach(() => {
  vi.restoreAllMocks();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const fetchFrom = (
  url: string,
  options: { allowPrivateNetwork?: boolean; fetchTimeout?: number; maxBytes?: number } = {},
  signal?: AbortSignal,
) =>
  createIntake({
    maxBytes: 10_000,
    allowedFolders: foldersOnly([]),
    allowPrivateNetwork: true,
    fetchTimeout: 5_000,
    ...options,
  }).fromReference(url, signal);
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error) => error.code ?? String(error),
  );

describe('a URL', () => {
  it('is downloaded, with the name that the server or the address gives', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/named')
        response.setHeader(
          'content-disposition',
          `attachment; filename="plain.pdf"; filename*=UTF-8''r%C3%A9sum%C3%A9.pdf`,
        );
      if (request.url === '/evil')
        response.setHeader('content-disposition', 'attachment; filename="../../.ssh/authorized_keys"');
      response.end(PDF);
    });
    expect(await fetchFrom(`${url}/a/invoice%202.pdf?x=1`)).toMatchObject({
      name: 'invoice 2.pdf',
      mediaType: 'application/pdf',
    });
    expect((await fetchFrom(`${url}/named`)).name).toBe('résumé.pdf');
    expect((await fetchFrom(`${url}/evil`)).name).toBe('authorized_keys');
    expect((await fetchFrom(`${url}/`)).name).toBe('document.pdf');
  });

  it('follows redirects, not endlessly', async () => {
    const { url } = await serve((request, response) => {
      const hops = Number(request.url?.slice(1));
      if (hops > 0) response.writeHead(302, { location: `/${hops - 1}` }).end();
      else response.end(PDF);
    });
    expect((await fetchFrom(`${url}/3`)).mediaType).toBe('application/pdf');
    expect(await codeOf(fetchFrom(`${url}/20`))).toBe('fetch_failed');
  });

  it('is refused with the reason when there is no file', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/page')
        response.setHeader('content-type', 'application/pdf').end('<!doctype html><p>Log in');
      else if (request.url === '/empty') response.end();
      else response.writeHead(Number(request.url?.slice(1))).end('x');
    });
    await expect(fetchFrom(`${url}/404`)).rejects.toThrow('no file at this address (HTTP 404)');
    await expect(fetchFrom(`${url}/403`)).rejects.toThrow('wants a login (HTTP 403)');
    await expect(fetchFrom(`${url}/500`)).rejects.toMatchObject({ code: 'fetch_failed', retryable: true });
    await expect(fetchFrom(`${url}/page`)).rejects.toThrow(/web page/);
    expect(await codeOf(fetchFrom(`${url}/empty`))).toBe('empty_file');
    await expect(fetchFrom('http://127.0.0.1:9/x')).rejects.toMatchObject({ code: 'fetch_failed' });
  });

  it('is held to the size limit, declared or not, compressed or not', async () => {
    let sent = 0;
    const { url } = await serve((request, response) => {
      if (request.url === '/declared')
        return response.setHeader('content-length', 1_000_000).end(PDF.padEnd(1_000_000));
      if (request.url === '/bomb')
        return response.setHeader('content-encoding', 'gzip').end(gzipSync(PDF.padEnd(50_000_000)));
      const timer = setInterval(() => {
        sent += 5_000;
        response.write(' '.repeat(5_000));
      }, 1);
      response.on('close', () => clearInterval(timer));
      return undefined;
    });
    await expect(fetchFrom(`${url}/declared`)).rejects.toThrow('The file has 1 MB; the limit is 10 kB.');
    expect(await codeOf(fetchFrom(`${url}/bomb`))).toBe('file_too_large');
    expect(await codeOf(fetchFrom(`${url}/endless`))).toBe('file_too_large');
    const then = sent;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(sent - then).toBeLessThan(50_000);
  });

  it('is held to the time limit, before and during the answer', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/drip') response.write('%PDF-1.4');
    });
    for (const path of ['/silent', '/drip']) {
      await expect(fetchFrom(url + path, { fetchTimeout: 150 })).rejects.toThrow('longer than 0.15 s');
    }
  });

  it('is given up when the caller leaves', async () => {
    const { url } = await serve(() => {});
    const leaving = new AbortController();
    const fetching = fetchFrom(url, {}, leaving.signal);
    setTimeout(() => leaving.abort(), 50);
    await expect(fetching).rejects.toThrow();
  });
});

describe('the guard', () => {
  const guarded = (url: string) => codeOf(fetchFrom(url, { allowPrivateNetwork: false }));

  it('refuses private addresses as written, without connecting', async () => {
    const { port, hits } = await serve((_, response) => response.end(PDF));
    for (const host of [
      '127.0.0.1',
      'localhost',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '[::127.0.0.1]',
      '[64:ff9b::7f00:1]',
      '0x7f.1',
      '2130706433',
      '127.1',
      '0.0.0.0',
      '[::]',
    ]) {
      expect(await guarded(`http://${host}:${port}/`), host).toBe('url_not_allowed');
    }
    expect(await guarded('http://169.254.169.254/latest/meta-data/')).toBe('url_not_allowed');
    expect(hits()).toBe(0);
  });

  it('refuses a public name that leads to a private address', async () => {
    const { port, hits } = await serve((_, response) => response.end(PDF));
    pointEverythingTo(() => '127.0.0.1');
    expect(await guarded(`http://files.example.org:${port}/a.pdf`)).toBe('url_not_allowed');
    expect(hits()).toBe(0);
  });

  it('judges the address that was connected to, not one looked up before', async () => {
    const { port, hits } = await serve((_, response) => response.end(PDF));
    const answers = ['93.184.216.34'];
    pointEverythingTo(() => answers.shift() ?? '127.0.0.1');
    // The first lookup is public, the one that connects is not.
    await new Promise<void>((resolve) => dns.lookup('files.example.org', () => resolve()));
    expect(await guarded(`http://files.example.org:${port}/a.pdf`)).toBe('url_not_allowed');
    expect(hits()).toBe(0);
  });

  it('checks every redirect again', async () => {
    const inner = await serve((_, response) => response.end(PDF));
    const outer = await serve((request, response) => {
      response
        .writeHead(302, {
          location: request.url === '/file' ? 'file:///etc/passwd' : `http://127.0.0.1:${inner.port}/`,
        })
        .end();
    });
    expect(await codeOf(fetchFrom(`${outer.url}/file`))).toBe('url_not_allowed');
    expect(await codeOf(fetchFrom(`${outer.url}/`))).toBe('none');
    expect(await guarded(`${outer.url}/`)).toBe('url_not_allowed');
    expect(inner.hits()).toBe(1);
  });
});

/** Replaces name resolution, which no test may depend on. */
function pointEverythingTo(address: () => string): void {
  vi.spyOn(dns, 'lookup').mockImplementation(((_host: string, options: unknown, callback?: unknown) => {
    const done = (callback ?? options) as (...result: unknown[]) => void;
    const all = typeof options === 'object' && (options as { all?: boolean }).all;
    const found = address();
    process.nextTick(() => (all ? done(null, [{ address: found, family: 4 }]) : done(null, found, 4)));
  }) as never);
}
