import { Writable } from 'node:stream';

/**
 * Takes stdout for the protocol alone: the stream returned writes to it, and whatever else in this
 * process or its worker threads prints there (a library that logs to the console) comes out on stderr instead
 * of breaking the client's parser.
 */
export function claimStdout(): Writable {
  const { stdout, stderr } = process;
  const write = stdout.write.bind(stdout) as (
    chunk: Uint8Array,
    done: (error?: Error | null) => void,
  ) => boolean;
  stdout.write = stderr.write.bind(stderr) as typeof stdout.write;
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      write(chunk, done);
    },
  });
}
