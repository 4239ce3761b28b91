import type { Chat, Revision } from '../../../domain/chats/chat.ts';
import type { Message } from '../../../domain/messages/message.ts';
import type { StoreView } from '../../ports/store.ts';

export interface HistoryPage {
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** Every change up to this revision is in the history; following after it misses nothing and may repeat something. */
  readonly revision: Revision;
  /** Whether there are messages before the first one here. */
  readonly hasOlder: boolean;
}

export interface HistoryPlace {
  /** The newest of all when undefined. */
  readonly before?: Revision | undefined;
  readonly limit: number;
}

/**
 * The messages are read after the chat's revision: what is posted between the two reads is then in both, and never in
 * neither.
 */
export async function historyPage(view: StoreView, chat: Chat, { before, limit }: HistoryPlace): Promise<HistoryPage> {
  const messages = await view.messages.before(chat.id, before, limit);
  const first = messages[0];
  return { messages, revision: chat.revision, hasOlder: first !== undefined && first.position > 1 };
}
