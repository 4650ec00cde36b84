/// <reference lib="dom" />
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildPdf, textAt } from '../support/pdf-writer.js';
import { startServer, type TestServer } from './support.js';

const corpus = (name: string) => fileURLToPath(new URL(`../corpus/${name}`, import.meta.url));

/** Debian's, Ubuntu's, Fedora's and macOS' places. CI installs one, so there the tests never stand back. */
const BROWSERS = [
  process.env.LEGIBLE_CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const executablePath = BROWSERS.find((path) => path !== '' && existsSync(path));
const canRun = executablePath !== undefined || process.env.CI !== undefined;
if (!canRun)
  console.error('No Chromium found: the tests of the page are left out. Set LEGIBLE_CHROMIUM to run them.');

let server: TestServer;
let browser: Browser;
let page: Page;
let problems: string[];

beforeAll(async () => {
  if (!canRun) return;
  server = await startServer();
  browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

beforeEach(async () => {
  if (!canRun) return;
  problems = [];
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url) && !/^(blob|data):/.test(request.url()))
      problems.push(`outside request: ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(server.url);
});
afterEach(async () => {
  if (!canRun) return;
  await page.context().close();
  expect(problems).toEqual([]);
});

async function extract(name: string): Promise<void> {
  await page.setInputFiles('#file', corpus(name));
  await page.click('button[type=submit]');
  await page.waitForSelector('#result:not([hidden])', { timeout: 60_000 });
  await page.waitForFunction(
    () => (document.querySelector('#page-image') as HTMLImageElement).naturalWidth > 0,
  );
}

describe.runIf(canRun)('the page', () => {
  it('extracts a chosen file and shows page image and text side by side', async () => {
    await extract('report.pdf');
    expect(await page.textContent('#panel-markdown h3')).toBe('Water Quality in the Old Harbour');
    expect(await page.locator('#panel-markdown table').count()).toBe(1);
    expect(await page.textContent('#summary')).toMatch(/2 pages/);
    expect(await page.textContent('#page-evidence')).toContain('text layer');
    await page.click('#next');
    await page.waitForFunction(() =>
      document.querySelector('#page-label')?.textContent?.startsWith('Page 2'),
    );
    expect(await page.locator('#job-rows tr').first().textContent()).toContain('report.pdf');
  });

  it('links words both ways', async () => {
    await extract('report.pdf');
    const word = page.locator('#panel-markdown .word', { hasText: /^Quality$/ }).first();
    const index = await word.getAttribute('data-word');
    await word.hover();
    expect(await page.locator('#overlay rect.on').getAttribute('data-word')).toBe(index);
    const rect = page.locator(`#overlay rect[data-word="${index}"]`);
    // The marked rectangle lies where the word is printed: the upper part of the page.
    const [frame, place] = [await page.locator('#page-frame').boundingBox(), await rect.boundingBox()];
    expect(place && frame && (place.y - frame.y) / frame.height).toBeLessThan(0.3);
    await page.mouse.move(0, 0);
    await rect.hover();
    expect(await page.locator('#panel-markdown .word.on').textContent()).toBe('Quality');
  });

  it('tints doubtful words of a photograph', async () => {
    await extract('receipt.jpg');
    const doubtful = await page.locator('#panel-markdown .word.doubtful').count();
    expect(await page.locator('#overlay rect.doubtful').count()).toBeGreaterThanOrEqual(doubtful);
    expect(await page.textContent('#page-evidence')).toContain('confidence');
  });

  it('shows Markdown, JSON and text; copies and downloads what is shown', async () => {
    await extract('report.pdf');
    await page.click('#tab-source');
    expect(await page.textContent('#panel-source')).toContain('## 2. Results');
    await page.click('#copy');
    await page.waitForFunction(() => document.querySelector('#copied')?.textContent === 'Copied.');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('## 2. Results');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#download')]);
    expect(download.suggestedFilename()).toBe('report.md');
    await page.click('#tab-json');
    expect(JSON.parse((await page.textContent('#panel-json pre')) ?? '').page_count).toBe(2);
  });

  it('works with the keyboard alone', async () => {
    await page.setInputFiles('#file', corpus('report.pdf'));
    await page.focus('#pages');
    await page.keyboard.type('2');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#result:not([hidden])');
    await page.waitForFunction(() => document.activeElement?.id === 'result');
    expect(await page.textContent('#page-label')).toBe('Page 2 (1 of 1)');
    await page.focus('#tab-markdown');
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('tab-source');
    expect(await page.locator('#panel-source').isVisible()).toBe(true);
    await page.keyboard.press('End');
    expect(await page.getAttribute('#tab-text', 'aria-selected')).toBe('true');
  });

  it('tells what is wrong with a file, and takes the password that it asks for', async () => {
    await page.setInputFiles('#file', corpus('encrypted-aes.pdf'));
    await page.click('button[type=submit]');
    await page.waitForSelector('#problem:not([hidden])');
    expect(await page.textContent('#problem')).toMatch(/password/);
    await page.waitForFunction(() => document.activeElement?.id === 'password');
    await page.keyboard.type('open sesame');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#result:not([hidden])');
  });

  it('runs nothing that a document says', async () => {
    const hostile = '<img src=x onerror=alert(1)> <script>alert(2)</script> [x](javascript:alert(3))';
    const svg = Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="1400" height="300"><rect width="100%" height="100%" fill="#fff"/><text x="40" y="150" font-size="34" font-family="sans-serif">${hostile.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</text></svg>`,
    );
    const { default: sharp } = await import('sharp');
    const image = await sharp(svg).png().toBuffer();
    await page.setInputFiles('#file', {
      name: '<img src=x onerror=alert(4)>.png',
      mimeType: 'image/png',
      buffer: image,
    });
    await page.click('button[type=submit]');
    await page.waitForSelector('#result:not([hidden])', { timeout: 60_000 });
    expect(await page.textContent('#panel-markdown')).toContain('onerror');
    expect(await page.locator('#result script, #panel-markdown img, #panel-markdown a').count()).toBe(0);
  });

  it('shows emphasis and raised figures, and links only to pages and mail', async () => {
    const link = (x: number, y: number, width: number, target: string) =>
      `<< /Type /Annot /Subtype /Link /Border [0 0 0] /Rect [${x} ${y} ${x + width} ${y + 14}] /A << /S /URI /URI (${target}) >> >>`;
    const content =
      textAt(72, 700, 'The tide was') +
      textAt(146, 700, 'never late', { font: 'F2' }) +
      textAt(210, 700, 'that year and the keeper', {}) +
      textAt(350, 700, 'noticed', { font: 'F3' }) +
      textAt(72, 686, 'Read the almanac or run the engine or write a letter about the whole year to us.');
    const annotations = [
      link(104, 684, 64, 'https://tides.example/almanac?a=1'),
      link(194, 684, 58, 'javascript:alert(1)'),
    ];
    await page.setInputFiles('#file', {
      name: 'linked.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from(buildPdf({ pages: [{ content, entries: `/Annots [${annotations.join(' ')}]` }] })),
    });
    await page.click('button[type=submit]');
    await page.waitForSelector('#result:not([hidden])', { timeout: 60_000 });
    const panel = page.locator('#panel-markdown');
    expect(await panel.locator('strong').allTextContents()).toEqual(['never late']);
    expect(await panel.locator('em').allTextContents()).toEqual(['noticed']);
    expect(await panel.locator('a').evaluateAll((all) => all.map((a) => a.getAttribute('href')))).toEqual([
      'https://tides.example/almanac?a=1',
    ]);
    expect(await panel.locator('a').textContent()).toContain('almanac');
    // Words keep their link to the page image inside of it.
    expect(await panel.locator('strong .word').count()).toBe(2);
    expect(await panel.textContent()).toContain('run the engine or write');
  });

  it('fits a narrow screen with every part of it open', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.waitForSelector('.endpoint');
    for (const summary of await page.locator('.endpoint summary').all()) await summary.click();
    const [scrollWidth, clientWidth] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(scrollWidth).toBe(clientWidth);
  });

  it('documents every endpoint with a form that works', async () => {
    const api = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
      paths: Record<string, object>;
    };
    await page.waitForFunction(
      (count) => document.querySelectorAll('.endpoint').length === count,
      Object.values(api.paths).flatMap((path) => Object.keys(path)).length,
    );
    const upload = page.locator('.endpoint', { hasText: '/uploads/{id}/{token}' });
    await upload.locator('summary').click();
    expect(await upload.locator('[aria-label="curl line"]').textContent()).toMatch(/ -T 'document\.pdf'$/);
    expect(await upload.locator('input[type=file]').count()).toBe(1);
    const health = page.locator('.endpoint', { hasText: '/health' });
    await health.locator('summary').click();
    expect(await health.locator('[aria-label="curl line"]').textContent()).toBe(
      `curl '${server.url}/health'`,
    );
    await health.locator('button[type=submit]').click();
    await page.waitForFunction(() =>
      /"status": "ok"/.test(document.querySelector('#endpoints')?.textContent ?? ''),
    );
  });
});
