import { existsSync } from 'node:fs';
import { type LegibleError, toLegibleError } from '../errors.js';
import { VERSION } from '../version.js';
import { EXIT, type Exit } from './exit-codes.js';

/** Runs one command line and answers its exit code. Commands are loaded when they are asked for. */
export async function run(argv: readonly string[]): Promise<number> {
  const command = argv[0] !== undefined && !argv[0].startsWith('-') ? argv[0] : 'serve';
  const rest = command === argv[0] ? argv.slice(1) : argv;
  const options = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined);
  const help = command === 'help' || options.includes('--help') || options.includes('-h');
  const version = command === 'version' || options.includes('--version') || options.includes('-v');
  // A server stops in its own way when its client is gone.
  if (help || version || command !== 'serve') endWithReader();
  try {
    if (help || version) {
      process.stdout.write(help ? (await import('./help.js')).helpText() : `${VERSION}\n`);
      return EXIT.ok.code;
    }
    return EXIT[await runCommand(command, rest)].code;
  } catch (error) {
    const fault = toLegibleError(error);
    console.error(`legible: ${fault.message}\n${fault.hint}`);
    if (fault.code === 'internal') console.error(error);
    return EXIT[exitOf(fault)].code;
  }
}

/** What a caller could mend is not called a fault of Legible. */
function exitOf({ code, status }: LegibleError): Exit {
  if (code === 'invalid_argument') return 'usage';
  return status < 500 ? 'unread' : 'failed';
}

/** `legible … | head` closes the pipe early: nothing is wrong then. */
function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.ok.code);
    throw error;
  });
}

/** Who names a file and no command wants it read. */
const wanted = (word: string): string => (existsSync(word) ? `extract ${word}` : '--help');

async function runCommand(command: string, argv: readonly string[]) {
  switch (command) {
    case 'serve':
      return (await import('./serve.js')).serve(argv);
    case 'extract':
      return (await import('./extract.js')).extract(argv);
    case 'inspect':
      return (await import('./inspect.js')).inspect(argv);
    case 'doctor':
      return (await import('./doctor.js')).doctor(argv);
    case 'keys':
      return (await import('./keys.js')).keys(argv);
    default:
      console.error(`legible: there is no command "${command}".\nRun \`legible ${wanted(command)}\`.`);
      return 'usage';
  }
}
