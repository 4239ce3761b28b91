/**
 * Sign-in failures are counted by name and address (or name and device), by address, by name and network, and by name; registrations and challenges
 * for passkeys by address; visits of linked pages by user and by chat; the others by user.
 */
export type LimitName =
  | 'sign_in_failures'
  | 'sign_in_failures_of_address'
  | 'sign_in_failures_of_network'
  | 'sign_in_failures_of_name'
  | 'registrations'
  | 'wrong_codes'
  | 'passkey_challenges'
  | 'new_chats'
  | 'new_invites'
  | 'renames'
  | 'pictures'
  | 'uploads'
  | 'exports'
  | 'link_cards_of_user'
  | 'link_cards_of_chat';

export interface Rate {
  /** How many can be taken at once. */
  readonly count: number;
  /** After this time, with none taken in between, all of them can be taken again. */
  readonly withinMs: number;
  /** `together`: all come back when the time since the first was taken is over. `evenly`: they come back one by one. */
  readonly refill: 'together' | 'evenly';
}

/**
 * Counts by limit and key. Concurrent calls take effect one after another, so that a limit is never exceeded. The number of keys is
 * limited; the least recently used are dropped and start again.
 */
export interface RateLimits {
  /** Takes one and answers 0; or takes none and answers in how many milliseconds one can be taken. */
  take(limit: LimitName, key: string): Promise<number>;
  /** The answer of `take`, without taking one. */
  wait(limit: LimitName, key: string): Promise<number>;
  /** Returns one that was taken. */
  giveBack(limit: LimitName, key: string): Promise<void>;
  /** Returns all that were taken. */
  forget(limit: LimitName, key: string): Promise<void>;
}
