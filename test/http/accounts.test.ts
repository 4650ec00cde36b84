import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Accounts } from '#legible/http/accounts/accounts.js';
import { staticKeys } from '#legible/http/accounts/static-keys.js';

let folder: string;
let ledger: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'legible-accounts-'));
  ledger = join(folder, 'accounts.jsonl');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = () => new Accounts(ledger);

describe('accounts', () => {
  it('shows a key once, stores only its hash, in a file for the owner only', async () => {
    const accounts = open();
    const { secret, account } = await accounts.create('Ann@Example.com', 500, { signup: true });
    expect(await readFile(ledger, 'utf8')).not.toContain(secret);
    expect((await stat(ledger)).mode & 0o777).toBe(0o600);
    expect(await accounts.authenticate(secret)).toEqual({ id: account.id, label: 'ann@example.com' });
  });

  it('refuses wrong, missing and revoked keys alike', async () => {
    const accounts = open();
    const { secret, account } = await accounts.create('ann@example.com', 5, { signup: false });
    const almost = secret.slice(0, -1) + (secret.endsWith('A') ? 'B' : 'A');
    for (const token of [undefined, '', 'YOUR_API_KEY', almost]) {
      await expect(accounts.authenticate(token)).rejects.toMatchObject({ code: 'unauthorized' });
    }
    await accounts.revoke(account.id);
    await expect(accounts.authenticate(secret)).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('signs an address up once', async () => {
    const accounts = open();
    await accounts.create('ann@example.com', 5, { signup: true });
    await expect(accounts.create('ANN@example.com', 5, { signup: true })).rejects.toMatchObject({
      code: 'account_exists',
    });
  });

  it('reserves at submission, charges finished pages and gives the rest back', async () => {
    const accounts = open();
    const { id } = (await accounts.create('ann@example.com', 10, { signup: false })).account;
    await accounts.reserve(id, 'job_1', 8);
    await expect(accounts.reserve(id, 'job_2', 3)).rejects.toMatchObject({
      code: 'insufficient_credits',
      message: 'This document needs 3 pages; the balance is 2.',
    });
    await accounts.settle(id, 'job_1', 5);
    await accounts.settle(id, 'job_1', 5);
    expect(await accounts.balance(id)).toMatchObject({ balance: 5, reserved: 0, charged: 5 });
  });

  it('never lets concurrent submissions overdraw', async () => {
    const accounts = open();
    const { id } = (await accounts.create('ann@example.com', 10, { signup: false })).account;
    const tries = await Promise.allSettled(
      Array.from({ length: 30 }, (_, n) => accounts.reserve(id, `job_${n}`, 1)),
    );
    expect(tries.filter((attempt) => attempt.status === 'fulfilled')).toHaveLength(10);
    expect(await accounts.balance(id)).toMatchObject({ balance: 0, reserved: 10 });
  });

  it('is the same after a restart, and after a crash in the middle of a line', async () => {
    const first = open();
    const { id } = (await first.create('ann@example.com', 10, { signup: false })).account;
    await first.reserve(id, 'job_1', 4);
    await appendFile(ledger, `{"type":"grant","at":1,"id":"${id}`);
    const second = open();
    expect(await second.balance(id)).toMatchObject({ balance: 6, reserved: 4 });
    await second.grant(id, 100);
    await second.grant(id, 1);
    expect(await open().balance(id)).toEqual(await second.balance(id));
    expect((await second.balance(id))?.balance).toBe(107);
  });

  it('sees what another process did to the same file', async () => {
    const server = open();
    const operator = open();
    const { secret, account } = await operator.create('ann@example.com', 10, { signup: false });
    await server.authenticate(secret);
    await operator.revoke(account.id);
    await expect(server.authenticate(secret)).rejects.toMatchObject({ code: 'unauthorized' });
  });
});

describe('static keys', () => {
  it('gives each key jobs of its own', async () => {
    const keys = staticKeys('ann:0123456789abcdef, bob:fedcba9876543210');
    const ann = await keys.authenticate('0123456789abcdef');
    const bob = await keys.authenticate('fedcba9876543210');
    expect(ann.label).toBe('ann');
    expect(ann.id).not.toBe(bob.id);
    await expect(keys.authenticate('0123456789abcdee')).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it.each([undefined, '', 'ann:short'])('refuses to start with %j', (setting) => {
    expect(() => staticKeys(setting)).toThrow(/at least 16 characters/);
  });
});
