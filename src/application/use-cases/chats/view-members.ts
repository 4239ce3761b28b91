import type { Chat } from '../../../domain/chats/chat.ts';
import {
  effectOfLeaving,
  type JoiningPlace,
  type LeavingEffect,
  type Member,
  type Role,
} from '../../../domain/chats/membership.ts';
import { assertAllowed, mayRead, mayRemove, mayRename } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { StoreView } from '../../ports/store.ts';
import { findChat } from './find-chat.ts';

export interface MembersPage {
  readonly chat: Chat;
  readonly you: {
    readonly role: Role;
    readonly mayRename: boolean;
    /** What becomes of the chat when the actor leaves. */
    readonly leaving: LeavingEffect;
  };
  /** The number of members on all pages. */
  readonly count: number;
  /** In the order of joining. */
  readonly members: readonly (Member & { readonly mayBeRemoved: boolean })[];
  /** The place after which the next page begins; undefined on the last page. */
  readonly next: JoiningPlace | undefined;
}

/**
 * The first `limit` members after a place, or from the first on.
 * @throws DomainError `forbidden`, also when there is no such chat
 */
export type ViewMembers = (
  actor: Actor,
  page: { readonly chatId: ChatId; readonly after?: JoiningPlace | undefined; readonly limit: number },
) => Promise<MembersPage>;

export function makeViewMembers({ view }: { readonly view: StoreView }): ViewMembers {
  return async (actor, { chatId, after, limit }) => {
    const membership = await view.members.find(chatId, actor.user.id);
    assertAllowed(membership, mayRead);
    const chat = await findChat(view, chatId);
    const count = await view.members.count(chatId);
    // One more than the page holds tells whether there is a next page.
    const found = await view.members.list(chatId, after, limit + 1);
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return {
      chat,
      you: {
        role: membership.role,
        mayRename: mayRename(membership),
        leaving: effectOfLeaving(membership, count - 1),
      },
      count,
      members: page.map((member) => ({ ...member, mayBeRemoved: mayRemove(membership, { userId: member.user.id }) })),
      next: last && { joinedAt: last.joinedAt, userId: last.user.id },
    };
  };
}
