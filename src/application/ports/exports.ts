import type { UserId } from '../../domain/ids.ts';

/** The exports that run, of all instances: a user has one at a time. */
export interface Exports {
  /**
   * Begins an export, or prolongs the one with this lease, until `until` (ms). False, and nothing changes, while one with another lease
   * runs at `now` (ms).
   */
  claim(
    userId: UserId,
    claim: { readonly lease: string; readonly now: number; readonly until: number },
  ): Promise<boolean>;
  /** Ends the export with this lease. An unknown one changes nothing. */
  release(userId: UserId, lease: string): Promise<void>;
}
