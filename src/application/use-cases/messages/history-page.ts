import type { Chat, Revision } from '../../../domain/chats/chat.ts';
import type { Message } from '../../../domain/messages/message.ts';
import { lastWithin } from '../../feed/within-bytes.ts';
import type { StoreView } from '../../ports/store.ts';

export interface HistoryPage {
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** The history has every change up to this revision. A follower that begins after it misses nothing and may see changes again. */
  readonly revision: Revision;
  /** Whether there are messages before the first one of the page. */
  readonly hasOlder: boolean;
}

export interface HistoryPlace {
  /** The page ends before this position; with the newest message when undefined. */
  readonly before?: Revision | undefined;
  /** Maximum messages. A page has fewer when they are long. */
  readonly limit: number;
}

/** Maximum weight of a page that has more than one message. */
const MAX_BYTES = 1024 * 1024;
/** Messages read at a time. A small number, because those past the maximum weight are discarded. */
const STEP = 25;

/**
 * The messages are read after the chat's revision. A message that is posted between the two reads is on the page and followed by its
 * revision, never missing from both.
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
