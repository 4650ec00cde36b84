const shared = new WeakMap<Uint8Array, Uint8Array>();

/** The bytes in memory that threads share: themselves if they are so already, else one copy, made once. */
export function shareBytes(bytes: Uint8Array): Uint8Array {
  if (bytes.buffer instanceof SharedArrayBuffer) return bytes;
  let copy = shared.get(bytes);
  if (!copy) {
    copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
    copy.set(bytes);
    shared.set(bytes, copy);
  }
  return copy;
}
