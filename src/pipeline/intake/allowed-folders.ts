import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, parse, relative, resolve, sep } from 'node:path';
import { LegibleError } from '../../errors.js';

/** Keys and password stores that lie about without a leading dot. */
const CREDENTIALS =
  /^(?:id_(?:rsa|dsa|ecdsa|ed25519)(?:\.pub)?|credentials(?:\.\w+)?|.+\.(?:pem|key|p12|pfx|jks|keystore|kdbx|ovpn))$/i;

/** Which local files may be read. */
export interface AllowedFolders {
  /** Is the path, links resolved, inside a folder and neither hidden nor a credential? */
  contains(realPath: string): Promise<boolean>;
  /** The same for a path that need not exist; links are not followed. */
  containsAsWritten(path: string): boolean;
  readonly none: boolean;
}

/** Every file that the user can read: for the command line, where the user names the files. */
export const everywhere: AllowedFolders = {
  contains: async () => true,
  containsAsWritten: () => true,
  none: false,
};

/**
 * Files below `folders`. Folders and files whose name begins with a dot are left out below each of
 * them, and so are credential files: to open those, allow the dot-folder itself.
 */
export function foldersOnly(folders: readonly string[]): AllowedFolders {
  const written = folders.map((folder) => resolve(folder));
  return {
    async contains(realPath) {
      for (const folder of written) {
        // Looked up each time: a folder may be a link, and links change.
        const root = await realpath(folder).catch(() => undefined);
        if (root && isVisibleBelow(root, realPath)) return true;
      }
      return false;
    },
    containsAsWritten: (path) => written.some((folder) => isVisibleBelow(folder, resolve(path))),
    none: written.length === 0,
  };
}

/**
 * The default on stdio: the user's home, and the folder in which the host started the server unless
 * that is the root of the file system or holds the home folder.
 */
export function homeFolders(home = homedir(), workingFolder = process.cwd()): string[] {
  const folders = home && parse(resolve(home)).root !== resolve(home) ? [resolve(home)] : [];
  const working = resolve(workingFolder);
  const wayHome = relative(working, resolve(home));
  // From one drive of Windows to another the way is absolute.
  const holdsHome = home !== '' && !wayHome.startsWith('..') && !isAbsolute(wayHome);
  if (parse(working).root !== working && !holdsHome) folders.push(working);
  return folders;
}

function isVisibleBelow(root: string, path: string): boolean {
  const below = relative(root, path);
  if (below === '' || below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below)) return false;
  const names = below.split(sep);
  return !names.some((name) => name.startsWith('.')) && !CREDENTIALS.test(names[names.length - 1]);
}

export const pathNotAllowed = ({ none }: AllowedFolders): LegibleError =>
  none
    ? new LegibleError(
        'path_not_allowed',
        'This server reads no local files.',
        'Pass a URL or an upload: reference; the operator can open folders with --allow-dir.',
      )
    : new LegibleError(
        'path_not_allowed',
        'The file is outside the folders that this server may read, or is a hidden or credential file.',
        'Move or copy it into an allowed folder (by default the home folder), or start the server with --allow-dir FOLDER.',
      );
