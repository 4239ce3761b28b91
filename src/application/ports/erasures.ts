import type { Erasure } from '../../domain/identity/erasure.ts';
import type { RenamedUser } from '../../domain/identity/renaming.ts';
import type { UsernameKey } from '../../domain/identity/username.ts';
import type { UserId } from '../../domain/ids.ts';
import type { MessagePlace } from './messages.ts';

/** A deleted account, and how far the installation has been rid of what it left behind. */
export interface StoredErasure extends Erasure {
  /** Everything up to this message has been looked through; undefined at the beginning. */
  readonly reached: MessagePlace | undefined;
  readonly isDone: boolean;
}

export interface Removal extends Erasure {
  /** Until when (ms) the name rests. */
  readonly restsUntil: number;
}

export interface ErasuresView {
  find(userId: UserId): Promise<StoredErasure | undefined>;
  /** By user id, after this one, and `limit` at most. */
  list(after: UserId | undefined, limit: number): Promise<readonly StoredErasure[]>;
  /** The names that rest for the user, at most a hundred. */
  namesOf(userId: UserId): Promise<readonly UsernameKey[]>;
}

export interface Erasures extends ErasuresView {
  /** Adds it, begun or done. Where there is one of the user already, nothing changes. The user may be unknown. */
  add(erasure: Erasure, progress: { readonly isDone: boolean }): Promise<void>;
  /** Notes how far it has come. */
  reach(userId: UserId, progress: { readonly place: MessagePlace; readonly isDone: boolean }): Promise<void>;
  /**
   * Removes an account that has no sessions: its name, which rests, its password, its links, codes, settings, blocks, invites, bars and
   * bans, and the reports that it made if its words are to be erased. Memberships, messages and reactions stay, and so does the id, under
   * "former member". The removal is a rename. Undefined for an account that is unknown, removed, or was made after `at`: nothing changes
   * then.
   */
  removePerson(removal: Removal): Promise<RenamedUser | undefined>;
  /** Removes what was decided about the devices of the user, at most `limit` decisions, and answers how many. */
  removeAnnouncements(userId: UserId, limit: number): Promise<number>;
}
