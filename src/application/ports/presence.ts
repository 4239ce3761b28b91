/** Counts the open chat connections of the whole installation. */
export interface Presence {
  connected(): void;
  disconnected(): void;
  /** Of all instances together. */
  count(): Promise<number>;
}
