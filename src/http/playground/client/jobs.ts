import { call, type JobSummary, job, json } from './api.js';
import { byId, element, show } from './dom.js';

const RECENT = 20;

/** The list of recent jobs; `open` is called for a finished one. */
export async function refreshJobs(
  open: (summary: JobSummary) => void,
  deleted: (id: string) => void,
): Promise<void> {
  const { jobs } = await json<{ jobs: JobSummary[] }>(`/api/jobs?limit=${RECENT}`);
  show(byId('no-jobs'), jobs.length === 0);
  byId('job-rows').replaceChildren(...jobs.map((summary) => row(summary, open, deleted)));
}

function row(
  summary: JobSummary,
  open: (summary: JobSummary) => void,
  deleted: (id: string) => void,
): HTMLElement {
  const remove = element('button', { type: 'button', 'aria-label': `Delete ${summary.filename}` }, 'Delete');
  remove.addEventListener('click', async () => {
    await call(job(summary.job_id), { method: 'DELETE' });
    deleted(summary.job_id);
    await refreshJobs(open, deleted);
  });
  const view = element('button', { type: 'button', 'aria-label': `Open ${summary.filename}` }, 'Open');
  view.disabled = summary.status !== 'done';
  view.addEventListener('click', () => open(summary));
  return element(
    'tr',
    {},
    element('td', {}, summary.filename),
    element('td', summary.error ? { title: summary.error } : {}, summary.status),
    element('td', {}, `${summary.pages_completed}/${summary.page_count}`),
    element('td', {}, new Date(summary.created_at).toLocaleString()),
    element('td', {}, summary.elapsed === null ? '' : String(summary.elapsed)),
    element('td', {}, view, ' ', remove),
  );
}
