import type { McpServer, ServerContext } from '@modelcontextprotocol/server';

/** Header by which a 2025 client tells its own requests from those of others. */
export const SESSION_HEADER = 'mcp-session-id';

/**
 * Calls under way of clients that speak a 2025 protocol over HTTP. There each message is served by a
 * server object of its own, so `notifications/cancelled` has to be brought to the call it means.
 *
 * Request ids are only unique within a client (all of them begin at 0), and several clients may share
 * a key: a call is found by owner, session and id, and one without a session cannot be cancelled.
 * Nothing but the calls under way is remembered of a session; any name is as good as another, so
 * sessions outlive a restart.
 */
export class CallsUnderWay {
  readonly #calls = new Map<string, AbortController>();

  /** Runs `work` with a signal that fires when the client cancels the call, and not when it is only disconnected. */
  async run<T>(
    client: CallOrigin,
    id: ServerContext['mcpReq']['id'],
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const controller = new AbortController();
    const key = keyOf(client, id);
    if (key !== undefined) this.#calls.set(key, controller);
    try {
      return await work(controller.signal);
    } finally {
      if (key !== undefined && this.#calls.get(key) === controller) this.#calls.delete(key);
    }
  }

  /** Lets `server` hear which of the client's calls are cancelled. */
  listen(server: McpServer, client: CallOrigin): void {
    server.server.setNotificationHandler('notifications/cancelled', ({ params }) => {
      const key = params.requestId === undefined ? undefined : keyOf(client, params.requestId);
      if (key !== undefined) this.#calls.get(key)?.abort();
    });
  }
}

/** Who made a call. */
export interface CallOrigin {
  readonly owner: string;
  readonly session: string | null;
}

/** Ids 1 and "1" are different requests. */
const keyOf = ({ owner, session }: CallOrigin, id: string | number): string | undefined =>
  session === null ? undefined : JSON.stringify([owner, session, id]);
