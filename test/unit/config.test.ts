import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '#legible/config.js';
import { LegibleError } from '#legible/errors.js';

const failure = (argv: string[], environment = {}): LegibleError => {
  try {
    loadConfig(argv, environment);
  } catch (error) {
    if (error instanceof LegibleError) return error;
  }
  throw new Error('nothing was refused');
};

describe('settings', () => {
  it('take a flag before the environment, and the environment before the default', () => {
    expect(loadConfig([], {}).config.maxPages).toBe(1_000);
    expect(loadConfig([], { LEGIBLE_MAX_PAGES: '7' }).config.maxPages).toBe(7);
    expect(loadConfig(['--max-pages', '8'], { LEGIBLE_MAX_PAGES: '7' }).config.maxPages).toBe(8);
    expect(loadConfig([], { LEGIBLE_MAX_PAGES: '' }).config.maxPages).toBe(1_000);
  });

  it('turn switches on and off', () => {
    expect(loadConfig(['--http'], {}).config.http).toBe(true);
    expect(loadConfig([], { LEGIBLE_HTTP: 'yes' }).config.http).toBe(true);
    expect(loadConfig([], {}).config.signup).toBe(true);
    expect(loadConfig(['--no-signup'], {}).config.signup).toBe(false);
    expect(loadConfig(['--signup'], { LEGIBLE_SIGNUP: 'off' }).config.signup).toBe(true);
  });

  it('take no public address that is not one of the web', () => {
    expect(loadConfig(['--public-url', 'https://ocr.example.org'], {}).config.publicUrl).toBe(
      'https://ocr.example.org',
    );
    for (const wrong of ['ocr.example.org', 'ftp://ocr.example.org'])
      expect(failure(['--public-url', wrong])).toMatchObject({ code: 'invalid_argument' });
  });

  it('leave the rest to the command', () => {
    const { positionals, values } = loadConfig(
      ['a.pdf', '--pages', '1-2', 'b.pdf'],
      {},
      { pages: { type: 'string' } },
    );
    expect(positionals).toEqual(['a.pdf', 'b.pdf']);
    expect(values).toEqual({ pages: '1-2' });
  });

  it('are refused by name, with the variable that may hold them', () => {
    expect(failure(['--port', '70000'])).toMatchObject({ code: 'invalid_argument' });
    expect(failure(['--port', '70000']).message).toMatch(/^--port: /);
    expect(failure([], { LEGIBLE_AUTH: 'magic' }).hint).toContain('LEGIBLE_AUTH');
    expect(failure(['--prot', '1']).message).toContain('--prot');
  });

  it('replaces a leading ~ as a shell would', () => {
    const { config } = loadConfig(
      ['--data-dir', '~/jobs', '--allow-dir', ['~/docs', '/srv'].join(delimiter)],
      {},
    );
    expect(config.dataDir).toBe(join(homedir(), 'jobs'));
    expect(config.allowDir).toEqual([join(homedir(), 'docs'), '/srv']);
  });
});
