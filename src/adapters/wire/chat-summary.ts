import type { ChatSummary, LastMessage } from '../../domain/chats/summary.ts';
import { timestamp } from './timestamp.ts';
import type { WireChatSummary } from './user-frames.ts';

export function toWireSummary({ id, name, members, last }: ChatSummary): WireChatSummary {
  return { id, kind: 'group', name, members, last: last && toWireLast(last) };
}

function toWireLast({ position, kind, author, snippet, sentAt }: LastMessage) {
  const { id, username } = author;
  return { position, kind, author: { id, username }, snippet, sent_at: timestamp(sentAt) };
}
