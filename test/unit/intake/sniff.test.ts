import { readFile } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sniff } from '#legible/pipeline/intake/sniff.js';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const corpus = (name: string) => readFile(new URL(`../../corpus/${name}`, import.meta.url));
const image = sharp({ create: { width: 9, height: 9, channels: 3, background: '#fff' } });
const box = (brand: string) => bytes(`\0\0\0\x18ftyp${brand}\0\0\0\0mif1${brand}`);

/** A zip archive with stored or deflated entries, as Office writes them. */
function zip(entries: Readonly<Record<string, string>>): Uint8Array {
  const parts = Object.entries(entries).map(([name, content]) => {
    const data = deflateRawSync(content);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt16LE(8, 8);
    header.writeUInt32LE(data.length, 18);
    header.writeUInt32LE(content.length, 22);
    header.writeUInt16LE(name.length, 26);
    return Buffer.concat([header, Buffer.from(name), data]);
  });
  return Buffer.concat([...parts, Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);
}

const office = (part: string, type: string) =>
  zip({
    '[Content_Types].xml': `<?xml version="1.0"?><Types><Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/></Types>`,
    [part]: '<x/>',
  });

describe('a readable file', () => {
  it('is known by its content', async () => {
    expect(await sniff(await corpus('report.pdf'))).toBe('application/pdf');
    expect(await sniff(await corpus('note.bmp'))).toBe('image/bmp');
    expect(await sniff(await corpus('fax.tiff'))).toBe('image/tiff');
    expect(await sniff(await corpus('receipt.jpg'))).toBe('image/jpeg');
    expect(await sniff(await image.clone().png().toBuffer())).toBe('image/png');
    expect(await sniff(await image.clone().webp().toBuffer())).toBe('image/webp');
    expect(await sniff(await image.clone().gif().toBuffer())).toBe('image/gif');
    expect(await sniff(await image.clone().avif().toBuffer())).toBe('image/avif');
  });

  it('may be a PDF behind leading bytes, up to the first 1 024', async () => {
    expect(await sniff(bytes(`HTTP/1.1 200 OK\r\n\r\n%PDF-1.7\n1 0 obj`))).toBe('application/pdf');
    expect(await sniff(bytes(`${'\n'.repeat(900)}%PDF-1.4\n`))).toBe('application/pdf');
    await expect(sniff(bytes(`${'x'.repeat(1100)}%PDF-1.4\n`))).rejects.toMatchObject({
      code: 'unsupported_type',
    });
  });

  it('is what its first byte says when it is two things', async () => {
    const png = await image.clone().png().toBuffer();
    expect(await sniff(Buffer.concat([png, bytes('%PDF-1.7\n')]))).toBe('image/png');
    await expect(sniff(Buffer.concat([zip({ 'a.txt': 'a' }), bytes('%PDF-1.7\n')]))).rejects.toThrow(
      /archive/,
    );
  });
});

describe('a file that cannot be read is called by its name', () => {
  it.each([
    ['HEIC', box('heic'), /HEIC photo/, /JPEG/],
    ['JPEG 2000', bytes('\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 '), /JPEG 2000/, /PNG/],
    ['JPEG XL', bytes('\xff\x0a\xfa\x1f'), /JPEG XL/, /PNG/],
    ['Word', office('word/document.xml', 'wordprocessingml.document'), /Word document/, /PDF/],
    ['Excel', office('xl/workbook.xml', 'spreadsheetml.sheet'), /Excel/, /PDF/],
    ['PowerPoint', office('ppt/presentation.xml', 'presentationml.presentation'), /PowerPoint/, /PDF/],
    ['old Office', bytes(`\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1${'\0'.repeat(600)}`), /old Office/, /PDF/],
    ['zip', zip({ 'scan.pdf': 'x' }), /archive/, /Unpack/],
    ['HTML', bytes('\n <!DOCTYPE html><html>'), /web page/, /link/],
    ['HTML after a byte order mark', bytes('ï»¿<html lang="en">'), /web page/, /link/],
    ['SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg"/>'), /SVG/, /PNG/],
    ['text', bytes('Dear Sir,\nwe regret'), /text file/, /directly/],
    ['UTF-16 text', bytes('\xff\xfeD\0e\0a\0r\0'), /text file/, /directly/],
    ['PGM', bytes('P5 10 10 255\n'), /image/, /PNG/],
    ['program', bytes(`\x7fELF${'\0'.repeat(60)}`), /program/, /Pass a PDF/],
    ['zeros', new Uint8Array(5000), /zero bytes/, /downloaded/],
    ['noise', Uint8Array.from([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 0, 8]), /unknown kind/, /Pass a PDF/],
    ['audio', bytes(`ID3\x03\0\0\0\0\0\0${'\0'.repeat(20)}`), /kind MP3|unknown/, /Pass a PDF/],
  ])('%s', async (_, content, what, hint) => {
    const error = await sniff(content).catch((reason) => reason);
    expect(error).toMatchObject({ code: 'unsupported_type' });
    expect(error.message).toMatch(what);
    expect(error.hint).toMatch(hint);
  });
});
