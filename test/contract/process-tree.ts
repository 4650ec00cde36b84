import { readdirSync, readFileSync } from 'node:fs';

/** Kernel clock ticks a second; fixed on every Linux that Node runs on. */
const TICKS = 100;

/** Whether `cpuSecondsOfTree` can tell. */
export const treeIsVisible = process.platform === 'linux';

/** User and system seconds of this process with its threads, of its children, and of those that have ended. Linux only. */
export function cpuSecondsOfTree(root = process.pid): number {
  const entries = new Map<number, { parent: number; ticks: number }>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // Counted after the name, which may hold spaces: parent, then own and ended children's user and system time.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
      entries.set(Number(name), { parent: Number(fields[1]), ticks });
    } catch {
      // The process ended between listing and reading.
    }
  }
  const belongs = (pid: number): boolean =>
    pid === root || (pid > 1 && belongs(entries.get(pid)?.parent ?? 0));
  return [...entries].reduce((sum, [pid, { ticks }]) => sum + (belongs(pid) ? ticks : 0), 0) / TICKS;
}
