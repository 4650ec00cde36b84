import { homedir } from 'node:os';
import { join } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import * as z from 'zod';
import { LegibleError } from './errors.js';
import { ENGINE_CHOICES, RUNNING_HEADS } from './pipeline/options.js';

const MEGABYTE = 1_000_000;
const flag = (fallback: boolean) => z.stringbool().default(fallback);
const count = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);
/** Hosts pass settings without a shell, which would have replaced the `~`. */
const expandHome = (path: string): string =>
  path === '~' || /^~[\\/]/.test(path) ? join(homedir(), path.slice(2)) : path;
const folder = z.string().transform(expandHome);
const folders = z.string().transform((text) =>
  text
    .split(process.platform === 'win32' ? ';' : ':')
    .filter(Boolean)
    .map(expandHome),
);
const names = z.string().transform((text) =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean),
);

/**
 * Every setting, as flag and as environment variable of the same name: `maxFileMb` is `--max-file-mb`
 * and `LEGIBLE_MAX_FILE_MB`; a flag wins. The README's table is generated from the descriptions.
 */
export const ConfigSchema = z.object({
  http: flag(false).describe('Serve Streamable HTTP and REST instead of stdio (`legible serve --http`).'),
  host: z.string().default('127.0.0.1').describe('Address to listen on.'),
  port: count(3000, 0, 65_535).describe('Port to listen on; 0 takes a free one.'),
  auth: z
    .enum(['none', 'static', 'accounts'])
    .default('none')
    .describe('Who may call over HTTP: anyone on loopback, keys from `LEGIBLE_KEYS`, or accounts.'),
  keys: z
    .string()
    .optional()
    .describe(
      'API keys for `--auth static`: `name:secret` pairs separated by commas. Set it in the environment.',
    ),
  allowHost: names
    .optional()
    .describe('Further host names under which the server may be called, separated by commas.'),
  publicUrl: z
    .url({ protocol: /^https?$/, error: 'an http: or https: URL is expected' })
    .optional()
    .describe(
      'Address under which clients reach the server through a proxy (`https://ocr.example.org`), for the URLs of uploads; default: the one they called, with `http:`.',
    ),
  dataDir: folder.default(join(homedir(), '.legible')).describe('Folder for jobs, uploads and results.'),
  ephemeral: flag(false).describe(
    'Keep jobs and results in memory only; they are gone when the server ends.',
  ),
  keepDays: z.coerce
    .number()
    .min(0)
    .max(36_500)
    .default(7)
    .describe('Days after which a finished job is deleted with its file and result; 0 keeps them for ever.'),
  maxStoreMb: z.coerce
    .number()
    .positive()
    .max(10_000_000)
    .default(5_000)
    .describe('Megabytes that all jobs may take; beyond, finished ones are deleted, oldest first.'),
  allowDir: folders
    .optional()
    .describe(
      'Folders from which local files may be read, separated like PATH; default: the home and the working folder on stdio, none over HTTP.',
    ),
  allowPrivateNetwork: flag(false).describe('Let `http(s):` sources reach private and loopback addresses.'),
  engine: z.enum(ENGINE_CHOICES).default('auto').describe('Recogniser for scanned pages.'),
  runningHeads: z
    .enum(RUNNING_HEADS)
    .default('omit')
    .describe('Running heads, feet and page numbers in Markdown and text, where a call does not say.'),
  enginesDir: folder
    .default(join(homedir(), '.legible', 'engines'))
    .describe('npm folder with further languages and engines: `npm install --prefix <folder> <package>`.'),
  tessdata: folder.optional().describe('Folder with further `*.traineddata` files.'),
  maxFileMb: z.coerce.number().positive().max(2_000).default(20).describe('Largest file, in megabytes.'),
  maxPages: count(1_000, 1, 100_000).describe('Most pages of one job.'),
  maxMegapixels: z.coerce
    .number()
    .positive()
    .max(1_000)
    .default(100)
    .describe('Largest page image, in millions of pixels.'),
  maxQueue: count(100, 0, 100_000).describe('Jobs that may wait; more are refused.'),
  maxJobs: count(8, 1, 64).describe('Jobs worked on side by side.'),
  threads: count(0, 0, 256).describe('Pages worked on side by side; 0 takes the number of cores.'),
  maxWorkerMb: count(768, 128, 2_048).describe(
    'Memory of one PDF worker, in megabytes; a page that needs more is a failed page.',
  ),
  pageTimeout: count(120, 1, 86_400).describe('Seconds for one page.'),
  jobTimeout: count(7_200, 1, 604_800).describe('Seconds for one job.'),
  maxResultMb: z.coerce
    .number()
    .positive()
    .max(10_000)
    .default(200)
    .describe('Largest result of one job as it is stored, in megabytes.'),
  stopGrace: z.coerce
    .number()
    .min(0)
    .max(3_600)
    .optional()
    .describe(
      'Seconds that running pages and open requests get when the server is asked to stop; pages that are not finished by then are done at the next start. Default: 5 over HTTP, 0.5 on stdio, whose hosts wait about 2.',
    ),
  fetchTimeout: count(30, 1, 3_600).describe('Seconds for downloading a source.'),
  syncTimeout: count(300, 1, 3_600).describe('Seconds that the synchronous `POST /ocr` waits.'),
  signup: flag(true).describe(
    'Whether anyone may make an account with `POST /api/signup` (with `--auth accounts`).',
  ),
  freePages: count(500, 0, 1_000_000).describe('Pages that a new account may use.'),
  rateLimit: count(600, 0, 1_000_000).describe(
    'Requests a minute for one key over HTTP, or for one address where there is no key; 0 is no limit.',
  ),
  maxUploads: count(16, 1, 1_000).describe('Uploads received at the same time; more are refused.'),
  logLevel: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'])
    .default('warn')
    .describe('What is logged to stderr.'),
});
export type Config = z.infer<typeof ConfigSchema>;

