import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Folders in which optional npm packages (languages, engines) are looked for, in this order: the
 * engines folder of the settings, the `node_modules` folders around this installation, the folder of
 * globally installed packages. The working directory is left out on purpose: code from an untrusted
 * project must not be loaded into the server.
 */
export function packageFolders(enginesDir?: string): string[] {
  const folders: string[] = [];
  if (enginesDir) folders.push(join(enginesDir, 'node_modules'));
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    folders.push(join(folder, 'node_modules'));
    if (folder === dirname(folder)) break;
  }
  const prefix = dirname(process.execPath);
  folders.push(
    process.platform === 'win32' ? join(prefix, 'node_modules') : join(prefix, '..', 'lib', 'node_modules'),
  );
  if (process.platform === 'win32' && process.env.APPDATA) {
    folders.push(join(process.env.APPDATA, 'npm', 'node_modules'));
  }
  return [...new Set(folders)].filter((folder) => existsSync(folder));
}

/** Folder of an installed package, or null; `name` may be scoped. */
export function findPackage(name: string, folders: readonly string[]): string | null {
  for (const folder of folders) {
    const path = join(folder, ...name.split('/'));
    if (existsSync(join(path, 'package.json'))) return path;
  }
  return null;
}

/** Names (without scope) of the installed packages of a scope. */
export function listScope(scope: string, folders: readonly string[]): string[] {
  const names = new Set<string>();
  for (const folder of folders) {
    const path = join(folder, scope);
    if (existsSync(path)) for (const name of readdirSync(path)) names.add(name);
  }
  return [...names];
}
