/**
 * A body that is made while it is sent: the parts are asked for as fast as the client takes them. A
 * failure after the first part breaks the connection, so that half an answer never looks like a whole one.
 */
export function streamed(parts: AsyncIterable<string>, headers: Record<string, string>): Response {
  const iterator = parts[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      for (;;) {
        const { done, value } = await iterator.next();
        if (done) return controller.close();
        if (value !== '') return controller.enqueue(encoder.encode(value));
      }
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  return new Response(body, { headers });
}

/** JSON texts as the values of an object behind those of `start`; none of them is held as a whole. */
export async function* jsonObject(
  start: object,
  rest: Readonly<Record<string, AsyncIterable<string>>>,
): AsyncGenerator<string> {
  yield JSON.stringify(start).slice(0, -1);
  for (const [key, value] of Object.entries(rest)) {
    yield `,${JSON.stringify(key)}:`;
    yield* value;
  }
  yield '}';
}

/** The text that the parts make as a JSON string. A pair of surrogates cut in two becomes one again. */
export async function* jsonString(parts: AsyncIterable<string>): AsyncGenerator<string> {
  yield '"';
  for await (const part of parts) yield JSON.stringify(part).slice(1, -1);
  yield '"';
}

export const JSON_TYPE = { 'Content-Type': 'application/json' };
