import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LegibleError } from '../../errors.js';
import { type AllowedFolders, pathNotAllowed } from './allowed-folders.js';
import { sharedBytes } from './shared-bytes.js';
import { emptyFile, fileTooLarge } from './size.js';

/** Names of Windows that reach past the file system: devices, other computers, alternate streams. */
const WINDOWS_SPECIAL = /^[\\/]{2}|^.{2,}:/;

/**
 * Reads a file whose real path is allowed, regular files only. The checks hold for the very file
 * that was opened, so exchanging a link in between gains nothing. Errors: `path_not_allowed`,
 * `source_not_found`, `file_too_large`, `empty_file`.
 */
export async function readLocalFile(
  path: string,
  allowed: AllowedFolders,
  maxBytes: number,
): Promise<{ bytes: Uint8Array; name: string }> {
  if (allowed.none) throw pathNotAllowed(allowed);
  if (process.platform === 'win32' && WINDOWS_SPECIAL.test(path)) throw pathNotAllowed(allowed);
  const real = await findFile(path, allowed);
  if (!(await allowed.contains(real))) throw pathNotAllowed(allowed);
  // Without O_NONBLOCK, opening a pipe waits for a writer for ever.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const file = await open(real, flags).catch((error) => {
    throw notReadable(error);
  });
  try {
    const opened = await file.stat();
    if (!opened.isFile()) throw notAFile(opened.isDirectory());
    if (!(await isStill(real, opened))) throw pathNotAllowed(allowed);
    if (opened.size === 0) throw emptyFile();
    if (opened.size > maxBytes) throw fileTooLarge(maxBytes, opened.size);
    return { bytes: await readWhole(file, opened.size), name: basename(path) };
  } finally {
    await file.close();
  }
}

/** Does the path still lead, without links, to the file that was opened? */
async function isStill(real: string, opened: Stats): Promise<boolean> {
  try {
    const now = await stat(real);
    // Some versions of Node on Windows know the device of an open file, but call that of a path 0.
    const sameDevice = now.dev === opened.dev || (process.platform === 'win32' && now.dev === 0);
    return now.ino === opened.ino && sameDevice && (await realpath(real)) === real;
  } catch {
    return false;
  }
}

async function readWhole(file: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = sharedBytes(size);
  let length = 0;
  while (length < size) {
    const { bytesRead } = await file.read(bytes, length, size - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}

/** The real path. Whether a file exists is told only about allowed folders. */
async function findFile(path: string, allowed: AllowedFolders): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const similar = await similarName(path);
    if (similar) return similar;
    throw allowed.containsAsWritten(path) ? notReadable(error) : pathNotAllowed(allowed);
  }
}

/**
 * A file whose name differs only in how Unicode writes it: macOS puts a narrow no-break space into
 * screenshot names and decomposes accents; whoever retypes such a name gets another string.
 */
async function similarName(path: string): Promise<string | undefined> {
  const plain = (name: string) => name.normalize('NFKC').replace(/\s/g, ' ');
  try {
    const folder = await realpath(dirname(path));
    const wanted = plain(basename(path));
    const found = (await readdir(folder)).filter((name) => plain(name) === wanted);
    return found.length === 1 ? await realpath(join(folder, found[0])) : undefined;
  } catch {
    return undefined;
  }
}

function notReadable(error: unknown): LegibleError {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') {
    return new LegibleError(
      'path_not_allowed',
      'The server has no permission to read this file.',
      'Change its permissions, or copy it to a folder that can be read.',
      { cause: error },
    );
  }
  return new LegibleError(
    'source_not_found',
    'There is no file at this path.',
    'Check the spelling; the path is one of the machine that the server runs on.',
    { cause: error },
  );
}

const notAFile = (folder: boolean): LegibleError =>
  new LegibleError(
    'invalid_argument',
    folder ? 'This is a folder.' : 'This is a device or a pipe, not a file.',
    folder ? 'Pass one file; call once for each.' : 'Pass the path of a regular file.',
  );
