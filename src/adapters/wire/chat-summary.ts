import { shownRole } from '../../domain/chats/membership.ts';
import type { ChatSummary, LastMessage } from '../../domain/chats/summary.ts';
import type { ListedChat, Reading } from '../../domain/reading/reading.ts';
import { timestamp } from './timestamp.ts';
import type { WireChatSummary, WireReading, WireSharedSummary } from './user-frames.ts';

export const toWireSummary = (chat: ListedChat): WireChatSummary => ({
  ...toWireShared(chat),
  ...toWireReading(chat.reading),
});

/** The part of a summary that is the same for all members of the chat. */
export function toWireShared({ id, people, name, members, others, last, isArchived }: ChatSummary): WireSharedSummary {
  const kind = people ? 'direct' : 'group';
  const known = {
    ...(people && { people: people.map(idOf) }),
    ...(others && { others }),
    ...(isArchived && { archived: isArchived }),
  };
  return { id, kind, name, members, ...known, last: last && toWireLast(last) };
}

/** The part of a summary that is the member's own. */
export function toWireReading({ pointer, unread, mentions, level, mutedUntil, pinned, role }: Reading): WireReading {
  const { position, version } = pointer;
  const marked = version === 0 ? {} : { read_version: version };
  const muted = mutedUntil === null ? {} : { muted_until: timestamp(mutedUntil) };
  const shown = shownRole(role);
  const ofRole = shown === 'member' ? {} : { role: shown };
  return { read: position, ...marked, unread, mentions, level, ...muted, ...(pinned && { pinned }), ...ofRole };
}

const idOf = ({ id }: { readonly id: number }): number => id;

function toWireLast({ position, kind, author, snippet, sentAt }: LastMessage) {
  const { id, username } = author;
  return { position, kind, author: { id, username }, snippet, sent_at: timestamp(sentAt) };
}
