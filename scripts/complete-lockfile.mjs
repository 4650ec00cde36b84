// Adds to package-lock.json the optional packages for other platforms that npm left out.
//
//   node scripts/complete-lockfile.mjs
//
// npm drops an optional dependency that the registry in use cannot serve (mirrors often hold one platform only),
// and `npm ci` then refuses the lockfile everywhere. Their versions are pinned by the packages that name them, so
// the entries can be written from that alone; the platform is read from the name, as npm's own entries have it.
import { readFileSync, writeFileSync } from 'node:fs';

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
let added = 0;
for (const parent of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    if (lock.packages[`node_modules/${name}`] || !/^\d/.test(version)) continue;
    const words = name.split(/[/-]/);
    const [os, cpu] = [SYSTEMS, PROCESSORS].map((known) => known.find((word) => words.includes(word)));
    if (!os || !cpu) throw new Error(`cannot tell the platform of ${name}`);
    const libc = words.includes('musl')
      ? 'musl'
      : words.includes('gnu') && os === 'linux'
        ? 'glibc'
        : undefined;
    lock.packages[`node_modules/${name}`] = {
      version,
      cpu: [cpu],
      ...(parent.dev && { dev: true }),
      ...(libc && { libc: [libc] }),
      optional: true,
      os: [os],
    };
    added++;
  }
}
const entries = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(entries);
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
console.error(`${added} entries added`);
