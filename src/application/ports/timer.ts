export interface Timer {
  /** Milliseconds since some moment; never steps back. */
  elapsed(): number;
  /** Calls `run` once, when what is under way at this moment has been done, before anything else begins. */
  soon(run: () => void): void;
  /** Calls `run` once, no sooner than `ms` from now, and does not keep the process alive for it. */
  after(ms: number, run: () => void): void;
}
