import { namedFor } from '../domain/chats/direct.ts';
import { namesakesAmong, toldApart } from '../domain/chats/namesakes.ts';
import type { ChatSummary } from '../domain/chats/summary.ts';
import type { UserId } from '../domain/ids.ts';
import type { MembersView } from './ports/members.ts';

/** The chats as the viewer sees them: with their names and, where several have the same one, with names of their members. */
export async function tellApart<T extends ChatSummary>(
  members: MembersView,
  viewer: UserId,
  chats: readonly T[],
): Promise<readonly T[]> {
  const named = chats.map((chat) => namedFor(viewer, chat));
  const namesakes = namesakesAmong(named);
  const read = await withLatest(members, named, namesakes);
  return read.map((chat) => (namesakes.has(chat.id) ? toldApart(viewer, chat) : chat));
}

/** Adds the latest members of those chats that are groups. One statement reads them, and none where there are no such chats. */
export async function withLatest<T extends ChatSummary>(
  members: MembersView,
  chats: readonly T[],
  namesakes: ReadonlySet<T['id']>,
): Promise<readonly T[]> {
  if (namesakes.size === 0) return chats;
  const isRead = ({ id, people }: T) => people === undefined && namesakes.has(id);
  const latest = await members.latest(chats.filter(isRead).map(({ id }) => id));
  return chats.map((chat) => (isRead(chat) ? { ...chat, latest: latest.get(chat.id) ?? [] } : chat));
}
