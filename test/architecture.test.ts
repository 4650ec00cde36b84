import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** The rules of the code's shape, as `CONTRIBUTING.md` states them. Each list that a test expects empty names the offenders. */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MAX_LINES = 400;
const THIS_FILE = 'test/architecture.test.ts';

/** Who may import whom: a layer imports itself and what stands to its left. */
const LAYERS = ['document', 'engines', 'pipeline', 'jobs', 'mcp', 'http', 'app', 'cli'];
/** Imported by every layer, so they count as the lowest one; they may name types and option lists of others. */
const FREE = ['src/errors.ts', 'src/config.ts', 'src/log.ts', 'src/version.ts'];
/** Engines cost seconds and megabytes to load: the first request must be answered before any of them is. */
const HEAVY = [
  'tesseract.js',
  '@embedpdf/pdfium',
  'pdfjs-dist',
  'sharp',
  'piscina',
  'onnxruntime-node',
  'undici',
];
/** Packages that only their adapter may name. */
const ENGINE_PACKAGES = ['tesseract.js', '@embedpdf/pdfium', 'pdfjs-dist', 'onnxruntime-node'];

interface Import {
  /** Repository path of a local module, or the package's name. */
  readonly target: string;
  readonly local: boolean;
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

interface Module {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

function walk(folder: string): string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');
const packageName = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

function importsOf(path: string, text: string): Import[] {
  const code = withoutComments(text);
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean, dynamic: boolean) => {
    const local = specifier.startsWith('.');
    const target = local
      ? relative(ROOT, resolve(ROOT, dirname(path), specifier))
          .split(sep)
          .join('/')
          .replace(/\.js$/, '.ts')
      : packageName(specifier);
    found.push({ target, local, typeOnly, dynamic });
  };
  for (const match of code.matchAll(/^\s*(?:import|export)\s+(type\s+)?[^;'"]*?from\s*['"]([^'"]+)['"]/gm))
    add(match[2], match[1] !== undefined, false);
  for (const match of code.matchAll(/^\s*import\s*['"]([^'"]+)['"]/gm)) add(match[1], false, false);
  for (const match of code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)(\s*\.\s*[A-Z])?/g))
    add(match[1], match[2] !== undefined, true);
  for (const match of code.matchAll(/new URL\(\s*['"](\.[^'"]+\.js)['"],\s*import\.meta\.url/g))
    add(match[1], false, true);
  return found;
}

const modules: Module[] = walk('src')
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: read(path), imports: importsOf(path, read(path)) }));

