/** Calls functions of one module somewhere else than in the caller's thread. */
export interface FunctionThreads {
  /**
   * Byte arrays in `args`, and in `data` of an object there, stay the caller's: the function gets copies. Those in its result are handed over.
   * Errors: the function's own, `cancelled`, `page_timeout`, `engine_failed` when the thread dies.
   */
  call<T>(name: string, args: readonly unknown[], signal?: AbortSignal): Promise<T>;
  /** Starts a thread and loads the module there, for a call that is about to come. */
  warmUp(): void;
  close(): Promise<void>;
}
