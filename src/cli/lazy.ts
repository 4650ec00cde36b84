/** Something made at most once, when it is first needed. A failed attempt is not kept. */
export interface Lazy<T> {
  get(): Promise<T>;
  /** What `get` answered or will answer; undefined when nobody asked or making it failed. */
  readonly made: Promise<T | undefined>;
}

export function lazy<T>(make: () => Promise<T>): Lazy<T> {
  let value: Promise<T> | undefined;
  return {
    get() {
      value ??= make().catch((error) => {
        value = undefined;
        throw error;
      });
      return value;
    },
    get made() {
      return value ? value.catch(() => undefined) : Promise.resolve(undefined);
    },
  };
}
