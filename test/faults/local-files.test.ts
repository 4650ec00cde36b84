import { execFileSync } from 'node:child_process';
import { chmod, link, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIntake, foldersOnly, homeFolders } from '#legible/pipeline/intake/index.js';

const PDF = '%PDF-1.4\n1 0 obj\n<<>>\nendobj\n';
let base: string;
let home: string;

const intakeFor = (folders: readonly string[], maxBytes = 1000) =>
  createIntake({
    maxBytes,
    allowedFolders: foldersOnly(folders),
    allowPrivateNetwork: false,
    fetchTimeout: 1000,
  });
const outcome = (path: string, folders = [home]): Promise<string> =>
  intakeFor(folders)
    .fromReference(path)
    .then(
      (file) => file.name,
      (error) => error.code ?? String(error),
    );

beforeAll(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'legible-intake-')));
  home = join(base, 'home');
  for (const folder of ['home/docs', 'home/.ssh', 'home/docs/.cache', 'homework', 'outside']) {
    await mkdir(join(base, folder), { recursive: true });
  }
  for (const file of [
    'home/a.pdf',
    'home/docs/b.pdf',
    'home/.ssh/c.pdf',
    'home/docs/.cache/d.pdf',
    'home/.e.pdf',
    'homework/f.pdf',
    'outside/g.pdf',
    'home/id_rsa',
    'home/server.pem',
    'home/Screenshot at 9.41\u202fPM.pdf',
    'home/cafe\u0301.pdf',
  ]) {
    await writeFile(join(base, file), PDF);
  }
  await symlink(join(base, 'outside/g.pdf'), join(home, 'out.pdf'));
  await symlink(join(base, 'outside'), join(home, 'out'));
  await symlink(join(home, '.ssh/c.pdf'), join(home, 'innocent.pdf'));
  await symlink(join(home, 'a.pdf'), join(base, 'outside/in.pdf'));
  await symlink(join(home, 'loop'), join(home, 'loop'));
  await writeFile(join(home, 'empty.pdf'), '');
  await writeFile(join(home, 'large.pdf'), PDF.padEnd(1001));
});
afterAll(() => rm(base, { recursive: true, force: true }));

