import { createCipheriv, createHash } from 'node:crypto';

/** The standard security handler, as far as the test documents need it (ISO 32000-1 7.6, ISO 32000-2 7.6.4). */
export interface Encryption {
  /** First element of the trailer's /ID. */
  readonly id: Buffer;
  dictionary(): string;
  /** Encrypts a string or stream of the given object (generation 0). */
  encrypt(data: Buffer, object: number): Buffer;
}

const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
/** All permissions granted, reserved bits as required. */
const PERMISSIONS = -4;

const md5 = (...parts: Uint8Array[]): Buffer => createHash('md5').update(Buffer.concat(parts)).digest();
const pad = (password: string): Buffer =>
  Buffer.concat([Buffer.from(password, 'latin1'), PADDING]).subarray(0, 32);

function rc4(key: Uint8Array, data: Uint8Array): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + state[i] + key[i % key.length]) & 255;
    [state[i], state[j]] = [state[j], state[i]];
  }
  const out = Buffer.alloc(data.length);
  for (let n = 0, i = 0, j = 0; n < data.length; n++) {
    i = (i + 1) & 255;
    j = (j + state[i]) & 255;
    [state[i], state[j]] = [state[j], state[i]];
    out[n] = data[n] ^ state[(state[i] + state[j]) & 255];
  }
  return out;
}

/** RC4 with a 128-bit key (V 2, R 3). An empty user password opens without asking: only the owner's rights are guarded. */
export function rc4Encryption(userPassword: string, ownerPassword: string): Encryption {
  const id = md5(Buffer.from('legible rc4 test document'));
  let ownerKey = md5(pad(ownerPassword));
  for (let round = 0; round < 50; round++) ownerKey = md5(ownerKey);
  let owner = pad(userPassword);
  for (let round = 0; round < 20; round++)
    owner = rc4(
      ownerKey.map((byte) => byte ^ round),
      owner,
    );

  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(PERMISSIONS);
  let key = md5(pad(userPassword), owner, permissions, id);
  for (let round = 0; round < 50; round++) key = md5(key);
  let user = md5(PADDING, id);
  for (let round = 0; round < 20; round++)
    user = rc4(
      key.map((byte) => byte ^ round),
      user,
    );

  return {
    id,
    dictionary: () =>
      `<< /Filter /Standard /V 2 /R 3 /Length 128 /P ${PERMISSIONS} /O <${owner.toString('hex')}> /U <${user.toString('hex')}${'00'.repeat(16)}> >>`,
    encrypt(data, object) {
      const suffix = Buffer.from([object & 255, (object >> 8) & 255, (object >> 16) & 255, 0, 0]);
      return rc4(md5(key, suffix), data);
    },
  };
}

/** Hash of revision 6 (ISO 32000-2, algorithm 2.B) for user passwords and the keys derived from them. */
function hash2B(password: Buffer, salt: Buffer, userKey: Buffer): Buffer {
  let key = createHash('sha256')
    .update(Buffer.concat([password, salt, userKey]))
    .digest();
  for (let round = 0, last = 0; round < 64 || last > round - 32; round++) {
    const block = Buffer.concat([password, key, userKey]);
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(
      false,
    );
    const encrypted = cipher.update(Buffer.concat(Array.from({ length: 64 }, () => block)));
    const remainder = encrypted.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = createHash(['sha256', 'sha384', 'sha512'][remainder]).update(encrypted).digest();
    last = encrypted[encrypted.length - 1];
  }
  return key.subarray(0, 32);
}

const wrapKey = (key: Buffer, data: Buffer): Buffer =>
  createCipheriv('aes-256-cbc', key, Buffer.alloc(16)).setAutoPadding(false).update(data);

/** AES-256 (V 5, R 6). Salts, file key and initialisation vectors are derived from fixed text: these files guard nothing. */
export function aes256Encryption(userPassword: string, ownerPassword: string): Encryption {
  const fixed = (label: string, length: number) =>
    createHash('sha512').update(`legible ${label}`).digest().subarray(0, length);
  const fileKey = fixed('file key', 32);
  const entry = (password: string, label: string, userKey: Buffer) => {
    const [validation, wrapping] = [fixed(`${label} validation`, 8), fixed(`${label} wrapping`, 8)];
    const bytes = Buffer.from(password, 'utf8');
    return {
      check: Buffer.concat([hash2B(bytes, validation, userKey), validation, wrapping]),
      wrapped: wrapKey(hash2B(bytes, wrapping, userKey), fileKey),
    };
  };
  const user = entry(userPassword, 'user', Buffer.alloc(0));
  const owner = entry(ownerPassword, 'owner', user.check);
  const permissions = Buffer.concat([
    Buffer.from([0xfc, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
    Buffer.from('Tadb'),
    fixed('tail', 4),
  ]);
  const perms = createCipheriv('aes-256-ecb', fileKey, null).setAutoPadding(false).update(permissions);
  const hex = (bytes: Buffer) => `<${bytes.toString('hex')}>`;

  return {
    id: fixed('id', 16),
    dictionary: () =>
      `<< /Filter /Standard /V 5 /R 6 /Length 256 /P ${PERMISSIONS} /O ${hex(owner.check)} /U ${hex(user.check)} /OE ${hex(owner.wrapped)} ` +
      `/UE ${hex(user.wrapped)} /Perms ${hex(perms)} /CF << /StdCF << /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >> /StmF /StdCF /StrF /StdCF >>`,
    encrypt(data, object) {
      const vector = fixed(`vector ${object}`, 16);
      const cipher = createCipheriv('aes-256-cbc', fileKey, vector);
      return Buffer.concat([vector, cipher.update(data), cipher.final()]);
    },
  };
}
