import type { Chat } from '../../../domain/chats/chat.ts';
import { namedFor } from '../../../domain/chats/direct.ts';
import { isDirect, type Membership } from '../../../domain/chats/membership.ts';
import type { ChatsView } from '../../ports/chats.ts';

/** The chat with the name that this member sees. */
export async function namedChat(chats: ChatsView, chat: Chat, { role, userId }: Membership): Promise<Chat> {
  if (!isDirect(role)) return chat;
  const { name } = namedFor(userId, { name: chat.name, people: (await chats.people([chat.id])).get(chat.id) });
  return { ...chat, name };
}
