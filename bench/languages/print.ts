import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import sharp from 'sharp';
import type { Declaration } from './data.js';

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Pixels an inch of the pages, as offices scan. */
const DPI = 200;
const CSS_DPI = 96;
/** A4 at 96 pixels an inch. */
const PAPER = { width: 794, height: 1123 };
/** What an office scanner's optics and sensor do to print. */
const BLUR = 0.6;
const NOISE = { type: 'gaussian' as const, mean: 0, sigma: 6 };

export async function openPrinter(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? BROWSERS.find((path) => existsSync(path));
  if (!executablePath) throw new Error('Chromium is needed to print the pages; name it in CHROMIUM.');
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--font-render-hinting=none'] });
}

export interface PrintOptions {
  readonly font: string;
  /** CSS pixels of the paper; A4 where it is not named. */
  readonly height?: number;
  /** Without noise, in 16 grays: a small file. */
  readonly clean?: boolean;
}

/** CSS pixels of paper that stay free below the text. */
const FOOT = 40;

/** The paragraphs that find room on one page: what runs over its edge cannot be read. */
export async function onePage(
  browser: Browser,
  text: Declaration,
  { font, height = PAPER.height }: PrintOptions,
): Promise<Declaration> {
  const page = await browser.newPage({ viewport: PAPER });
  try {
    await page.setContent(html(text, font));
    const bottoms = await page
      .locator('body > *')
      .evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().bottom));
    const room = bottoms.filter((bottom) => bottom <= height - FOOT).length;
    return { ...text, paragraphs: text.paragraphs.slice(0, room) };
  } finally {
    await page.close();
  }
}

/** The text set on one page, as a gray PNG at 200 dpi with the softness of a scan. */
export async function printPage(
  browser: Browser,
  text: Declaration,
  { font, height = PAPER.height, clean = false }: PrintOptions,
): Promise<Buffer> {
  const page = await browser.newPage({ viewport: PAPER, deviceScaleFactor: DPI / CSS_DPI });
  try {
    await page.setContent(html(text, font));
    const clip = { x: 0, y: 0, width: PAPER.width, height };
    const shot = await page.screenshot({ clip });
    const { data, info } = await sharp(shot)
      .flatten({ background: '#fff' })
      .toColourspace('b-w')
      .blur(BLUR)
      .raw()
      .toBuffer({ resolveWithObject: true });
    const size = { width: info.width, height: info.height };
    if (clean) {
      const image = sharp(data, { raw: { ...size, channels: 1 } }).withMetadata({ density: DPI });
      return await image.png({ palette: true, colours: 16, compressionLevel: 9 }).toBuffer();
    }
    const noise = await sharp({
      create: { ...size, channels: 3, background: '#000', noise: { ...NOISE, mean: 128 } },
    })
      .toColourspace('b-w')
      .raw()
      .toBuffer();
    for (let i = 0; i < data.length; i++) data[i] = Math.max(0, Math.min(255, data[i] + noise[i] - 132));
    return await sharp(data, { raw: { ...size, channels: 1 } })
      .withMetadata({ density: DPI })
      .png()
      .toBuffer();
  } finally {
    await page.close();
  }
}

function html({ direction, language, paragraphs }: Declaration, font: string): string {
  const body = paragraphs.map(({ tag, text }) => `<${tag}>${asHtml(text)}</${tag}>`).join('\n');
  return `<!doctype html><html lang="${language}" dir="${direction}"><meta charset="utf-8"><style>
    body { margin: 72px 76px; font: 15px/1.45 ${font}; color: #111; background: #fff }
    h1 { font-size: 25px } h2 { font-size: 19px } p { text-align: justify; margin: 0 0 9px }
    </style><body>${body}</body></html>`;
}

const asHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
