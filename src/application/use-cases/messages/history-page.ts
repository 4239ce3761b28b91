import type { Chat, Revision } from '../../../domain/chats/chat.ts';
import type { Message } from '../../../domain/messages/message.ts';
import { lastWithin } from '../../feed/within-bytes.ts';
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
  /** Fewer come when these are too long together. */
  readonly limit: number;
}

/** A page's messages weigh no more than this together, however few that leaves. */
const MAX_BYTES = 1024 * 1024;
/** Messages read from the store at a time: those that are over the bytes were read for nothing. */
const STEP = 25;

/**
 * The messages are read after the chat's revision: what is posted between the two reads is then in both, and never in
 * neither.
 */
export async function historyPage(view: StoreView, chat: Chat, place: HistoryPlace): Promise<HistoryPage> {
  const messages = await newestBefore(view, chat, place);
  const first = messages[0];
  return { messages, revision: chat.revision, hasOlder: first !== undefined && first.position > 1 };
}

async function newestBefore(
  view: StoreView,
  { id }: Chat,
  { before, limit }: HistoryPlace,
): Promise<readonly Message[]> {
  let found: readonly Message[] = [];
  while (found.length < limit) {
    const count = Math.min(STEP, limit - found.length);
    const older = await view.messages.before(id, found[0]?.position ?? before, count);
    const all = [...older, ...found];
    found = lastWithin(all, MAX_BYTES);
    if (older.length < count || found.length < all.length) break;
  }
  return found;
}
