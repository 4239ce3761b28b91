export interface Timer {
  /** Milliseconds since some moment; never steps back. */
  elapsed(): number;
  /** Calls `run` once, no sooner than `ms` from now, and does not keep the process alive for it. */
  after(ms: number, run: () => void): void;
}
