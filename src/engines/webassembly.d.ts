/** The part of the WebAssembly JavaScript API used here; TypeScript ships it only with the DOM library. */
declare namespace WebAssembly {
  interface Module {
    readonly __module: never;
  }
  const Module: new (bytes: Uint8Array) => Module;
  interface Instance {
    readonly exports: Record<string, unknown>;
  }
  const Instance: new (module: Module, imports?: Imports) => Instance;
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
  const Memory: new (limits: { readonly initial: number }) => Memory;
  interface Table {
    /** Functions only: those exported by an instance, or null. */
    get(index: number): unknown;
    set(index: number, value: unknown): void;
  }
  const Table: new (limits: { readonly initial: number; readonly element: 'anyfunc' }) => Table;
  interface Global {
    readonly value: number;
  }
  const Global: new (type: { readonly value: 'i32' }, value: number) => Global;
  interface Source {
    readonly module: Module;
    readonly instance: Instance;
  }
  type Imports = Record<string, Record<string, unknown>>;
  function validate(bytes: Uint8Array): boolean;
  function compile(bytes: Uint8Array): Promise<Module>;
  function instantiate(bytes: Uint8Array, imports?: Imports): Promise<Source>;
  function instantiate(module: Module, imports?: Imports): Promise<Instance>;
}
