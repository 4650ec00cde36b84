import { savedKey } from './api.js';
import { byId, element } from './dom.js';

interface Property {
  description?: string;
  format?: string;
  default?: unknown;
  enum?: string[];
}
interface Operation {
  summary: string;
  description?: string;
  security: unknown[];
  parameters: {
    name: string;
    in: 'path' | 'query';
    required: boolean;
    description?: string;
    schema: Property;
  }[];
  requestBody?: {
    content: Record<
      string,
      { schema: Property & { properties?: Record<string, Property>; required?: string[] } }
    >;
  };
  responses: Record<string, { description: string }>;
}
interface Field {
  readonly name: string;
  readonly place: 'path' | 'query' | 'json' | 'form' | 'body';
  readonly required: boolean;
  readonly input: HTMLInputElement | HTMLSelectElement;
}

/** The documentation of every endpoint, from openapi.json, each with a form to try it and its `curl` line. */
export async function showEndpoints(): Promise<void> {
  const api = (await (await fetch('/openapi.json')).json()) as {
    paths: Record<string, Record<string, Operation>>;
  };
  const made = Object.entries(api.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => endpoint(method.toUpperCase(), path, operation)),
  );
  byId('endpoints').replaceChildren(...made);
}

function endpoint(method: string, path: string, operation: Operation): HTMLElement {
  const fields = fieldsOf(operation);
  const curl = element('pre', { 'aria-label': 'curl line' });
  const answer = element('pre', { 'aria-label': 'Answer', hidden: '', tabindex: '0' });
  const form = element('form', {}, element('div', {}, operation.description ?? operation.summary));
  for (const { name, required, input } of fields)
    form.append(element('label', {}, `${name}${required ? ' (required)' : ''}`, input));
  const responses = element(
    'table',
    {},
    ...Object.entries(operation.responses).map(([status, { description }]) =>
      element('tr', {}, element('td', {}, status), element('td', {}, description)),
    ),
  );
  form.append(responses, curl, element('div', {}, element('button', { type: 'submit' }, 'Try it')), answer);

  const refresh = () => {
    curl.textContent = curlLine(method, path, fields, operation.security.length > 0);
  };
  form.addEventListener('input', refresh);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    answer.hidden = false;
    answer.textContent = '…';
    answer.textContent = await tryIt(method, path, fields).catch((error: Error) => error.message);
  });
  refresh();
  return element(
    'details',
    { class: 'endpoint' },
    element('summary', {}, element('b', {}, method), element('code', {}, path), operation.summary),
    form,
  );
}

function fieldsOf(operation: Operation): Field[] {
  const fields: Field[] = operation.parameters.map((parameter) => ({
    name: parameter.name,
    place: parameter.in,
    required: parameter.required,
    input: inputFor(parameter.schema, parameter.description),
  }));
  const [type, media] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  if (media?.schema.format === 'binary')
    fields.push({ name: 'file', place: 'body', required: true, input: inputFor(media.schema) });
  for (const [name, property] of Object.entries(media?.schema.properties ?? {})) {
    const required = media?.schema.required?.includes(name) ?? false;
    fields.push({
      name,
      place: type === 'application/json' ? 'json' : 'form',
      required,
      input: inputFor(property, property.description),
    });
  }
  return fields;
}

function inputFor(property: Property, description = ''): HTMLInputElement | HTMLSelectElement {
  if (property.enum)
    return element(
      'select',
      {},
      ...property.enum.map((value) =>
        element('option', value === property.default ? { selected: '' } : {}, value),
      ),
    );
  const type = property.format === 'binary' ? 'file' : 'text';
  const input = element('input', { type, placeholder: description });
  if (type === 'text' && property.default !== undefined) input.value = String(property.default);
  return input;
}

const fileOf = (field: Field): File | undefined =>
  field.input instanceof HTMLInputElement ? field.input.files?.[0] : undefined;

function target(path: string, fields: Field[]): string {
  let url = path;
  const query = new URLSearchParams();
  for (const { name, place, input } of fields) {
    if (place === 'path')
      url = url.replace(`{${name}}`, input.value ? encodeURIComponent(input.value) : `{${name}}`);
    else if (place === 'query' && input.value) query.set(name, input.value);
  }
  return query.size ? `${url}?${query}` : url;
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

function curlLine(method: string, path: string, fields: Field[], needsKey: boolean): string {
  const parts = ['curl'];
  if (method !== 'GET') parts.push('-X', method);
  parts.push(quote(location.origin + target(path, fields)));
  if (needsKey && savedKey()) parts.push('-H', '"Authorization: Bearer $LEGIBLE_KEY"');
  for (const field of fields.filter(({ place }) => place === 'form')) {
    if (field.input.type === 'file')
      parts.push('-F', quote(`${field.name}=@${fileOf(field)?.name ?? 'document.pdf'}`));
    else if (field.input.value) parts.push('-F', quote(`${field.name}=${field.input.value}`));
  }
  for (const field of fields.filter(({ place }) => place === 'body'))
    parts.push('-T', quote(fileOf(field)?.name ?? 'document.pdf'));
  const body = jsonBody(fields);
  if (body) parts.push('-H', quote('Content-Type: application/json'), '-d', quote(body));
  return parts.join(' ');
}

function jsonBody(fields: Field[]): string | undefined {
  const own = fields.filter(({ place }) => place === 'json');
  return own.length
    ? JSON.stringify(Object.fromEntries(own.map(({ name, input }) => [name, input.value])))
    : undefined;
}

async function tryIt(method: string, path: string, fields: Field[]): Promise<string> {
  const headers = new Headers(savedKey() ? { Authorization: `Bearer ${savedKey()}` } : {});
  const [file] = fields.filter(({ place }) => place === 'body');
  let body: BodyInit | undefined = file ? fileOf(file) : jsonBody(fields);
  if (body && !file) headers.set('Content-Type', 'application/json');
  const form = fields.filter(({ place }) => place === 'form');
  if (form.length) {
    const data = new FormData();
    for (const field of form) {
      const file = fileOf(field);
      if (file) data.append(field.name, file);
      else if (field.input.type !== 'file' && field.input.value) data.append(field.name, field.input.value);
    }
    body = data;
  }
  const response = await fetch(target(path, fields), { method, headers, body });
  const type = response.headers.get('content-type') ?? '';
  const text = /^image|pdf$/.test(type) ? `(${type})` : await response.text();
  return `${response.status} ${response.statusText}\n${pretty(text)}`;
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
