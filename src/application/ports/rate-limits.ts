/**
 * What is limited, and of whom. Failures are counted by name and address (or by name and device), by address, by name and
 * network, and by name; accounts by address; the others by user.
 */
export type LimitName =
  | 'sign_in_failures'
  | 'sign_in_failures_of_address'
  | 'sign_in_failures_of_network'
  | 'sign_in_failures_of_name'
  | 'registrations'
  | 'new_chats'
  | 'new_invites';

export interface Rate {
  /** So many can be taken at once. */
  readonly count: number;
  /** After so long, none taken in between, all of them can be taken again. */
  readonly withinMs: number;
  /** Whether they come back all together, so long after the first of them was taken, or one by one, evenly. */
  readonly refill: 'together' | 'evenly';
}

/**
 * Counts what is taken under each limit, for each key by itself. Calls made at once take effect one after another, so that no
 * more is taken than there is. It holds a stated number of keys; past that, those longest not asked for begin anew.
 */
export interface RateLimits {
  /** Takes one and answers 0; or takes none and answers in how many milliseconds there is one to take. */
  take(limit: LimitName, key: string): Promise<number>;
  /** What `take` would answer, without taking. */
  wait(limit: LimitName, key: string): Promise<number>;
  /** Puts back one that was taken. */
  giveBack(limit: LimitName, key: string): Promise<void>;
  /** Puts back all. */
  forget(limit: LimitName, key: string): Promise<void>;
}
