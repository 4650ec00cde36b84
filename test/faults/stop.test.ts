import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { operatorBomb } from '../support/hostile.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'legible-stop-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

/** A server that is asked to stop while it works on a page, and what it leaves of the job. */
async function stopAtWork(grace: string, page: Uint8Array) {
  const server = spawn(
    process.execPath,
    [CLI, 'serve', '--http', '--port', '0', '--data-dir', dataDir, '--stop-grace', grace],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const exited = once(server, 'exit');
  const url = await new Promise<string>((resolve) => {
    let text = '';
    server.stderr.setEncoding('utf8').on('data', (piece) => {
      text += piece;
      const found = /: (http:\S+) \(MCP/.exec(text);
      if (found) resolve(found[1]);
    });
  });
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(page)]), 'slow.pdf');
  const { job_id } = await (await fetch(`${url}/api/ocr`, { method: 'POST', body: form })).json();
  await vi.waitFor(
    async () => {
      const { page_count } = await (await fetch(`${url}/api/jobs/${job_id}`)).json();
      expect(page_count).toBe(1);
    },
    { timeout: 30_000 },
  );
  server.kill('SIGTERM');
  const [code] = await exited;
  const folder = join(dataDir, 'jobs', job_id);
  const { status } = JSON.parse(await readFile(join(folder, 'job.json'), 'utf8'));
  return { code, status, pages: await readdir(join(folder, 'pages')) };
}

describe('a server that is asked to stop', () => {
  it('hands a page back that is not finished within --stop-grace', async () => {
    const left = await stopAtWork('0', operatorBomb(6_000_000));
    expect(left).toEqual({ code: 0, status: 'processing', pages: [] });
  });

  it('finishes a page within --stop-grace', async () => {
    const left = await stopAtWork('60', operatorBomb(5_000));
    expect(left.code).toBe(0);
    expect(left.pages).toEqual(['1']);
  }, 120_000);
});
