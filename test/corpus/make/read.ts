import { createApp } from '#legible/app.js';
import { loadConfig } from '#legible/config.js';
import type { Expectation } from '../expectations.js';

const OWNER = 'local';
const A_MINUTE = 60_000;
const NO_LIMIT = 1_000_000;

/** Reads documents of one folder through the job service, as the tools do. */
export async function openReader(folder: string) {
  const { config } = loadConfig(['--allow-dir', folder, '--ephemeral'], {});
  const app = await createApp(config);
  return {
    jobs: app.jobs,
    close: () => app.close(),
    /**
     * A golden text: one line of evidence a page, then the Markdown. Confidence and time are left out, they
     * differ between machines. Rejects with the job's error when the document cannot be read.
     */
    async read({ file, password }: Pick<Expectation, 'file' | 'password'>): Promise<string> {
      const { id } = await app.jobs.submit({
        source: { reference: `${folder}/${file}` },
        options: { language: 'auto', ocr: 'auto', engine: 'tesseract.js', ...(password && { password }) },
        owner: OWNER,
      });
      const job = await app.jobs.waitUntilFinal(id, OWNER, A_MINUTE);
      if (job.status !== 'done') throw Object.assign(new Error(job.error?.message ?? job.status), job.error);
      const records = await app.jobs.pageRecords(id, OWNER);
      const { content } = await app.jobs.read(id, OWNER, { format: 'markdown', maxChars: NO_LIMIT });
      const evidence = records.map(({ number, source, rotation, language, warnings }) => {
        const parts = [
          source,
          rotation && `turned ${rotation}`,
          language,
          ...warnings.map(({ code }) => `! ${code}`),
        ];
        return `<!-- page ${number}: ${parts.filter(Boolean).join(', ')} -->`;
      });
      return `${evidence.join('\n')}\n\n${content.trim()}\n`;
    },
  };
}
