export interface Timer {
  /** Milliseconds since some fixed moment; never steps back. */
  elapsed(): number;
  /** Calls `run` once, after the current call stack and before any other event. */
  soon(run: () => void): void;
  /** Calls `run` once, no sooner than `ms` from now (to the millisecond). A pending call does not keep the process alive. */
  after(ms: number, run: () => void): void;
}
