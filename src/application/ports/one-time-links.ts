import type { LinkId, OneTimeLink } from '../../domain/identity/one-time-link.ts';
import type { UserId } from '../../domain/ids.ts';

export interface OneTimeLinksView {
  /** The link, expired or not, or undefined. */
  find(id: LinkId): Promise<OneTimeLink | undefined>;
}

export interface OneTimeLinks extends OneTimeLinksView {
  /** Stores the link in place of the user's earlier one of its kind. The id must be new, the user must exist. */
  put(link: OneTimeLink): Promise<void>;
  /** Removes the link. False when there is none: of concurrent removals one is true. */
  remove(id: LinkId): Promise<boolean>;
  /** Removes the user's links of all kinds. */
  removeOf(userId: UserId): Promise<void>;
  /** Removes the links that expire at or before `until` (ms), and answers how many. */
  removeExpired(until: number): Promise<number>;
}
