import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { App } from '../app.js';
import { type Config, loadConfig } from '../config.js';
import { toLegibleError } from '../errors.js';
import { LOCAL_OWNER } from '../jobs/job.js';
import { VERSION } from '../version.js';
import type { Exit } from './exit-codes.js';
import { TEST_TEXT, testImage } from './test-image.js';

const WAIT_MILLISECONDS = 120_000;

interface Finding {
  readonly ok: boolean;
  readonly lines: readonly string[];
}

/** `legible doctor`: what is here, and whether it works. Exit code 0 when the test image was read. */
export async function doctor(argv: readonly string[]): Promise<Exit> {
  const { config } = loadConfig(argv);
  const { createApp } = await import('../app.js');
  const app = await createApp(config, { everyFile: true });
  try {
    const findings: Finding[] = [machine()];
    for (const examine of [engines, languages, dataFolder, selfTest])
      findings.push(await examine(app, config).catch(failed));
    for (const { ok, lines } of findings)
      process.stdout.write(`${ok ? 'ok  ' : 'BAD '} ${lines.join('\n     ')}\n`);
    return findings.every(({ ok }) => ok) ? 'ok' : 'failed';
  } finally {
    await app.close(0);
  }
}

function failed(error: unknown): Finding {
  const { message, hint, cause } = toLegibleError(error);
  return { ok: false, lines: [message, hint, ...(cause ? [String(cause)] : [])] };
}

const machine = (): Finding => ({
  ok: true,
  lines: [
    `legible ${VERSION}, Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores`,
  ],
});

async function engines(app: App): Promise<Finding> {
  const all = await (await app.recognizer('auto')).status();
  const describe = ({ name, found, detail, hint }: (typeof all)[number]) =>
    `${name}: ${detail}${found || !hint ? '' : `. ${hint}`}`;
  return { ok: all.some(({ found }) => found), lines: ['recognisers', ...all.map(describe)] };
}

async function languages(app: App, { enginesDir }: Config): Promise<Finding> {
  const { installCommand, languageName } = await import('../pipeline/recognize/languages.js');
  const codes = await (await app.recognizer('auto')).languages();
  const named = codes.map((code) => `${languageName(code)} (${code})`);
  return {
    ok: codes.length > 0,
    lines: [
      `languages: ${named.join(', ') || 'none'}`,
      `to add one, e.g. German (deu): ${installCommand(['deu'], enginesDir)}`,
      `or put CODE.traineddata into ${join(enginesDir, 'tessdata')}, or name a folder of such files with --tessdata or TESSDATA_PREFIX`,
    ],
  };
}

async function dataFolder(_app: App, config: Config): Promise<Finding> {
  try {
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
    await access(config.dataDir, constants.W_OK);
    return { ok: true, lines: [`data folder: ${config.dataDir}`] };
  } catch {
    return {
      ok: false,
      lines: [`data folder ${config.dataDir} cannot be written`, 'Choose another with --data-dir.'],
    };
  }
}

/** Reads the built-in image the way every document is read. */
async function selfTest(app: App, config: Config): Promise<Finding> {
  const startedAt = performance.now();
  const { id } = await app.jobs.submit({
    source: { upload: { bytes: testImage(), name: 'self-test.png' } },
    options: { language: 'eng', ocr: 'auto', engine: config.engine },
    owner: LOCAL_OWNER,
  });
  await app.jobs.waitUntilFinal(id, LOCAL_OWNER, WAIT_MILLISECONDS);
  const { content, pages } = await app.jobs.read(id, LOCAL_OWNER, { format: 'text', maxChars: 10_000 });
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  const text = content.replace(/\s+/g, ' ').trim();
  const engine = pages.flatMap((page) => page.engines).join(', ');
  return text === TEST_TEXT
    ? { ok: true, lines: [`self-test: read two lines with ${engine} in ${seconds} s`] }
    : { ok: false, lines: [`self-test: read "${text}" instead of "${TEST_TEXT}" with ${engine}`] };
}
