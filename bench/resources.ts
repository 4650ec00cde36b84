import { readdirSync, readFileSync } from 'node:fs';

const SAMPLE_MILLISECONDS = 250;

/** Resident megabytes of this process and its children; only of this process where /proc is missing. */
export function residentMegabytes(root = process.pid): number {
  try {
    const processes = new Map<number, { parent: number; megabytes: number }>();
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      try {
        const status = readFileSync(`/proc/${name}/status`, 'utf8');
        const parent = Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]);
        const kilobytes = Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1] ?? 0);
        processes.set(Number(name), { parent, megabytes: kilobytes / 1000 });
      } catch {
        // The process ended between listing and reading.
      }
    }
    const belongs = (pid: number): boolean =>
      pid === root || (pid > 1 && belongs(processes.get(pid)?.parent ?? 0));
    return [...processes].reduce((sum, [pid, { megabytes }]) => sum + (belongs(pid) ? megabytes : 0), 0);
  } catch {
    return process.memoryUsage.rss() / 1_000_000;
  }
}

/** Watches the memory of a process tree until stopped; `stop` returns the highest sample in megabytes. */
export function watchMemory(root?: number): { stop(): number } {
  let peak = residentMegabytes(root);
  const timer = setInterval(() => {
    peak = Math.max(peak, residentMegabytes(root));
  }, SAMPLE_MILLISECONDS);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      return Math.max(peak, residentMegabytes(root));
    },
  };
}

/** Kernel clock ticks a second; fixed on every Linux that Node runs on. */
const TICKS = 100;

/** User and system seconds of this process, of its threads and of children that have ended (those only on Linux). */
export function cpuSeconds(): number {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    // Fields 14 to 17, counted after the name, which may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000_000;
  }
}
