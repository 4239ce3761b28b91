import type { MembersPage } from '../../application/use-cases/chats/view-members.ts';
import type { JoiningPlace, Role } from '../../domain/chats/membership.ts';
import { timestamp } from './timestamp.ts';

/** The members of a chat as scripts and the members' template see them. */
export interface WireMembers {
  readonly chat: { readonly id: number; readonly name: string };
  readonly you: { readonly id: number; readonly role: Role };
  /** Of all pages together. */
  readonly count: number;
  /** In the order of their joining. */
  readonly members: readonly {
    readonly id: number;
    readonly username: string;
    readonly role: Role;
    /** RFC 3339, UTC, with milliseconds. */
    readonly joined_at: string;
  }[];
  /** To be given as `after` to get the next page, or null when this is the last one. */
  readonly next: string | null;
}

export function toWireMembers({ id }: { readonly id: number }, page: MembersPage): WireMembers {
  const { chat, role, count, members, next } = page;
  return {
    chat: { id: chat.id, name: chat.name },
    you: { id, role },
    count,
    members: members.map(({ user, role, joinedAt }) => ({ ...user, role, joined_at: timestamp(joinedAt) })),
    next: next ? joiningPlaceText(next) : null,
  };
}

const joiningPlaceText = ({ joinedAt, userId }: JoiningPlace): string => `${joinedAt}-${userId}`;
