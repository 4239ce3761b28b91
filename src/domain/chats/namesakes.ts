import type { ChatId, UserId } from '../ids.ts';
import type { ChatSummary } from './summary.ts';

/** Maximum names by which a chat is told apart from others with the same name. */
export const MAX_NAMED = 3;
/** Members who have to be known for that: the viewer may be one of them. */
export const MAX_LATEST = MAX_NAMED + 1;

const NONE: ReadonlySet<ChatId> = new Set();

/** Those of a viewer's chats that have the same name as another one. */
export function namesakesAmong(chats: readonly Pick<ChatSummary, 'id' | 'name'>[]): ReadonlySet<ChatId> {
  const names = new Set(chats.map(({ name }) => name));
  if (names.size === chats.length) return NONE;
  const byName = Map.groupBy(chats, ({ name }) => name);
  return new Set([...byName.values()].flatMap((alike) => (alike.length > 1 ? alike.map(({ id }) => id) : [])));
}

/** Names the people of a chat, without the viewer, where they are known. */
export function toldApart<T extends ChatSummary>(viewer: UserId, chat: T): T {
  const others = (chat.people ?? chat.latest)?.filter(({ id }) => id !== viewer);
  if (!others) return chat;
  return { ...chat, others: others.slice(0, MAX_NAMED).map(({ username }) => username) };
}
