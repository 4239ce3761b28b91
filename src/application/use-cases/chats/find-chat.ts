import type { Chat } from '../../../domain/chats/chat.ts';
import { closedChat } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { ChatsView } from '../../ports/chats.ts';

/** @throws DomainError `forbidden`, as for an outsider: the membership may have ended with the chat just now */
export async function findChat({ chats }: { readonly chats: ChatsView }, id: ChatId): Promise<Chat> {
  const chat = await chats.find(id);
  if (!chat) throw closedChat();
  return chat;
}
