export interface Clock {
  /** Milliseconds since 1970, UTC. It may step backwards. */
  now(): number;
}
