import { homedir } from 'node:os';
import * as z from 'zod';
import { ConfigSchema, environmentName, kebabCase } from '../config.js';
import { DESCRIPTION, VERSION } from '../version.js';
import { EXIT } from './exit-codes.js';
import { KEYS_USAGE } from './keys.js';

/** Where names end and explanations begin. */
const COLUMN = 28;
const row = (left: string, right: string): string =>
  left.length < COLUMN - 2
    ? `  ${left.padEnd(COLUMN - 2)}${right}`
    : `  ${left}\n${' '.repeat(COLUMN)}${right}`;

/** One setting as its users see it; also a row of the README's table. */
export interface Setting {
  readonly flag: string;
  readonly environment: string;
  readonly fallback: string;
  readonly description: string;
}

/** Defaults that depend on the machine are shown as a person would write them. */
const home = (text: string): string => text.replace(homedir(), '~');

/** The words that a setting takes, where it takes only some. */
function choices(schema: z.ZodType): string {
  const inner = schema instanceof z.ZodDefault ? schema.unwrap() : schema;
  return inner instanceof z.ZodEnum
    ? ` One of ${inner.options.map((name) => `\`${name}\``).join(', ')}.`
    : '';
}

export const settings = (): Setting[] =>
  Object.entries(ConfigSchema.shape).map(([key, schema]) => {
    const fallback = schema instanceof z.ZodDefault ? schema.def.defaultValue : undefined;
    const flag = kebabCase(key);
    return {
      flag: fallback === true ? `--no-${flag}` : `--${flag}`,
      environment: environmentName(key),
      fallback: fallback === undefined ? '' : home(String(fallback)),
      description: `${schema.description ?? ''}${choices(schema)}`,
    };
  });

export const helpText = (): string => `legible ${VERSION}
${DESCRIPTION}

Usage
${row('legible', 'serve MCP on stdin and stdout')}
${row('legible serve --http', 'serve MCP (/mcp), REST and a page to try it over HTTP')}
${row('legible extract FILE…', 'write documents as Markdown to stdout')}
${row('legible inspect FILE --page N --out page.png', 'draw what was found on a page over its image (.png or .svg)')}
${row('legible doctor', 'show versions, engines and languages, and read a test image')}
${KEYS_USAGE.split('\n')
  .map((line) => `  ${line}`)
  .join('\n')}

extract
${row('--out DIR', 'write DIR/NAME.md (.txt, .json, .searchable.pdf) for each document')}
${row('--pages "1-3,5"', 'only these pages; "7-last" reads to the end')}
${row('--language LANG', 'English name, ISO code, BCP-47 or Tesseract code; several with +')}
${row('--format FORMAT', 'markdown (default), text, json or pdf (searchable); --json is short for the last')}
${row('--ocr MODE', 'auto (default), always or never')}
${row('--password PASSWORD', 'for encrypted PDFs; LEGIBLE_PASSWORD keeps it off the process list')}
${row('--quiet', 'no progress on a terminal')}

Settings (flag or environment variable; a flag wins)
${settings()
  .map(({ flag, environment, fallback, description }) =>
    row(flag, `${description}${fallback ? ` [${fallback}]` : ''}\n${' '.repeat(COLUMN)}${environment}`),
  )
  .join('\n')}

Exit codes
${Object.values(EXIT)
  .map(({ code, meaning }) => row(String(code), meaning))
  .join('\n')}
`;
