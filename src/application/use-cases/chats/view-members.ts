import type { Chat } from '../../../domain/chats/chat.ts';
import { assertMember, type JoiningPlace, type Member, type Role } from '../../../domain/chats/membership.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { StoreView } from '../../ports/store.ts';

export interface MembersPage {
  readonly chat: Chat;
  /** The actor's own role. */
  readonly role: Role;
  /** How many there are in all. */
  readonly count: number;
  /** In the order of their joining. */
  readonly members: readonly Member[];
  /** After which to ask for more, or undefined when there are no more. */
  readonly next: JoiningPlace | undefined;
}

/**
 * The first `limit` members after a place, or the first of all.
 * @throws DomainError `forbidden`, also when there is no such chat
 */
export type ViewMembers = (
  actor: Actor,
  page: { readonly chatId: ChatId; readonly after?: JoiningPlace | undefined; readonly limit: number },
) => Promise<MembersPage>;

export function makeViewMembers({ view }: { readonly view: StoreView }): ViewMembers {
  return async (actor, { chatId, after, limit }) => {
    const membership = await view.members.find(chatId, actor.user.id);
    assertMember(membership);
    const chat = await view.chats.find(chatId);
    if (!chat) throw new DomainError('forbidden', 'This chat is gone.');
    const count = await view.members.count(chatId);
    // One more than is shown tells whether there are more.
    const found = await view.members.list(chatId, after, limit + 1);
    const members = found.slice(0, limit);
    const last = found.length > limit ? members.at(-1) : undefined;
    const next = last && { joinedAt: last.joinedAt, userId: last.user.id };
    return { chat, role: membership.role, count, members, next };
  };
}
