import type { ResetId, ResetLink } from '../../domain/administration/reset-link.ts';
import type { UserId } from '../../domain/ids.ts';

export interface ResetLinksView {
  /** The link, expired or not, or undefined. */
  find(id: ResetId): Promise<ResetLink | undefined>;
}

export interface ResetLinks extends ResetLinksView {
  /** Stores the link in place of the user's earlier one. The id must be new, the user must exist. */
  put(link: ResetLink): Promise<void>;
  /** Removes the link. False when there is none: of concurrent removals one is true. */
  remove(id: ResetId): Promise<boolean>;
  /** Removes the user's link, if there is one. */
  removeOf(userId: UserId): Promise<void>;
  /** Removes the links that expire at or before `until` (ms), and answers how many. */
  removeExpired(until: number): Promise<number>;
}
