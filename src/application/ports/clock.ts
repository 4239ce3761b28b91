export interface Clock {
  /** Milliseconds since 1970 in UTC. It may step back. */
  now(): number;
}