describe('local files', () => {
  it('are read inside the allowed folders', async () => {
    expect(await outcome(join(home, 'a.pdf'))).toBe('a.pdf');
    expect(await outcome(`file://${home}/docs/b.pdf`)).toBe('b.pdf');
    expect(await outcome(`${home}/docs/../docs/./b.pdf`)).toBe('b.pdf');
    expect(await outcome(join(base, 'outside/in.pdf'))).toBe('in.pdf');
  });

  it('are found when Unicode spells the name differently', async () => {
    expect(await outcome(join(home, 'Screenshot at 9.41 PM.pdf'))).toBe('Screenshot at 9.41 PM.pdf');
    expect(await outcome(join(home, 'caf\u00e9.pdf'))).toBe('caf\u00e9.pdf');
  });

  it.each([
    ['outside', 'outside/g.pdf'],
    ['a folder whose name begins alike', 'homework/f.pdf'],
    ['a way out by dots', 'home/docs/../../outside/g.pdf'],
    ['a link out', 'home/out.pdf'],
    ['a linked folder out', 'home/out/g.pdf'],
    ['a link to a hidden folder', 'home/innocent.pdf'],
    ['a dot-folder', 'home/.ssh/c.pdf'],
    ['a dot-folder deeper down', 'home/docs/.cache/d.pdf'],
    ['a dot-file', 'home/.e.pdf'],
    ['a key', 'home/id_rsa'],
    ['a certificate', 'home/server.pem'],
    ['a file that does not exist outside: the same answer', 'outside/none.pdf'],
    ['the folder itself', 'home'],
  ])('are refused: %s', async (_, path) => {
    expect(await outcome(`${base}/${path}`)).toBe('path_not_allowed');
  });

  it('in a dot-folder are read when that folder itself is allowed', async () => {
    expect(await outcome(join(home, '.ssh/c.pdf'), [join(home, '.ssh')])).toBe('c.pdf');
  });

  it('may live below an allowed folder that is a link', async () => {
    expect(await outcome(join(home, 'out/g.pdf'), [join(home, 'out')])).toBe('g.pdf');
  });

  it('are none at all without an allowed folder', async () => {
    expect(await outcome(join(home, 'a.pdf'), [])).toBe('path_not_allowed');
    expect(await outcome('/etc/hostname', [])).toBe('path_not_allowed');
  });

  it('are refused when they are missing, empty, large, folders or loops', async () => {
    expect(await outcome(join(home, 'none.pdf'))).toBe('source_not_found');
    expect(await outcome(join(home, 'empty.pdf'))).toBe('empty_file');
    expect(await outcome(join(home, 'docs'))).toBe('invalid_argument');
    expect(await outcome(join(home, 'loop'))).toBe('source_not_found');
    await expect(intakeFor([home]).fromReference(join(home, 'large.pdf'))).rejects.toThrow(
      'The file has 1 kB; the limit is 1 kB.',
    );
    await expect(intakeFor([home]).fromBytes(new Uint8Array(1001), 'x')).rejects.toMatchObject({
      code: 'file_too_large',
    });
  });

  it.skipIf(process.platform === 'win32')('never wait for a pipe or read a device', async () => {
    execFileSync('mkfifo', [join(home, 'pipe.pdf')]);
    expect(await outcome(join(home, 'pipe.pdf'))).toBe('invalid_argument');
    expect(await outcome('/dev/zero', ['/dev'])).toBe('invalid_argument');
    expect(await outcome('/proc/self/environ', ['/proc'])).not.toBe('environ');
  });

  it.skipIf(process.getuid?.() === 0)('without permission are refused', async () => {
    await writeFile(join(home, 'locked.pdf'), PDF);
    await chmod(join(home, 'locked.pdf'), 0);
    expect(await outcome(join(home, 'locked.pdf'))).toBe('path_not_allowed');
  });

  it('tell no path of the server in an error', async () => {
    for (const path of ['none.pdf', '.e.pdf', 'docs', 'empty.pdf', 'large.pdf']) {
      const error = await intakeFor([home])
        .fromReference(join(home, path))
        .catch((reason) => reason);
      expect(`${error.message} ${error.hint}`).not.toContain(base);
    }
  });

  it('are shared with worker threads and named by their hash', async () => {
    await link(join(home, 'a.pdf'), join(home, 'same.pdf'));
    const [first, second] = [
      await intakeFor([home]).fromReference(join(home, 'a.pdf')),
      await intakeFor([home]).fromReference(join(home, 'same.pdf')),
    ];
    expect(first.bytes.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(Buffer.from(first.bytes).toString()).toBe(PDF);
    expect(first.sha256).toBe(second.sha256);
    expect(first.sha256).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('a path that changes while it is checked', () => {
  /** Swaps the file, or its folder, once the path has been found allowed. */
  const swapped = (swap: () => Promise<unknown>) =>
    createIntake({
      maxBytes: 1000,
      allowedFolders: {
        none: false,
        containsAsWritten: () => true,
        contains: async () => {
          await swap();
          return true;
        },
      },
      allowPrivateNetwork: false,
      fetchTimeout: 1000,
    })
      .fromReference(join(home, 'moving/g.pdf'))
      .then(
        () => 'read',
        (error) => error.code,
      );

  it('is not read: a link in place of the file, another folder, nothing at all', async () => {
    const moving = join(home, 'moving');
    const renew = async () => {
      await rm(moving, { recursive: true, force: true });
      await mkdir(moving);
      await writeFile(join(moving, 'g.pdf'), PDF);
    };
    await renew();
    expect(await swapped(async () => undefined)).toBe('read');
    const asLink = async () => {
      await rm(join(moving, 'g.pdf'));
      await symlink(join(base, 'outside/g.pdf'), join(moving, 'g.pdf'));
    };
    expect(await swapped(asLink)).toBe('source_not_found');
    await renew();
    const asFolder = async () => {
      await rm(moving, { recursive: true });
      await symlink(join(base, 'outside'), moving);
    };
    expect(await swapped(asFolder)).toBe('path_not_allowed');
    await renew();
    expect(await swapped(() => rm(moving, { recursive: true }))).toBe('source_not_found');
  });
});

describe('the default folders', () => {
  it('are the home folder and the working folder, never the root or what holds the home', () => {
    expect(homeFolders('/home/ann', '/srv/project')).toEqual(['/home/ann', '/srv/project']);
    expect(homeFolders('/home/ann', '/')).toEqual(['/home/ann']);
    expect(homeFolders('/home/ann', '/home')).toEqual(['/home/ann']);
    expect(homeFolders('/', '/')).toEqual([]);
    expect(homeFolders('', '/srv/project')).toEqual(['/srv/project']);
  });
});
