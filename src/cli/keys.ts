import { join } from 'node:path';
import { type Config, loadConfig } from '../config.js';
import { LegibleError } from '../errors.js';
import { type Account, Accounts } from '../http/accounts/accounts.js';
import type { Exit } from './exit-codes.js';

export const KEYS_USAGE = `legible keys add EMAIL [PAGES]    make a key; its secret is shown once
legible keys list                 keys, balances and use
legible keys revoke ID            the key stops working at once
legible keys grant ID PAGES       add pages (or take some away with a negative number)`;

/** Where the accounts of a data folder are kept. */
export const accountsFile = (config: Config): string => join(config.dataDir, 'accounts.jsonl');

/** `legible keys …` */
export async function keys(argv: readonly string[]): Promise<Exit> {
  const { config, positionals } = loadConfig(argv);
  process.stdout.write(`${await keysCommand(positionals, config)}\n`);
  return 'ok';
}

/** Runs one `legible keys …` command and returns what it prints. It may run beside a server that uses the same folder. */
export async function keysCommand(words: readonly string[], config: Config): Promise<string> {
  const accounts = new Accounts(accountsFile(config));
  const [action, subject, pages] = words;
  switch (action) {
    case 'add': {
      const { account, secret } = await accounts.create(
        needed(subject, 'EMAIL'),
        pages === undefined ? config.freePages : pageCount(pages),
        { signup: false },
      );
      return `${line(account)}\n\n${secret}\n\nThis key is not shown again.`;
    }
    case 'list': {
      const all = await accounts.list();
      return all.length ? all.map(line).join('\n') : 'No keys yet: make one with `legible keys add EMAIL`.';
    }
    case 'revoke':
      return line(await accounts.revoke(needed(subject, 'ID')));
    case 'grant':
      return line(await accounts.grant(needed(subject, 'ID'), pageCount(needed(pages, 'PAGES'))));
    default:
      throw new LegibleError('invalid_argument', 'No such keys command.', KEYS_USAGE);
  }
}

const line = ({ id, email, balance, reserved, charged, revoked }: Account): string =>
  `${id}  ${email}  ${balance} pages left, ${charged} used${reserved ? `, ${reserved} reserved` : ''}${revoked ? '  (revoked)' : ''}`;

function needed(word: string | undefined, name: string): string {
  if (word === undefined) throw new LegibleError('invalid_argument', `${name} is missing.`, KEYS_USAGE);
  return word;
}

function pageCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count))
    throw new LegibleError('invalid_argument', `"${text}" is not a number of pages.`, KEYS_USAGE);
  return count;
}
