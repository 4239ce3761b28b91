import type { Revision } from '../../../domain/chats/chat.ts';
import { assertMember } from '../../../domain/chats/membership.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Message } from '../../../domain/messages/message.ts';
import type { Actor } from '../../actor.ts';
import type { StoreView } from '../../ports/store.ts';

export interface HistoryPage {
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** Every change up to this revision is in the history; following after it misses nothing and may repeat something. */
  readonly revision: Revision;
  /** Whether there are messages before the first one here. */
  readonly hasOlder: boolean;
}

/**
 * The newest `limit` messages posted before a position, or the newest of all.
 * @throws DomainError `forbidden`, also when there is no such chat
 */
export type ReadHistory = (
  actor: Actor,
  page: { readonly chatId: ChatId; readonly before?: Revision | undefined; readonly limit: number },
) => Promise<HistoryPage>;

export function makeReadHistory({ view }: { readonly view: StoreView }): ReadHistory {
  return async (actor, { chatId, before, limit }) => {
    assertMember(await view.members.find(chatId, actor.user.id));
    // The revision first: what is posted between the two reads is then in both, and never in neither.
    const chat = await view.chats.find(chatId);
    if (!chat) throw new DomainError('forbidden', 'This chat is gone.');
    const messages = await view.messages.before(chatId, before, limit);
    const first = messages[0];
    return { messages, revision: chat.revision, hasOlder: first !== undefined && first.position > 1 };
  };
}
