import { createApp } from '#legible/app.js';
import { loadConfig } from '#legible/config.js';
import type { JobService } from '#legible/jobs/api.js';

/** The built product, put together as the servers put it together. */
export async function openProduct(options: {
  allowDir: string;
  threads: number;
  engine: string;
  enginesDir?: string;
}): Promise<{ jobs: JobService; close(): Promise<void> }> {
  const { config } = loadConfig([
    ...['--allow-dir', options.allowDir],
    ...['--threads', String(options.threads)],
    ...['--engine', options.engine],
    ...['--max-file-mb', '200'],
    // A busy machine makes no page fail.
    ...['--page-timeout', '600'],
    ...(options.enginesDir ? ['--engines-dir', options.enginesDir] : []),
    // Nothing of an earlier run may be given again.
    '--ephemeral',
  ]);
  const app = await createApp(config);
  return { jobs: app.jobs, close: () => app.close() };
}
