import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const CLI = fileURLToPath(import.meta.resolve('#legible/cli.js'));
const CALL_TIMEOUT = 60_000;
/** What `serve` logs of promises and callbacks that nobody was waiting for. */
const ESCAPED = /unhandled rejection|uncaught exception/;

export interface Answer {
  readonly isError: boolean;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A server of the built product in a process of its own, and a client on it. */
export class Server {
  readonly kind: 'stdio' | 'http';
  readonly dataDir: string;
  readonly #flags: readonly string[];
  #client: Client | undefined;
  #child: ChildProcess | undefined;
  #pid = 0;
  /** What the process wrote to stderr since its start, the last few kilobytes. */
  #stderr = '';
  /** Log lines of faults that escaped from the work that made them. */
  readonly escaped: string[] = [];

  constructor(kind: 'stdio' | 'http', dataDir: string, flags: readonly string[]) {
    this.kind = kind;
    this.dataDir = dataDir;
    this.#flags = ['--data-dir', dataDir, ...flags];
  }

  get pid(): number {
    return this.#pid;
  }

  get stderr(): string {
    return this.#stderr;
  }

  async start(): Promise<void> {
    this.#stderr = '';
    const client = new Client({ name: 'soak', version: '1' });
    if (this.kind === 'stdio') {
      const transport = new StdioClientTransport({
        command: process.execPath,
        args: [CLI, ...this.#flags],
        env: { ...process.env } as Record<string, string>,
        stderr: 'pipe',
      });
      transport.stderr?.on('data', (text) => this.#log(text));
      await client.connect(transport);
      this.#pid = transport.pid!;
    } else {
      const child = spawn(process.execPath, [CLI, 'serve', '--http', '--port', '0', ...this.#flags], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      this.#child = child;
      this.#pid = child.pid!;
      const url = await new Promise<string>((resolve, reject) => {
        child.stderr.on('data', (text) => {
          this.#log(text);
          const found = /MCP at (\S+)\)/.exec(this.#stderr);
          if (found) resolve(found[1]);
        });
        child.once('exit', () => reject(new Error(`the server ended: ${this.#stderr}`)));
      });
      await client.connect(new StreamableHTTPClientTransport(new URL(url)));
    }
    this.#client = client;
  }

  /** Rejects when the process dies meanwhile. */
  async call(name: string, args: Record<string, unknown>): Promise<Answer> {
    const result = await this.#client!.callTool({ name, arguments: args }, { timeout: CALL_TIMEOUT });
    const texts = (result.content as { type: string; text?: string }[]).map(({ text }) => text ?? '');
    return {
      isError: result.isError === true,
      text: texts.join('\n'),
      data: (result.structuredContent ?? {}) as Record<string, unknown>,
    };
  }

  async text(uri: string): Promise<string> {
    const { contents } = await this.#client!.readResource({ uri }, { timeout: CALL_TIMEOUT });
    return contents.map((part) => ('text' in part ? part.text : '')).join('');
  }

  get alive(): boolean {
    return isRunning(this.#pid);
  }

  /** Ends the process without a chance to clean up. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const { pid } = this;
    if (this.alive) process.kill(pid, signal);
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    await this.#client?.close().catch(() => undefined);
    for (let i = 0; i < 200 && isRunning(pid); i++) await new Promise((resolve) => setTimeout(resolve, 50));
    if (isRunning(pid)) throw new Error(`process ${pid} does not end on ${signal}`);
    this.#child = undefined;
  }

  /** Kills one of the programs that the server runs, if any runs just now. */
  killWorker(pick: (pids: readonly number[]) => number): boolean {
    const workers = childrenOf(this.#pid);
    if (workers.length === 0) return false;
    try {
      process.kill(pick(workers), 'SIGKILL');
      return true;
    } catch {
      return false;
    }
  }

  /** Resident megabytes and open handles; undefined where the system does not say. */
  footprint(): { megabytes: number; handles: number } | undefined {
    const base = `/proc/${this.#pid}`;
    if (!existsSync(base)) return undefined;
    const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`${base}/status`, 'utf8'))?.[1] ?? 0);
    const handles = readdirSync(`${base}/fd`).filter((fd) => {
      try {
        return readlinkSync(`${base}/fd/${fd}`) !== '';
      } catch {
        return false;
      }
    });
    return { megabytes: Math.round(kilobytes / 1024), handles: handles.length };
  }

  /** Identity of each stored page, as `job/page` → inode: a page that is done again gets another. */
  storedPages(): Map<string, number> {
    const pages = new Map<string, number>();
    const jobs = join(this.dataDir, 'jobs');
    for (const job of existsSync(jobs) ? readdirSync(jobs) : []) {
      const folder = join(jobs, job, 'pages');
      for (const page of existsSync(folder) ? readdirSync(folder) : []) {
        if (/^\d+$/.test(page)) pages.set(`${job}/${page}`, statSync(join(folder, page)).ino);
      }
    }
    return pages;
  }

  #log(text: Buffer): void {
    const lines = text.toString();
    this.#stderr = (this.#stderr + lines).slice(-8_000);
    this.escaped.push(...lines.split('\n').filter((line) => ESCAPED.test(line)));
  }
}

function isRunning(pid: number): boolean {
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // A dead child that nobody has waited for still has its id.
  const status = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'latin1') : '';
  return !/\) Z /.test(status);
}

function childrenOf(pid: number): number[] {
  const tasks = `/proc/${pid}/task`;
  if (!existsSync(tasks)) return [];
  return readdirSync(tasks).flatMap((task) => {
    const path = join(tasks, task, 'children');
    return existsSync(path) ? readFileSync(path, 'utf8').split(' ').filter(Boolean).map(Number) : [];
  });
}