export const kebabCase = (key: string): string => key.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
export const environmentName = (key: string): string =>
  `LEGIBLE_${kebabCase(key).replaceAll('-', '_').toUpperCase()}`;
export const maxFileBytes = (config: Config): number => config.maxFileMb * MEGABYTE;

/** Settings that are on or off: flags without a value, `--no-…` where they are on by default. */
const isSwitch = (key: keyof Config): boolean => {
  const schema = ConfigSchema.shape[key];
  return schema instanceof z.ZodDefault && typeof schema.def.defaultValue === 'boolean';
};
const isOnByDefault = (key: keyof Config): boolean =>
  (ConfigSchema.shape[key] as z.ZodDefault).def.defaultValue === true;

type OptionTable = NonNullable<ParseArgsConfig['options']>;

/** Every setting as an option of `parseArgs`. */
function settingOptions(keys: readonly (keyof Config)[]): OptionTable {
  const options: OptionTable = {};
  for (const key of keys) {
    options[kebabCase(key)] = { type: isSwitch(key) ? 'boolean' : 'string' };
    if (isSwitch(key) && isOnByDefault(key)) options[`no-${kebabCase(key)}`] = { type: 'boolean' };
  }
  return options;
}

export interface CommandLine {
  readonly config: Config;
  readonly positionals: readonly string[];
  /** Options of the command itself, beside the settings. */
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
}

/**
 * Reads settings from flags (which win) and environment, and the command's own options.
 * Errors: `invalid_argument`, naming the setting and its allowed values.
 */
export function loadConfig(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
  commandOptions: OptionTable = {},
): CommandLine {
  const keys = Object.keys(ConfigSchema.shape) as (keyof Config)[];
  const { values, positionals } = parse(argv, { ...settingOptions(keys), ...commandOptions });
  const raw: Record<string, string> = {};
  for (const key of keys) {
    const off = values[`no-${kebabCase(key)}`] === true ? false : undefined;
    const value = values[kebabCase(key)] ?? off ?? environment[environmentName(key)];
    if (value !== undefined && value !== '') raw[key] = String(value);
  }
  const result = ConfigSchema.safeParse(raw);
  if (!result.success) {
    const issue = result.error.issues[0];
    const key = String(issue.path[0]);
    throw new LegibleError(
      'invalid_argument',
      `--${kebabCase(key)}: ${issue.message}.`,
      `Correct --${kebabCase(key)} or ${environmentName(key)}.`,
    );
  }
  const own = Object.keys(commandOptions).map((name) => [name, values[name]]);
  return { config: result.data, positionals, values: Object.fromEntries(own) };
}

function parse(argv: readonly string[], options: OptionTable) {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
    return { values: values as Record<string, string | boolean | undefined>, positionals };
  } catch (error) {
    throw new LegibleError(
      'invalid_argument',
      (error as Error).message,
      'Run `legible --help` for the options.',
    );
  }
}
