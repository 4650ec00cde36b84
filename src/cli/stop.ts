/** A second signal, or this long after the grace is over, ends the process whatever it still does. */
const PATIENCE_MILLISECONDS = 3_000;

/**
 * Resolves with the reason to stop: a signal, or the end of stdin, by which an MCP client says that
 * it is gone. After that the process ends in bounded time even if something hangs: `grace` are the
 * milliseconds that running work gets.
 */
export function stopRequest({ stdin, grace }: { stdin: boolean; grace: number }): Promise<string> {
  return new Promise((resolve) => {
    let asked = false;
    const stop = (reason: string) => {
      if (asked) {
        if (reason.startsWith('SIG')) process.exit(1);
        return;
      }
      asked = true;
      setTimeout(() => process.exit(1), grace + PATIENCE_MILLISECONDS).unref();
      resolve(reason);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
    if (!stdin) return;
    process.stdin.once('end', () => stop('end of stdin'));
    process.stdin.once('close', () => stop('end of stdin'));
    process.stdout.once('error', () => stop('stdout is closed'));
  });
}
