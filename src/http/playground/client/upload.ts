import { call, type JobSummary, job, json } from './api.js';
import { byId, show } from './dom.js';

const POLL_MILLISECONDS = 400;

/** Why there is no result; the codes of encrypted files ask for a password. */
export class JobFailure extends Error {
  readonly asksForPassword: boolean;

  constructor({ error, error_code }: JobSummary) {
    super(error ?? 'The job failed.');
    this.asksForPassword = error_code === 'encrypted_pdf' || error_code === 'wrong_password';
  }
}

/** Sends the chosen file and follows its job page by page to its end. */
export async function extractChosen(form: HTMLFormElement): Promise<JobSummary> {
  const data = new FormData(form);
  const query = new URLSearchParams({ language: String(data.get('language') || 'auto') });
  if (data.get('pages')) query.set('pages', String(data.get('pages')));
  const body = new FormData();
  body.append('file', data.get('file') as File);
  if (data.get('password')) body.append('password', String(data.get('password')));
  progress('Uploading…', 0, 0);
  const { job_id } = await json<{ job_id: string }>(`/api/ocr?${query}`, { method: 'POST', body });

  const cancel = byId('cancel');
  const stop = () => void call(`${job(job_id)}/cancel`, { method: 'POST' });
  cancel.addEventListener('click', stop);
  try {
    for (;;) {
      const [summary] = await Promise.all([
        json<JobSummary>(job(job_id)),
        new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS)),
      ]);
      const { status, pages_completed: done, page_count: total } = summary;
      progress(
        status === 'queued' ? 'Waiting for its turn…' : `Page ${done} of ${total || '…'}`,
        done,
        total,
      );
      if (status === 'error') throw new JobFailure(summary);
      if (status === 'done') return summary;
    }
  } finally {
    cancel.removeEventListener('click', stop);
    show(byId('progress'), false);
  }
}

function progress(text: string, done: number, total: number): void {
  show(byId('progress'));
  const bar = byId<HTMLProgressElement>('progress-bar');
  if (total > 0) {
    bar.max = total;
    bar.value = done;
  } else bar.removeAttribute('value');
  const line = byId('progress-text');
  // Said again only when it changed: a screen reader reads each change.
  if (line.textContent !== text) line.textContent = text;
}
