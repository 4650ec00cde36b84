import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { EXIT } from '#legible/cli/exit-codes.js';
import { settings } from '#legible/cli/help.js';
import { ERRORS } from '#legible/errors.js';
import { TOOLS } from '#legible/mcp/tools/index.js';
import { DocumentJson } from '#legible/pipeline/write/index.js';

/**
 * Writes what the code knows better than a person into the README, between `<!-- NAME -->` and
 * `<!-- /NAME -->`, and the JSON Schema of the JSON format. With `--check` nothing is written and a
 * difference is an error, so the documentation cannot go stale.
 */

const ROOT = findRoot(dirname(fileURLToPath(import.meta.url)));
const README = join(ROOT, 'README.md');
const SCHEMA = join(ROOT, 'docs', 'document.schema.json');

/** This file runs from `.tools/scripts`. */
function findRoot(folder: string): string {
  return folder.includes('.tools') ? findRoot(dirname(folder)) : folder.replace(/[\\/]scripts$/, '');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

/** `pages`, `limit = 20`; what must be given stands in bold. */
function argumentList(input: z.ZodObject): string {
  const { properties = {}, required = [] } = z.toJSONSchema(input, { io: 'input' }) as {
    properties?: Record<string, { default?: unknown }>;
    required?: string[];
  };
  return Object.entries(properties)
    .map(([name, schema]) => {
      if (required.includes(name)) return `**\`${name}\`**`;
      return schema.default === undefined ? `\`${name}\`` : `\`${name}\` = ${JSON.stringify(schema.default)}`;
    })
    .join(', ');
}

const firstSentence = (text: string): string => /^.*?[.:](?=\s)/s.exec(text)?.[0].replace(/:$/, '.') ?? text;

const SECTIONS: Readonly<Record<string, string>> = {
  tools: table(
    ['tool', 'arguments', 'what it does'],
    TOOLS.map((tool) => [`\`${tool.name}\``, argumentList(tool.input), firstSentence(tool.description)]),
  ),
  settings: table(
    ['flag', 'environment', 'default', 'meaning'],
    settings().map(({ flag, environment, fallback, description }) => [
      `\`${flag}\``,
      `\`${environment}\``,
      fallback ? `\`${fallback}\`` : '',
      description,
    ]),
  ),
  errors: table(
    ['code', 'meaning', 'HTTP', 'same call may work later'],
    Object.entries(ERRORS).map(([code, { meaning, status, retryable }]) => [
      `\`${code}\``,
      meaning,
      String(status),
      retryable ? 'yes' : '',
    ]),
  ),
  'exit-codes': table(
    ['exit code', 'meaning'],
    Object.values(EXIT).map(({ code, meaning }) => [String(code), meaning]),
  ),
};

function fill(readme: string): string {
  return Object.entries(SECTIONS).reduce((text, [name, content]) => {
    const section = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!section.test(text)) throw new Error(`README.md has no <!-- ${name} --> … <!-- /${name} -->.`);
    return text.replace(section, (_, open, close) => `${open}\n${content}\n\n${close}`);
  }, readme);
}

const schema = `${JSON.stringify(z.toJSONSchema(DocumentJson), null, 2)}\n`;
const wanted = new Map([
  [README, fill(await readFile(README, 'utf8'))],
  [SCHEMA, schema],
]);
const stale: string[] = [];
for (const [path, content] of wanted) {
  if ((await readFile(path, 'utf8').catch(() => '')) === content) continue;
  stale.push(path);
  if (process.argv.includes('--check')) continue;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
for (const path of stale) console.error(path.slice(ROOT.length + 1));
if (process.argv.includes('--check') && stale.length > 0) {
  console.error('These files do not say what the code does: run `npm run docs`.');
  process.exitCode = 1;
}
