import type { ListedBan } from '../../application/ports/bans.ts';
import type { Ban } from '../../domain/moderation/ban.ts';
import { timestamp } from './timestamp.ts';

export interface WireBan {
  readonly user_id: number;
  readonly reason: string;
  /** RFC 3339, UTC, with milliseconds. */
  readonly banned_at: string;
  /** Null for a ban without end. */
  readonly banned_until: string | null;
}

/** A ban as the list of members has it. */
export interface WireListedBan extends WireBan {
  readonly username: string;
  readonly banned_by: { readonly id: number; readonly username: string };
}

export const toWireBan = ({ userId, reason, at, until }: Ban): WireBan => ({
  user_id: userId,
  reason,
  banned_at: timestamp(at),
  banned_until: until === null ? null : timestamp(until),
});

export const toWireListedBan = ({ ban, user, by }: ListedBan): WireListedBan => ({
  ...toWireBan(ban),
  username: user.username,
  banned_by: { id: by.id, username: by.username },
});
