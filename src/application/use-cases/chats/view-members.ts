import type { Chat } from '../../../domain/chats/chat.ts';
import {
  effectOfLeaving,
  type JoiningPlace,
  type LeavingEffect,
  type Member,
  type Membership,
  type Role,
  type ShownRole,
} from '../../../domain/chats/membership.ts';
import {
  assertAllowed,
  closedChat,
  mayArchive,
  mayModerate,
  mayOversee,
  mayRead,
  mayRemove,
  mayRename,
  maySetPicture,
  maySetRetention,
  rolesToGive,
} from '../../../domain/chats/permissions.ts';
import { type ChatId, type UserId, userId } from '../../../domain/ids.ts';
import type { Level } from '../../../domain/reading/level.ts';
import type { Actor } from '../../actor.ts';
import type { ListedBan } from '../../ports/bans.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoreView } from '../../ports/store.ts';
import { findChat } from './find-chat.ts';
import { namedChat } from './named-chat.ts';

/** Maximum reports that are counted. */
const MAX_REPORTS = 200;

/** Maximum bans that are shown. */
const MAX_BANS = 100;

export interface MembersPage {
  readonly chat: Chat;
  readonly you: {
    readonly role: Role;
    readonly mayRename: boolean;
    readonly maySetPicture: boolean;
    /** Of which messages the actor is notified. */
    readonly level: Level;
    /** Until when of none, in milliseconds since 1970; null when the chat is not muted now. */
    readonly mutedUntil: number | null;
    /** What becomes of the chat when the actor leaves. */
    readonly leaving: LeavingEffect;
  };
  /** The number of members on all pages. */
  readonly count: number;
  /** In the order of joining. */
  readonly members: readonly ShownMember[];
  /** Seconds between two posts of a member, 0 for none, for those who may set it; else undefined. */
  readonly slowSeconds: number | undefined;
  /** Days after which messages are erased, 0 for never, for those who may set it; else undefined. */
  readonly retentionDays: number | undefined;
  /** Whether the chat is archived, for those who may change that; else undefined. */
  readonly isArchived: boolean | undefined;
  /** How many reports wait, for the owner and moderators; else undefined. */
  readonly waitingReports: number | undefined;
  /** The newest bans that are in force, on the first page, for those who may lift them; else undefined. */
  readonly bans: readonly ListedBan[] | undefined;
  /** The place after which the next page begins; undefined on the last page. */
  readonly next: JoiningPlace | undefined;
  /** Whether the person who was asked for is a member. Members are on the page. Undefined when the page is about all members. */
  readonly hasPerson: boolean | undefined;
}

export interface ShownMember extends Member {
  /** Removed, and banned. */
  readonly mayBeRemoved: boolean;
  /** The other roles that the actor may give this member. */
  readonly rolesToGive: readonly ShownRole[];
  /** Whether the actor blocks this person. */
  readonly isBlocked: boolean;
  /** Whether the person's account is deactivated. */
  readonly isDeactivated: boolean;
}

export interface MembersQuery {
  readonly chatId: ChatId;
  readonly after?: JoiningPlace | undefined;
  /** The page must have this person: it begins with them where the first page does not. Not used together with `after`. */
  readonly personId?: UserId | undefined;
  readonly limit: number;
}

/**
 * The first `limit` members after a place, or from the first on.
 * @throws DomainError `forbidden`, also when there is no such chat
 */
export type ViewMembers = (actor: Actor, query: MembersQuery) => Promise<MembersPage>;

export function makeViewMembers({ view, clock }: { readonly view: StoreView; readonly clock: Clock }): ViewMembers {
  return async (actor, { chatId, after, personId, limit }) => {
    const membership = await view.members.find(chatId, actor.user.id);
    assertAllowed(membership, mayRead);
    const chat = await namedChat(view.chats, await findChat(view, chatId), membership);
    const attention = (await view.attention.ofMembers(chatId, [actor.user.id])).get(actor.user.id);
    if (!attention) throw closedChat();
    const { level, mutedUntil } = attention;
    const count = await view.members.count(chatId);
    const person = after || personId === undefined ? undefined : await view.members.find(chatId, personId);
    // One more than the page holds tells whether there is a next page.
    const start = person && count > limit ? placeBefore(person) : after;
    const found = await view.members.list(chatId, start, limit + 1);
    const page = found.slice(0, limit);
    const blocked = new Set((await view.blocks.by(actor.user.id)).map(({ id }) => id));
    const deactivated = await view.administration.deactivatedAmong(page.map((member) => member.user.id));
    const last = found.length > limit ? page.at(-1) : undefined;
    return {
      chat,
      you: {
        role: membership.role,
        ...{ mayRename: mayRename(membership), maySetPicture: maySetPicture(membership) },
        level,
        mutedUntil: mutedUntil !== null && mutedUntil > clock.now() ? mutedUntil : null,
        leaving: effectOfLeaving(membership, count - 1),
      },
      count,
      members: page.map((member) => ({
        ...member,
        mayBeRemoved: mayRemove(membership, { userId: member.user.id, role: member.role }),
        rolesToGive: rolesToGive(membership, { userId: member.user.id, role: member.role }),
        isBlocked: blocked.has(member.user.id),
        isDeactivated: deactivated.includes(member.user.id),
      })),
      ...rulesOf(chat, membership),
      waitingReports: mayOversee(membership) ? (await view.reports.waiting(chatId, MAX_REPORTS)).length : undefined,
      bans: after || !mayOversee(membership) ? undefined : await view.bans.inForce(chatId, clock.now(), MAX_BANS),
      next: last && { joinedAt: last.joinedAt, userId: last.user.id },
      hasPerson: after || personId === undefined ? undefined : person !== undefined,
    };
  };
}

/** What those may see who may change it. */
const rulesOf = (chat: Chat, by: Membership) => ({
  slowSeconds: mayModerate(by) ? (chat.slowSeconds ?? 0) : undefined,
  retentionDays: maySetRetention(by) ? (chat.retention?.days ?? 0) : undefined,
  isArchived: mayArchive(by) ? chat.archivedAt !== undefined : undefined,
});

/** The list continues after this place with the member. */
const placeBefore = ({ joinedAt, userId: id }: Membership): JoiningPlace => ({ joinedAt, userId: userId(id - 1) });
