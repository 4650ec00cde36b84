import { homedir } from 'node:os';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeDataUri } from '#legible/pipeline/intake/data-uri.js';
import { displayName } from '#legible/pipeline/intake/display-name.js';
import { createIntake, foldersOnly } from '#legible/pipeline/intake/index.js';
import { isPrivateAddress, isPrivateHost } from '#legible/pipeline/intake/private-address.js';
import { parseReference } from '#legible/pipeline/intake/reference.js';

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a source string', () => {
  it.each([
    ['/srv/a b/report.pdf', { kind: 'path', path: '/srv/a b/report.pdf' }],
    ['  "/srv/report.pdf"\n', { kind: 'path', path: '/srv/report.pdf' }],
    ['~/report.pdf', { kind: 'path', path: `${homedir()}/report.pdf` }],
    ['file:///srv/na%C3%AFve%20report.pdf', { kind: 'path', path: '/srv/naïve report.pdf' }],
    ['file://localhost/srv/report.pdf', { kind: 'path', path: '/srv/report.pdf' }],
    ['FILE:///srv/report.pdf', { kind: 'path', path: '/srv/report.pdf' }],
    ['upload:abc', { kind: 'upload' }],
    ['data:,x', { kind: 'data', text: 'data:,x' }],
  ])('%j is understood', (source, reference) => {
    expect(parseReference(source, 'linux')).toEqual(reference);
  });

  it.each([
    'C:\\Users\\ann\\report.pdf',
    'c:/Users/ann/report.pdf',
    'file:///C:/Users/ann/report.pdf',
    'file://C|/report.pdf',
    '\\\\server\\share\\report.pdf',
  ])('%j is called a Windows path elsewhere', (source) => {
    expect(() => parseReference(source, 'linux')).toThrow(/Windows path/);
  });

  it.each([
    '',
    'report.pdf',
    './report.pdf',
    'ftp://example.org/a.pdf',
    'file://server/share/a.pdf',
    'file:///a%2Fb.pdf',
    'https://',
    'https://ann:secret@example.org/a.pdf',
    '/srv/a\0.pdf',
    's3://bucket/a.pdf',
  ])('%j is refused with the forms that work', (source) => {
    expect(codeOf(() => parseReference(source, 'linux'))).toBe('invalid_argument');
  });
});

describe('a data: URI', () => {
  const text = (uri: string) => Buffer.from(decodeDataUri(uri, 1000)).toString();

  it('is decoded in every form', () => {
    expect(text('data:application/pdf;base64,aMOpbGxv')).toBe('héllo');
    expect(text('data:;base64,aMOp\n bGxv')).toBe('héllo');
    expect(text('data:text/plain;charset=utf-8;base64,aMOpbGxvIQ==')).toBe('héllo!');
    expect(text('data:;base64,aMOpbGxvIQ%3D%3D')).toBe('héllo!');
    expect([...decodeDataUri('data:;base64,-_-_', 1000)]).toEqual([251, 255, 191]);
    expect(text('data:,h%C3%A9llo%21 x')).toBe('héllo! x');
  });

  it('says where it is corrupted', () => {
    expect(() => decodeDataUri('data:;base64,aMOp…bGxv', 1000)).toThrow(/corrupted: character 5 of 9/);
    expect(() => decodeDataUri('data:;base64,aMOpb', 1000)).toThrow(/number of characters is missing/);
    expect(codeOf(() => decodeDataUri('data:application/pdf;base64', 1000))).toBe('invalid_argument');
  });

  it('is held to the size limit', () => {
    const uri = `data:;base64,${Buffer.alloc(1001).toString('base64')}`;
    expect(codeOf(() => decodeDataUri(uri, 1000))).toBe('file_too_large');
    expect(decodeDataUri(uri, 1001)).toHaveLength(1001);
  });

  it('shows lost characters inside a PNG, which are still valid base64', async () => {
    const intake = createIntake({
      maxBytes: 1_000_000,
      allowedFolders: foldersOnly([]),
      allowPrivateNetwork: false,
      fetchTimeout: 1000,
    });
    const png = await sharp({ create: { width: 60, height: 60, channels: 3, background: '#c03' } })
      .png()
      .toBuffer();
    const base64 = png.toString('base64');
    expect(await intake.fromReference(`data:image/png;base64,${base64}`)).toMatchObject({
      mediaType: 'image/png',
      name: 'document.png',
    });
    const short = base64.slice(0, 80) + base64.slice(112);
    await expect(intake.fromReference(`data:image/png;base64,${short}`)).rejects.toMatchObject({
      code: 'damaged_file',
    });
  });
});

describe('addresses', () => {
  it.each([
    '127.0.0.1',
    '127.8.9.1',
    '10.0.0.1',
    '172.16.3.4',
    '192.168.1.1',
    '169.254.169.254',
    '100.100.100.200',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '192.0.0.192',
    '198.18.0.1',
    '168.63.129.16',
    '::',
    '::1',
    '[::1]',
    'fe80::1%eth0',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::a00:1',
    '2002:7f00:1::',
    '2001:db8::1',
    '2001:0:1::',
    'fec0::1',
    '100::1',
    '',
    'not an address',
  ])('%j is private', (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each([
    '1.1.1.1',
    '93.184.216.34',
    '2606:4700:4700::1111',
    '[2606:4700::1]',
    '::ffff:1.1.1.1',
    '64:ff9b::101:101',
  ])('%j is public', (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });

  it('are recognised in every spelling that a URL allows', () => {
    for (const spelling of [
      '127.1',
      '0x7f.1',
      '2130706433',
      '0177.0.0.1',
      '[::ffff:127.0.0.1]',
      '[0:0:0:0:0:0:0:1]',
      'localhost',
      'LOCALHOST.',
      'a.localhost',
      'metadata.google.internal',
      'printer.local',
      '１２７.0.0.1',
    ]) {
      expect(isPrivateHost(new URL(`http://${spelling}/x`).hostname), spelling).toBe(true);
    }
    expect(isPrivateHost('example.org')).toBe(false);
  });
});

describe('a display name', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\ann\\report.pdf', 'report.pdf'],
    ['in\u0000voice\n\u001b[31m.pdf', 'invoice[31m.pdf'],
    ['gpj\u202efdp.exe', 'gpjfdp.exe'],
    ['..', 'document'],
    ['', 'document'],
    ['.hidden.pdf', 'hidden.pdf'],
    ['naïve – 報告.pdf', 'naïve – 報告.pdf'],
  ])('%j becomes %j', (name, shown) => {
    expect(displayName(name)).toBe(shown);
  });

  it('is cut between characters', () => {
    expect(displayName('😀'.repeat(500))).toBe('😀'.repeat(120));
  });
});
