import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { UploadTicket, UploadTickets } from '../jobs/uploads/tickets.js';
import { errorResponse } from './errors.js';

/** How often an idle listener looks whether its tickets have expired. */
const CHECK_MILLISECONDS = 30_000;

/**
 * Takes uploads for a server on stdio: a listener on loopback that exists only while a ticket is
 * open. The URL of the ticket is the permission; nothing else is served.
 */
export class LoopbackUploads {
  readonly #tickets: UploadTickets;
  #server: Promise<Server> | undefined;
  #check: NodeJS.Timeout | undefined;

  constructor(tickets: UploadTickets) {
    this.#tickets = tickets;
  }

  async create(owner: string): Promise<UploadTicket> {
    this.#server ??= this.#listen();
    const { port } = (await this.#server).address() as AddressInfo;
    return this.#tickets.create(owner, `http://127.0.0.1:${port}`);
  }

  async close(): Promise<void> {
    await this.#stop();
    await this.#tickets.close();
  }

  #listen(): Promise<Server> {
    return new Promise((resolve, reject) => {
      const server = createServer((request, response) => {
        const [, root, id, token] = new URL(request.url ?? '/', 'http://127.0.0.1').pathname.split('/');
        const work =
          request.method === 'PUT' && root === 'uploads' && id && token
            ? this.#tickets
                .receive(id, token, request, 'upload')
                .then(({ bytes, sha256 }) =>
                  Response.json({ reference: `upload:${id}`, bytes, sha256 }, { status: 201 }),
                )
            : Promise.resolve(new Response(null, { status: 404 }));
        work
          .catch((error) => errorResponse(error))
          .then(async (answer) => {
            response.writeHead(answer.status, { 'Content-Type': 'application/json', Connection: 'close' });
            response.end(await answer.text());
            await this.#stopWhenIdle();
          });
      });
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => resolve(server));
      this.#check = setInterval(() => this.#stopWhenIdle(), CHECK_MILLISECONDS).unref();
    });
  }

  async #stopWhenIdle(): Promise<void> {
    await this.#tickets.sweep();
    if (this.#tickets.open === 0) await this.#stop();
  }

  async #stop(): Promise<void> {
    const server = await this.#server;
    this.#server = undefined;
    clearInterval(this.#check);
    server?.close();
  }
}