const layerOf = (path: string): number => {
  if (FREE.includes(path)) return -1;
  const layer = LAYERS.indexOf(path.replace(/^src\//, '').replace(/(\.ts|\/.*)$/, ''));
  if (layer < 0) throw new Error(`${path} belongs to no layer: put it into one, or name it in FREE`);
  return layer;
};

describe('imports', () => {
  it('sees the source', () => {
    expect(modules.length).toBeGreaterThan(10);
    expect(modules.flatMap((module) => module.imports).length).toBeGreaterThan(modules.length);
  });

  it('run one way: cli, mcp, http → jobs → pipeline → engines → document', () => {
    const upward = modules
      .filter((module) => !FREE.includes(module.path))
      .flatMap((module) =>
        module.imports
          .filter((found) => found.local && layerOf(found.target) > layerOf(module.path))
          .map((found) => `${module.path} → ${found.target}`),
      );
    expect(upward).toEqual([]);
  });

  it('name files that exist', () => {
    const missing = modules.flatMap((module) =>
      module.imports
        .filter((found) => found.local && !existsSync(join(ROOT, found.target)))
        .map((found) => `${module.path} → ${found.target}`),
    );
    expect(missing).toEqual([]);
  });

  it('have no cycle', () => {
    const graph = new Map(
      modules.map((module) => [
        module.path,
        module.imports.filter((found) => found.local && !found.dynamic).map((found) => found.target),
      ]),
    );
    const finished = new Set<string>();
    const cycles: string[] = [];
    const visit = (path: string, trail: string[]) => {
      if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      if (finished.has(path) || trail.includes(path)) return;
      for (const target of graph.get(path) ?? []) visit(target, [...trail, path]);
      finished.add(path);
    };
    for (const path of graph.keys()) visit(path, []);
    expect(cycles).toEqual([]);
  });

  it('reach adapters only from app.ts', () => {
    const named = modules
      .filter((module) => module.path !== 'src/app.ts' && !module.path.startsWith('src/engines/'))
      .flatMap((module) =>
        module.imports
          .filter((found) => found.target.startsWith('src/engines/') && !found.target.endsWith('/port.ts'))
          .map((found) => `${module.path} → ${found.target}`),
      );
    const stores = modules
      .filter((module) => module.path !== 'src/app.ts' && !module.path.startsWith('src/jobs/store/'))
      .flatMap((module) =>
        module.imports
          .filter((found) => found.target.startsWith('src/jobs/store/') && !found.target.endsWith('/port.ts'))
          .map((found) => `${module.path} → ${found.target}`),
      );
    const packages = modules
      .filter((module) => !module.path.startsWith('src/engines/'))
      .flatMap((module) =>
        module.imports
          .filter((found) => ENGINE_PACKAGES.includes(found.target))
          .map((found) => `${module.path} → ${found.target}`),
      );
    expect([...named, ...stores, ...packages]).toEqual([]);
  });

  it('load nothing heavy at start', () => {
    const byPath = new Map(modules.map((module) => [module.path, module]));
    const reached = new Set<string>();
    const loaded: string[] = [];
    const visit = (path: string) => {
      const module = byPath.get(path);
      if (!module || reached.has(path)) return;
      reached.add(path);
      for (const found of module.imports) {
        if (found.typeOnly || found.dynamic) continue;
        if (found.local) visit(found.target);
        else if (HEAVY.includes(found.target)) loaded.push(`${path} → ${found.target}`);
      }
    };
    visit('src/cli.ts');
    visit('src/app.ts');
    expect(loaded).toEqual([]);
  });
});

describe('files', () => {
  const code = ['src', 'test', 'bench', 'scripts']
    .flatMap(walk)
    .filter((path) => ['.ts', '.mts', '.js', '.mjs'].includes(extname(path)));
  const documents = readdirSync(ROOT).filter((name) => /\.(md|json|example)$/.test(name));

  /** `path:line: text` of every line that matches. */
  const grep = (paths: readonly string[], pattern: RegExp) =>
    paths.flatMap((path) =>
      read(path)
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
    );

  it(`have at most ${MAX_LINES} lines`, () => {
    const long = code.map((path) => ({ path, lines: read(path).split('\n').length }));
    expect(long.filter((file) => file.lines > MAX_LINES)).toEqual([]);
  });

  it('name no path of one machine', () => {
    const here = ROOT.replace(/[\\/]$/, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const pattern = new RegExp(`${here}(?![\\w-])|['"\`( ]/(?:work|root)/`);
    expect(grep([...code.filter((path) => path !== THIS_FILE), ...documents], pattern)).toEqual([]);
  });

  it('leave nothing half done', () => {
    const pattern =
      /\b(?:TODO|FIXME|HACK)\b|\bas any\b|@ts-ignore|\b(?:it|test|describe|suite)\.(?:only|skip|todo)\b/;
    expect(
      grep(
        code.filter((path) => path !== THIS_FILE),
        pattern,
      ),
    ).toEqual([]);
  });

  it('keep stdout for the protocol: only the command line writes to it', () => {
    const others = walk('src').filter((path) => path !== 'src/cli.ts' && !path.startsWith('src/cli/'));
    expect(grep(others, /\bprocess\.stdout\b|\bconsole\.(?:log|info|debug|table|dir)\b/)).toEqual([]);
    const calls = grep(walk('src'), /\bconsole\.(?:log|info|debug|table|dir)\(/);
    expect(calls).toEqual([]);
  });
});
