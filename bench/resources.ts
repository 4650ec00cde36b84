import { readdirSync, readFileSync } from 'node:fs';

const SAMPLE_MILLISECONDS = 250;
/** Samples of a run that must be there before its growth says anything. */
const MIN_SAMPLES = 40;

/** What a process has in memory; what it shares with others only in part, so that sums count it once. */
function megabytesOf(pid: number): number {
  for (const [file, key] of [
    ['smaps_rollup', /^Pss:\s*(\d+)/m],
    ['status', /^VmRSS:\s*(\d+)/m],
  ] as const)
    try {
      const kilobytes = key.exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1];
      if (kilobytes !== undefined) return Number(kilobytes) / 1000;
    } catch {
      // The process ended meanwhile, or the kernel does not tell.
    }
  return 0;
}

/** Megabytes in memory of a process and all its children, threads included; only of this process where /proc is missing. */
export function residentMegabytes(root = process.pid): number {
  try {
    const parents = new Map<number, number>();
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        // The parent is the second field after the name, which may hold spaces.
        parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
      } catch {
        // The process ended between listing and reading.
      }
    }
    const belongs = (pid: number): boolean => pid === root || (pid > 1 && belongs(parents.get(pid) ?? 0));
    return [...parents.keys()].filter(belongs).reduce((sum, pid) => sum + megabytesOf(pid), 0);
  } catch {
    return process.memoryUsage.rss() / 1_000_000;
  }
}

export interface MemoryUse {
  /** Highest sample, megabytes. */
  readonly peak: number;
  /** Mean of the run's last quarter over that of its second; undefined for a run too short to tell. */
  readonly growth?: number;
}

/** Watches the memory of a process tree until stopped. */
export function watchMemory(root?: number): { stop(): MemoryUse } {
  const samples = [residentMegabytes(root)];
  const timer = setInterval(() => samples.push(residentMegabytes(root)), SAMPLE_MILLISECONDS);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      const peak = Math.max(...samples, residentMegabytes(root));
      if (samples.length < MIN_SAMPLES) return { peak };
      const quarter = samples.length >> 2;
      const mean = (from: number) =>
        samples.slice(from, from + quarter).reduce((sum, megabytes) => sum + megabytes, 0) / quarter;
      return { peak, growth: mean(3 * quarter) / mean(quarter) };
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
