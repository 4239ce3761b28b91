import type { MembersPage } from '../../application/use-cases/chats/view-members.ts';
import {
  isDirect,
  type JoiningPlace,
  type LeavingEffect,
  type ShownRole,
  shownRole,
} from '../../domain/chats/membership.ts';
import type { Level } from '../../domain/reading/level.ts';
import { toWireListedBan, type WireListedBan } from './bans.ts';
import { timestamp } from './timestamp.ts';

/** The members of a chat as scripts and the members' template see them. */
export interface WireMembers {
  readonly chat: { readonly id: number; readonly kind: 'group' | 'direct'; readonly name: string };
  readonly you: {
    readonly id: number;
    readonly role: ShownRole;
    readonly may_rename: boolean;
    readonly may_set_picture: boolean;
    /** Of which messages the reader is notified. */
    readonly level: Level;
    /** Until when of none, in RFC 3339 and UTC; null when the chat is not muted now. */
    readonly muted_until: string | null;
    readonly leaving: LeavingEffect;
  };
  /** The number of members on all pages. */
  readonly count: number;
  /** In the order of joining. */
  readonly members: readonly {
    readonly id: number;
    readonly username: string;
    readonly role: ShownRole;
    /** The role as pages show it beside the name; null for one that they do not show. */
    readonly title: string | null;
    /** Whether the reader may remove this member, and ban them. */
    readonly may_remove: boolean;
    /** The other roles that the reader may give this member. */
    readonly roles_to_give: readonly ShownRole[];
    /** Whether the reader blocks this member. */
    readonly blocked: boolean;
    /** Whether this member's account is deactivated; left out where it is not. */
    readonly deactivated?: true;
    /** RFC 3339, UTC, with milliseconds. */
    readonly joined_at: string;
  }[];
  /** For those who may set it: the shortest time between two posts of a member, in seconds; 0 for none. */
  readonly slow_mode?: number;
  /** For those who may set it: after how many days messages are erased; 0 for never. */
  readonly retention_days?: number;
  /** For those who may change it: whether the chat is archived. */
  readonly archived?: boolean;
  /** For the owner and moderators: how many reports wait, 200 for as many or more. */
  readonly reports?: number;
  /** On the first page, for those who may lift bans: the newest 100 that are in force. */
  readonly bans?: readonly WireListedBan[];
  /** The `after` of the next page; null on the last page. */
  readonly next: string | null;
  /** Whether the person who was asked for is a member; left out where the list is about all members. */
  readonly person?: { readonly id: number; readonly is_member: boolean };
}

const TITLES: Readonly<Record<ShownRole, string | null>> = { owner: 'Owner', moderator: 'Moderator', member: null };

export function toWireMembers({ id }: { readonly id: number }, page: MembersPage, personId?: number): WireMembers {
  const { chat, you, count, members, next, hasPerson, bans } = page;
  return {
    chat: { id: chat.id, kind: isDirect(you.role) ? 'direct' : 'group', name: chat.name },
    you: {
      id,
      role: shownRole(you.role),
      may_rename: you.mayRename,
      may_set_picture: you.maySetPicture,
      level: you.level,
      muted_until: you.mutedUntil === null ? null : timestamp(you.mutedUntil),
      leaving: you.leaving,
    },
    count,
    members: members.map(({ user, role, joinedAt, mayBeRemoved, rolesToGive, isBlocked, isDeactivated }) => ({
      ...user,
      role: shownRole(role),
      title: TITLES[shownRole(role)],
      may_remove: mayBeRemoved,
      roles_to_give: rolesToGive,
      blocked: isBlocked,
      ...(isDeactivated && { deactivated: true as const }),
      joined_at: timestamp(joinedAt),
    })),
    ...(page.slowSeconds !== undefined && { slow_mode: page.slowSeconds }),
    ...(page.retentionDays !== undefined && { retention_days: page.retentionDays }),
    ...(page.isArchived !== undefined && { archived: page.isArchived }),
    ...(page.waitingReports !== undefined && { reports: page.waitingReports }),
    ...(bans && { bans: bans.map(toWireListedBan) }),
    next: next ? joiningPlaceText(next) : null,
    ...(personId !== undefined && hasPerson !== undefined && { person: { id: personId, is_member: hasPerson } }),
  };
}

const joiningPlaceText = ({ joinedAt, userId }: JoiningPlace): string => `${joinedAt}-${userId}`;
