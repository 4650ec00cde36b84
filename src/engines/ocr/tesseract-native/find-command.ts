import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

/** What Windows starts without a shell. */
const WINDOWS_PROGRAMS = ['.com', '.exe'];
/** npm puts such folders of the working folder on the PATH: what lies there came with a project. */
const PROJECT_COMMANDS = /[\\/]node_modules[\\/]\.bin[\\/]*$/;

/**
 * Absolute path of a command; undefined where the PATH does not hold it. The system's own search is not
 * used: Windows looks into the working folder first, and a `tesseract.exe` in a stranger's project would run.
 */
export async function findCommand(
  name: string,
  { environment = process.env, windows = process.platform === 'win32' } = {},
): Promise<string | undefined> {
  const names = windows ? WINDOWS_PROGRAMS.map((extension) => name + extension) : [name];
  for (const folder of (environment.PATH ?? '').split(windows ? ';' : delimiter)) {
    // Windows lets folders with a semicolon stand in quotes.
    const entry = windows ? folder.replaceAll('"', '') : folder;
    if (!isTrusted(entry)) continue;
    for (const path of names.map((file) => join(entry, file))) {
      if (await isProgram(path, windows)) return path;
    }
  }
  return undefined;
}

/** Relative entries, the empty one among them, follow the working folder. */
const isTrusted = (folder: string): boolean =>
  isAbsolute(folder) && resolve(folder) !== process.cwd() && !PROJECT_COMMANDS.test(folder);

async function isProgram(path: string, windows: boolean): Promise<boolean> {
  try {
    if (!windows) await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
