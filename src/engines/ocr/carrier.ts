import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** Runs a worker script apart from the server: a thread, or a process where its code may crash natively. */
export interface Carrier {
  /** `moved` buffers are moved to a thread and copied to a process. */
  send(message: unknown, moved: readonly ArrayBuffer[]): void;
  /** Ends the worker at once, whatever it is doing. */
  kill(): Promise<void>;
  /** Whether a pending answer keeps the server's process alive. */
  hold(held: boolean): void;
}

export interface CarrierEvents {
  message(message: unknown): void;
  /** At least once at its end; `what` for people. */
  end(what: string, cause?: unknown): void;
}

/** A thread; it gets `setup` as `workerData`. Nothing it prints reaches stdout, which belongs to the protocol. */
export function startThread(script: URL, setup: unknown, events: CarrierEvents): Carrier {
  const worker = new Worker(script, { workerData: setup, stdout: true, stderr: true, execArgv: [] });
  worker.on('message', events.message);
  worker.on('messageerror', (error) => events.end('its answer was unreadable', error));
  worker.on('error', (error) => events.end('its thread crashed', error));
  worker.on('exit', () => events.end('its thread ended'));
  worker.unref();
  return {
    send: (message, moved) => worker.postMessage(message, [...moved]),
    kill: async () => {
      await worker.terminate();
    },
    hold: (held) => (held ? worker.ref() : worker.unref()),
  };
}

/** A process; it gets `setup` (JSON) as its first argument. For native code that does not survive the end of its thread. */
export function startProcess(script: URL, setup: unknown, events: CarrierEvents): Carrier {
  const child = fork(fileURLToPath(script), [JSON.stringify(setup)], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  child.on('message', events.message);
  child.on('error', (error) => events.end('its process failed', error));
  child.on('exit', (code, signal) => events.end(`its process ended (${signal ?? code})`));
  const hold = (held: boolean): void => {
    if (held) {
      child.ref();
      child.channel?.ref();
    } else {
      child.unref();
      child.channel?.unref();
    }
  };
  hold(false);
  return {
    // A failure to send is a process that is gone; its end is reported by the events above.
    send: (message) => void child.send(message as object, () => {}),
    kill: async () => {
      hold(true);
      child.kill('SIGKILL');
      await ended;
    },
    hold,
  };
}
