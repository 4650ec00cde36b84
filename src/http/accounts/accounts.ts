import { LegibleError } from '../../errors.js';
import type { Meter } from '../../jobs/meter.js';
import type { Authenticator, Principal } from '../principal.js';
import { keyIdOf, mintKey, secretMatches } from './key.js';
import { Ledger, type LedgerEntry } from './ledger.js';

export interface Account {
  /** Id of its key; also the owner of its jobs. */
  readonly id: string;
  readonly email: string;
  readonly createdAt: number;
  readonly revoked: boolean;
  /** Pages that can still be reserved. */
  readonly balance: number;
  readonly reserved: number;
  readonly charged: number;
}

interface AccountState {
  id: string;
  email: string;
  hash: string;
  createdAt: number;
  revoked: boolean;
  granted: number;
  charged: number;
  reservations: Map<string, number>;
}

const reservedPages = (account: AccountState): number =>
  [...account.reservations.values()].reduce((sum, pages) => sum + pages, 0);
const balanceOf = (account: AccountState): number =>
  account.granted - account.charged - reservedPages(account);

/** Keys with a balance of pages, kept in one ledger file. */
export class Accounts implements Authenticator, Meter {
  readonly #accounts = new Map<string, AccountState>();
  readonly #ledger: Ledger;

  constructor(ledgerPath: string) {
    this.#ledger = new Ledger(ledgerPath, (entry) => this.#apply(entry));
  }

  /** The secret is returned here and never again. Errors: `account_exists` for a second signup of one address. */
  async create(
    email: string,
    pages: number,
    options: { signup: boolean },
  ): Promise<{ account: Account; secret: string }> {
    const key = mintKey();
    const address = email.toLowerCase();
    await this.#ledger.append(() => {
      if (options.signup && this.#hasSignedUp(address)) {
        throw new LegibleError(
          'account_exists',
          'There is an account for this address already.',
          'Use its key, or ask the operator for a new one.',
        );
      }
      return {
        type: 'key',
        at: Date.now(),
        id: key.id,
        email: address,
        hash: key.hash,
        pages,
        signup: options.signup,
      };
    });
    return { account: this.#view(this.#require(key.id)), secret: key.secret };
  }

  async list(): Promise<readonly Account[]> {
    await this.#ledger.refresh();
    return [...this.#accounts.values()].map((account) => this.#view(account));
  }

  /** Errors: `invalid_argument` for an unknown id. */
  async revoke(id: string): Promise<Account> {
    await this.#ledger.append(() =>
      this.#require(id).revoked ? undefined : { type: 'revoke', at: Date.now(), id },
    );
    return this.#view(this.#require(id));
  }

  /** `pages` may be negative. Errors: `invalid_argument` for an unknown id. */
  async grant(id: string, pages: number): Promise<Account> {
    await this.#ledger.append(() => ({ type: 'grant', at: Date.now(), id: this.#require(id).id, pages }));
    return this.#view(this.#require(id));
  }

  async authenticate(token: string | undefined): Promise<Principal> {
    await this.#ledger.refresh();
    const account = token === undefined ? undefined : this.#accounts.get(keyIdOf(token) ?? '');
    if (!token || !account || !secretMatches(token, account.hash) || account.revoked)
      throw unauthorized(token !== undefined);
    return { id: account.id, label: account.email };
  }

  async balance(id: string): Promise<Account | undefined> {
    await this.#ledger.refresh();
    const account = this.#accounts.get(id);
    return account && this.#view(account);
  }

  async charges(owner: string): Promise<boolean> {
    return (await this.balance(owner)) !== undefined;
  }

  async outstanding(): Promise<readonly { owner: string; jobId: string }[]> {
    await this.#ledger.refresh();
    return [...this.#accounts.values()].flatMap(({ id, reservations }) =>
      [...reservations.keys()].map((jobId) => ({ owner: id, jobId })),
    );
  }

  async reserve(owner: string, jobId: string, pages: number): Promise<void> {
    await this.#ledger.append(() => {
      const account = this.#accounts.get(owner);
      // Jobs of the operator's own processes (stdio, command line) have no account and cost nothing.
      if (!account || pages === 0) return undefined;
      const balance = balanceOf(account);
      if (pages > balance) {
        throw new LegibleError(
          'insufficient_credits',
          `This document needs ${pages} pages; the balance is ${balance}.`,
          'Choose fewer pages, or ask the operator for more.',
        );
      }
      return { type: 'reserve', at: Date.now(), id: owner, job: jobId, pages };
    });
  }

  async settle(owner: string, jobId: string, pages: number): Promise<void> {
    await this.#ledger.append(() =>
      this.#accounts.get(owner)?.reservations.has(jobId)
        ? { type: 'settle', at: Date.now(), id: owner, job: jobId, pages }
        : undefined,
    );
  }

  #apply(entry: LedgerEntry): void {
    if (entry.type === 'key') {
      this.#accounts.set(entry.id, {
        id: entry.id,
        email: entry.email,
        hash: entry.hash,
        createdAt: entry.at,
        revoked: false,
        granted: entry.pages,
        charged: 0,
        reservations: new Map(),
      });
      return;
    }
    const account = this.#accounts.get(entry.id);
    if (!account) return;
    if (entry.type === 'revoke') account.revoked = true;
    else if (entry.type === 'grant') account.granted += entry.pages;
    else if (entry.type === 'reserve') account.reservations.set(entry.job, entry.pages);
    else if (account.reservations.delete(entry.job)) account.charged += entry.pages;
  }

  #hasSignedUp(email: string): boolean {
    for (const account of this.#accounts.values())
      if (account.email === email && !account.revoked) return true;
    return false;
  }

  #require(id: string): AccountState {
    const account = this.#accounts.get(id);
    if (!account)
      throw new LegibleError(
        'invalid_argument',
        `There is no key ${id}.`,
        'List the keys with `legible keys list`.',
      );
    return account;
  }

  #view(account: AccountState): Account {
    const { id, email, createdAt, revoked, charged } = account;
    return {
      id,
      email,
      createdAt,
      revoked,
      balance: balanceOf(account),
      reserved: reservedPages(account),
      charged,
    };
  }
}

export const unauthorized = (presented: boolean): LegibleError =>
  new LegibleError(
    'unauthorized',
    presented ? 'This API key is not valid.' : 'An API key is needed.',
    'Send it as `Authorization: Bearer KEY`.',
  );
