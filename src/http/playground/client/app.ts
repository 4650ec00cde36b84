import { ApiProblem, type JobSummary, job, json, savedKey, saveKey } from './api.js';
import { byId, show } from './dom.js';
import { showEndpoints } from './endpoints.js';
import { refreshJobs } from './jobs.js';
import { wireTabs } from './tabs.js';
import { extractChosen, JobFailure } from './upload.js';
import { copyShown, downloadShown, hideJob, linkWords, showJob, turnPage } from './viewer.js';

const form = byId<HTMLFormElement>('upload-form');
const file = byId<HTMLInputElement>('file');
const drop = byId('drop');
const key = byId<HTMLInputElement>('key');

function tellProblem(error: unknown): void {
  const problem = byId('problem');
  problem.textContent = error instanceof Error ? error.message : String(error);
  show(problem);
  if (error instanceof ApiProblem && error.status === 401) {
    show(byId('key-field'));
    key.focus();
  }
  if (error instanceof JobFailure && error.asksForPassword) {
    show(byId('password-field'));
    byId('password').focus();
  }
}

/** Runs an action and shows what went wrong with it, if anything. */
const guarded = (action: () => Promise<unknown>) => (): void => {
  show(byId('problem'), false);
  action().catch(tellProblem);
};

const openJob = (summary: JobSummary, format?: string): void =>
  guarded(async () => showJob(await json<JobSummary>(job(summary.job_id)), format))();
const listJobs = guarded(() => refreshJobs((summary) => openJob(summary), hideJob));

form.addEventListener('submit', (event) => {
  event.preventDefault();
  guarded(async () => {
    const submit = form.querySelector<HTMLButtonElement>('button[type=submit]');
    if (submit) submit.disabled = true;
    try {
      await showJob(await extractChosen(form), byId<HTMLSelectElement>('format').value);
    } finally {
      if (submit) submit.disabled = false;
      listJobs();
    }
  })();
});

const namePicked = () => {
  byId('file-name').textContent = file.files?.[0]?.name ?? 'PDF, PNG, JPEG, TIFF, WebP, BMP, GIF or AVIF';
  // Another file has another password, or none.
  byId<HTMLInputElement>('password').value = '';
  show(byId('password-field'), false);
};
file.addEventListener('change', namePicked);
for (const type of ['dragenter', 'dragover']) drop.addEventListener(type, () => drop.classList.add('over'));
for (const type of ['dragleave', 'drop']) drop.addEventListener(type, () => drop.classList.remove('over'));
drop.addEventListener('dragover', (event) => event.preventDefault());
drop.addEventListener('drop', (event) => {
  event.preventDefault();
  if (event.dataTransfer?.files.length) file.files = event.dataTransfer.files;
  namePicked();
});

key.value = savedKey();
show(byId('key-field'), savedKey() !== '');
key.addEventListener('change', () => {
  saveKey(key.value.trim());
  listJobs();
});

byId('previous').addEventListener(
  'click',
  guarded(() => turnPage(-1)),
);
byId('next').addEventListener(
  'click',
  guarded(() => turnPage(1)),
);
byId('copy').addEventListener('click', guarded(copyShown));
byId('download').addEventListener('click', downloadShown);

wireTabs();
linkWords();
listJobs();
guarded(showEndpoints)();
