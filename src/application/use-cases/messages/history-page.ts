import { type Chat, type Revision, revision } from '../../../domain/chats/chat.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Message } from '../../../domain/messages/message.ts';
import { firstWithin, lastWithin } from '../../feed/within-bytes.ts';
import type { StoreView } from '../../ports/store.ts';
import { findMessage } from './find-message.ts';

export interface HistoryPage {
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** The history has every change up to this revision. A follower that begins after it misses nothing and may see changes again. */
  readonly revision: Revision;
  /** Whether there are messages before the first one of the page. */
  readonly hasOlder: boolean;
  /** Whether there are messages after the last one of the page. */
  readonly hasNewer: boolean;
}

/** The newest messages, or those that one of the three positions names. */
export interface HistoryPlace {
  /** The page ends before this position. */
  readonly before?: Revision | undefined;
  /** The page begins after this position. */
  readonly after?: Revision | undefined;
  /** The page has the message at this position in its middle, as far as there are messages on both sides. */
  readonly around?: Revision | undefined;
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
 * @throws DomainError `not_found` when there is no message at `around`
 */
export async function historyPage(view: StoreView, chat: Chat, place: HistoryPlace): Promise<HistoryPage> {
  const { messages, isMore } = await read(view, chat.id, place);
  const first = messages[0];
  return { messages, revision: chat.revision, hasOlder: first !== undefined && first.position > 1, hasNewer: isMore };
}

/** Messages next to each other, oldest first. */
interface Stretch {
  readonly messages: readonly Message[];
  /** Whether there are messages behind the last one. */
  readonly isMore: boolean;
}

async function read(view: StoreView, id: ChatId, { before, after, around, limit }: HistoryPlace): Promise<Stretch> {
  if (around !== undefined) return messagesAround(view, { chatId: id, position: around }, limit);
  if (after !== undefined) return oldestAfter(view, id, { after, limit, bytes: MAX_BYTES });
  const messages = await newestBefore(view, id, { before, limit, bytes: MAX_BYTES });
  // A client that names a position has seen a message there.
  return { messages, isMore: before !== undefined };
}

/** Each side has half of the weight. Where one side has too few messages, the other side has more of them. */
async function messagesAround(
  view: StoreView,
  place: { readonly chatId: ChatId; readonly position: Revision },
  limit: number,
): Promise<Stretch> {
  const { chatId, position } = place;
  await findMessage(view, place);
  const bytes = MAX_BYTES / 2;
  const half = Math.floor(limit / 2);
  const before = await newestBefore(view, chatId, { before: position, limit: half, bytes });
  const from = revision(position - 1);
  const later = await oldestAfter(view, chatId, { after: from, limit: limit - before.length, bytes });
  const isShort = !later.isMore && before.length === half;
  const earlier = isShort
    ? await newestBefore(view, chatId, { before: position, limit: limit - later.messages.length, bytes })
    : before;
  return { messages: [...earlier, ...later.messages], isMore: later.isMore };
}

interface Room {
  /** Maximum messages. */
  readonly limit: number;
  /** Maximum weight of more than one message. */
  readonly bytes: number;
}

async function newestBefore(
  view: StoreView,
  id: ChatId,
  { before, limit, bytes }: Room & { readonly before: Revision | undefined },
): Promise<readonly Message[]> {
  let found: readonly Message[] = [];
  while (found.length < limit) {
    const count = Math.min(STEP, limit - found.length);
    const older = await view.messages.before(id, found[0]?.position ?? before, count);
    const all = [...older, ...found];
    found = lastWithin(all, bytes);
    if (older.length < count || found.length < all.length) break;
  }
  return found;
}

/** Reads one message more than the limit, which tells whether there are more. */
async function oldestAfter(
  view: StoreView,
  id: ChatId,
  { after, limit, bytes }: Room & { readonly after: Revision },
): Promise<Stretch> {
  let found: readonly Message[] = [];
  while (found.length <= limit) {
    const count = Math.min(STEP, limit + 1 - found.length);
    const newer = await view.messages.after(id, found.at(-1)?.position ?? after, count);
    const all = [...found, ...newer];
    found = firstWithin(all, bytes);
    if (found.length < all.length) return { messages: found.slice(0, limit), isMore: true };
    if (newer.length < count) return { messages: found.slice(0, limit), isMore: found.length > limit };
  }
  return { messages: found.slice(0, limit), isMore: true };
}
