import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeServer, startFake } from './support.js';

/** Hosts rank tools by the start of the description and cut it at the limit. */
const RANKED = 200;
const LIMIT = 2_048;

type Schema = Record<string, unknown>;

let server: FakeServer;
let tools: {
  name: string;
  title?: string;
  description?: string;
  inputSchema: Schema;
  outputSchema?: Schema;
  annotations?: Schema;
  _meta?: Schema;
}[];
let instructions: string | undefined;

beforeAll(async () => {
  server = startFake({});
  const client = await server.connect('auto');
  ({ tools } = (await client.listTools()) as unknown as { tools: typeof tools });
  instructions = client.getInstructions();
});
afterAll(() => server.close());

/** Every schema object inside a schema. */
function* schemas(value: unknown): Generator<Schema> {
  if (Array.isArray(value)) for (const entry of value) yield* schemas(entry);
  else if (value !== null && typeof value === 'object') {
    yield value as Schema;
    for (const entry of Object.values(value)) yield* schemas(entry);
  }
}

describe('the list of tools', () => {
  it('is what was reviewed', async () => {
    await expect(`${JSON.stringify(tools, null, 2)}\n`).toMatchFileSnapshot('tool-list.snap');
  });

  it('is the same in both generations', async () => {
    const legacy = (await (await server.connect('legacy')).listTools()) as unknown as { tools: typeof tools };
    expect(legacy.tools).toEqual(tools);
  });

  it('says when to use each tool before hosts stop reading', () => {
    for (const { name, description = '' } of tools) {
      expect(description.length, name).toBeLessThanOrEqual(LIMIT);
      expect(description.slice(0, RANKED), name).toMatch(/use (?:it|with)/i);
    }
    expect(instructions?.length).toBeLessThanOrEqual(LIMIT);
  });

  it('sets every annotation', () => {
    for (const { name, title, annotations } of tools) {
      expect(title, name).toBeTruthy();
      expect(Object.keys(annotations ?? {}).sort(), name).toEqual([
        'destructiveHint',
        'idempotentHint',
        'openWorldHint',
        'readOnlyHint',
        'title',
      ]);
    }
  });

  it('has structured answers for data and none for text', () => {
    const structured = tools.filter(({ outputSchema }) => outputSchema).map(({ name }) => name);
    expect(structured).toEqual(['get_job_status', 'list_jobs', 'cancel_job', 'delete_job', 'search_result']);
    const reading = tools.filter(({ _meta }) => _meta?.['anthropic/maxResultSizeChars']);
    expect(reading.map(({ name }) => name)).toEqual(['extract_document', 'get_result']);
  });

  it('has plain schemas: no references, no integer beyond what every parser takes', () => {
    for (const { name, inputSchema, outputSchema } of tools)
      for (const schema of schemas([inputSchema, outputSchema])) {
        expect(schema.$ref, name).toBeUndefined();
        if (schema.type === 'integer') expect(schema.maximum, name).toBeLessThan(2 ** 31);
      }
  });
});
