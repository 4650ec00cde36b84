import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { loadConfig } from '../config.js';
import { LegibleError } from '../errors.js';
import { LOCAL_OWNER } from '../jobs/job.js';
import { DocumentJson } from '../pipeline/write/json-schema.js';
import { writeOverlay } from '../pipeline/write/overlay.js';
import type { Exit } from './exit-codes.js';
import { sourceOf } from './sources.js';

const OPTIONS = {
  out: { type: 'string' },
  page: { type: 'string' },
  language: { type: 'string' },
  password: { type: 'string' },
} as const;

/** Small print stays readable under the boxes. */
const IMAGE_DPI = 150;
const USAGE = 'Run `legible inspect FILE --page 3 --out page.png` (or page.svg).';

/** `legible inspect FILE --page N --out page.png|svg`: what was found on a page, drawn over its image. */
export async function inspect(argv: readonly string[]): Promise<Exit> {
  const { config, positionals, values } = loadConfig(argv, process.env, OPTIONS);
  const [file] = positionals;
  const out = values.out === undefined ? 'page.png' : String(values.out);
  const number = Number(values.page ?? 1);
  if (!file || !Number.isInteger(number) || number < 1 || !['.png', '.svg'].includes(extname(out))) {
    throw new LegibleError(
      'invalid_argument',
      'A file, a page number and an output ending in .png or .svg are needed.',
      USAGE,
    );
  }
  const { createApp } = await import('../app.js');
  const app = await createApp({ ...config, ephemeral: true }, { everyFile: true });
  try {
    const password = values.password === undefined ? process.env.LEGIBLE_PASSWORD : String(values.password);
    const { id } = await app.jobs.submit({
      source: await sourceOf(file),
      options: {
        pages: [{ start: number, end: number }],
        language: String(values.language ?? 'auto'),
        ocr: 'auto',
        engine: config.engine,
        password,
      },
      owner: LOCAL_OWNER,
    });
    const job = await app.jobs.waitUntilFinal(id, LOCAL_OWNER, config.jobTimeout * 1_000);
    if (job.error) throw LegibleError.fromInfo(job.error);
    const { content } = await app.jobs.read(id, LOCAL_OWNER, {
      format: 'json',
      maxChars: Number.MAX_SAFE_INTEGER,
    });
    const [page] = DocumentJson.parse(JSON.parse(content)).pages;
    const image = await app.jobs.viewPage(id, LOCAL_OWNER, number, { dpi: IMAGE_DPI });
    const svg = writeOverlay(page, image);
    await writeFile(out, extname(out) === '.svg' ? svg : await toPng(svg));
    process.stdout.write(
      `${out}: page ${number}, ${page.source}, ${page.blocks.length} blocks, ${page.words} words\n`,
    );
    return 'ok';
  } finally {
    await app.close(0);
  }
}

async function toPng(svg: string): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  // `unlimited`: the embedded page image is larger than what SVGs usually hold.
  return sharp(Buffer.from(svg), { density: IMAGE_DPI, unlimited: true }).png().toBuffer();
}
