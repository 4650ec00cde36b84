import * as z from 'zod';
import { ErrorBody } from '../errors.js';
import type { Route } from '../route.js';

type Json = Record<string, unknown>;

const schemaOf = (schema: z.ZodType): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  return rest;
};

function parameters(schema: z.ZodObject | undefined, place: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const json = schemaOf(schema) as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(json.properties ?? {}).map(([name, property]) => {
    const { description, ...rest } = property;
    return {
      name,
      in: place,
      required: place === 'path' || (json.required?.includes(name) ?? false),
      description,
      schema: rest,
    };
  });
}

function requestBody(route: Route): Json | undefined {
  if (!route.body) return undefined;
  if (route.body.kind === 'json')
    return { required: true, content: { 'application/json': { schema: schemaOf(route.body.schema) } } };
  const file = { type: 'string', format: 'binary', description: route.body.file };
  if (route.body.kind === 'file')
    return { required: true, content: { 'application/octet-stream': { schema: file } } };
  const fields = schemaOf(route.body.fields) as { properties?: Json; required?: string[] };
  return {
    required: true,
    content: {
      'multipart/form-data': {
        schema: {
          type: 'object',
          properties: { file, ...fields.properties },
          required: ['file', ...(fields.required ?? [])],
        },
      },
    },
  };
}

/** Refusals that come before a route with a key is looked at; the router makes them. */
const AT_THE_DOOR: Route['responses'] = {
  401: { description: 'The API key is missing or wrong.', schema: ErrorBody },
  429: { description: 'Too many requests in a minute; see Retry-After.', schema: ErrorBody },
};

function operation(route: Route): Json {
  const described = { ...(route.access === 'key' && AT_THE_DOOR), ...route.responses };
  const responses = Object.entries(described).map(
    ([status, { description, schema, contentType = 'application/json' }]) => [
      status,
      { description, ...(schema ? { content: { [contentType]: { schema: schemaOf(schema) } } } : {}) },
    ],
  );
  return {
    tags: [route.tag],
    summary: route.summary,
    description: route.description,
    operationId: `${route.method}_${route.path.replace(/[^a-z0-9]+/gi, '_').replace(/^_|_$/g, '')}`,
    security: route.access === 'public' ? [] : [{ bearer: [] }],
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    requestBody: requestBody(route),
    responses: Object.fromEntries(responses),
  };
}

/** OpenAPI 3.1 of the routes, from the very schemas that check requests. */
export function openApi(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] ??= {};
    paths[route.path][route.method] = operation(route);
  }
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'Legible',
      version,
      description:
        'Turns PDFs and images into Markdown on this machine. Agents reach the same jobs over MCP at /mcp.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths,
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  };
  // Drops what is undefined.
  return JSON.parse(JSON.stringify(document));
}
