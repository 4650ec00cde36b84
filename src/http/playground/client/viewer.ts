import { call, type DocumentJson, type JobSummary, job, type PageJson } from './api.js';
import { byId, element, show } from './dom.js';
import { numberWords, renderPage } from './render.js';
import { currentTab, selectTab } from './tabs.js';

const SVG = 'http://www.w3.org/2000/svg';
/** Sharp enough to read on a screen of twice the usual density. */
const PAGE_DPI = 144;

/** The finished job on show, in every form, loaded once. */
interface Shown {
  readonly id: string;
  readonly name: string;
  readonly document: DocumentJson;
  readonly texts: Record<'source' | 'json' | 'text', string>;
}

let shown: Shown | undefined;
let position = 0;
let imageUrl: string | undefined;

const result = async (id: string, format: string): Promise<Response> =>
  call(`/v1/jobs/${encodeURIComponent(id)}/result?format=${format}`);

export async function showJob(summary: JobSummary, opened?: string): Promise<void> {
  const [markdown, text, document] = await Promise.all(
    ['markdown', 'text', 'json'].map(
      async (format) => (await (await result(summary.job_id, format)).json()).content,
    ),
  );
  shown = {
    id: summary.job_id,
    name: summary.filename,
    document,
    texts: { source: markdown, text, json: JSON.stringify(document, undefined, 2) },
  };
  position = 0;
  for (const [name, content] of Object.entries(shown.texts)) {
    const pre = byId(`panel-${name}`).querySelector('pre');
    if (pre) pre.textContent = content;
  }
  const { pages } = shown.document;
  const doubtful = pages.reduce((sum, page) => sum + page.doubtful_words, 0);
  byId('result-title').textContent = summary.filename;
  byId('summary').textContent =
    `${pages.length} ${pages.length === 1 ? 'page' : 'pages'}, ${summary.elapsed ?? 0} s` +
    (doubtful ? `, ${doubtful} doubtful ${doubtful === 1 ? 'word' : 'words'}` : '');
  show(byId('result'));
  selectTab(opened === 'json' || opened === 'text' ? opened : 'markdown');
  await showPage();
  byId('result').focus();
}

export function hideJob(id: string): void {
  if (shown?.id !== id) return;
  shown = undefined;
  show(byId('result'), false);
}

export async function turnPage(step: number): Promise<void> {
  const pages = shown?.document.pages.length ?? 0;
  const target = Math.min(pages - 1, Math.max(0, position + step));
  if (target === position) return;
  position = target;
  await showPage();
}

async function showPage(): Promise<void> {
  const page = shown?.document.pages[position];
  if (!shown || !page) return;
  const { pages } = shown.document;
  byId('page-label').textContent = `Page ${page.page} (${position + 1} of ${pages.length})`;
  byId<HTMLButtonElement>('previous').disabled = position === 0;
  byId<HTMLButtonElement>('next').disabled = position === pages.length - 1;
  byId('panel-markdown').replaceChildren(renderPage(page));
  byId('page-evidence').textContent = evidence(page);
  drawOverlay(page);
  await loadImage(shown.id, page);
}

function evidence(page: PageJson): string {
  const parts = [`${page.source.replace('_', ' ')}: ${page.reason}`];
  if (page.confidence !== null) parts.push(`confidence ${Math.round(page.confidence)} %`);
  if (page.language) parts.push(page.language);
  parts.push(...page.preparation, ...page.warnings.map((warning) => warning.message));
  if (page.error) parts.push(`${page.error.message} ${page.error.hint}`);
  return parts.join(' · ');
}

async function loadImage(id: string, page: PageJson): Promise<void> {
  const image = byId<HTMLImageElement>('page-image');
  const response = await call(`${job(id)}/pages/${page.page}/image?dpi=${PAGE_DPI}`);
  if (imageUrl) URL.revokeObjectURL(imageUrl);
  imageUrl = URL.createObjectURL(await response.blob());
  image.src = imageUrl;
  image.alt = `Page ${page.page} of ${shown?.name ?? 'the document'}`;
}

function drawOverlay(page: PageJson): void {
  const overlay = byId('overlay');
  overlay.setAttribute('viewBox', `0 0 ${page.width} ${page.height}`);
  overlay.setAttribute('preserveAspectRatio', 'none');
  overlay.replaceChildren(
    ...numberWords(page).map(({ index, word }) => {
      const [x0, y0, x1, y1] = word.box;
      const rect = document.createElementNS(SVG, 'rect');
      for (const [key, value] of Object.entries({
        x: x0,
        y: y0,
        width: x1 - x0,
        height: y1 - y0,
        'data-word': index,
      })) {
        rect.setAttribute(key, String(value));
      }
      if (word.doubtful) rect.classList.add('doubtful');
      return rect;
    }),
  );
}

/** Pointing at a word on one side marks it on the other. */
export function linkWords(): void {
  const sides = [byId('overlay'), byId('panel-markdown')];
  const mark = (event: Event) => {
    for (const on of document.querySelectorAll('.on')) on.classList.remove('on');
    const index = (event.target as Element).getAttribute?.('data-word');
    if (index === null || index === undefined) return;
    for (const [side, root] of sides.entries()) {
      for (const found of root.querySelectorAll(`[data-word="${index}"]`)) {
        found.classList.add('on');
        if (side === 1 && event.currentTarget === sides[0]) found.scrollIntoView({ block: 'nearest' });
      }
    }
  };
  for (const side of sides) {
    side.addEventListener('pointerover', mark);
    side.addEventListener('click', mark);
  }
}

const FILE_KINDS = {
  markdown: ['source', 'md', 'text/markdown'],
  source: ['source', 'md', 'text/markdown'],
  json: ['json', 'json', 'application/json'],
  text: ['text', 'txt', 'text/plain'],
} as const;

export async function copyShown(): Promise<void> {
  const text = shown?.texts[FILE_KINDS[currentTab()][0]];
  if (text === undefined) return;
  await navigator.clipboard.writeText(text);
  byId('copied').textContent = 'Copied.';
}

export function downloadShown(): void {
  if (!shown) return;
  const [form, extension, type] = FILE_KINDS[currentTab()];
  const url = URL.createObjectURL(new Blob([shown.texts[form]], { type }));
  const link = element('a', { href: url, download: `${shown.name.replace(/\.[^.]*$/, '')}.${extension}` });
  link.click();
  URL.revokeObjectURL(url);
}
