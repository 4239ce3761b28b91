import type { Chats, ChatsView } from '../../application/ports/chats.ts';
import { revision } from '../../domain/chats/chat.ts';
import { chatId } from '../../domain/ids.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryChats(tables: Tables): Chats {
  let lastId = 0;
  return {
    ...makeMemoryChatsView(tables, 'current'),

    async add({ name }) {
      lastId += 1;
      const chat = { id: chatId(lastId), name, revision: revision(0) };
      tables.chats.insert(chat.id, chat);
      return chat;
    },

    async rename(id, name) {
      const chat = tables.chats.current.get(id);
      if (chat) tables.chats.put(id, { ...chat, name });
    },

    async nextRevision(id) {
      const chat = tables.chats.require(id);
      const next = revision(chat.revision + 1);
      tables.chats.put(id, { ...chat, revision: next });
      return next;
    },
  };
}

export function makeMemoryChatsView(tables: Tables, moment: Moment): ChatsView {
  return {
    async find(id) {
      return tables.chats[moment].get(id);
    },

    async ofUser(userId) {
      const ids = tables.chatsOfUsers[moment].get(userId) ?? [];
      return ids
        .flatMap((id) => {
          const chat = tables.chats[moment].get(id);
          const membership = tables.members[moment].get(`${id}/${userId}`);
          return chat && membership ? [{ chat, joinedAt: membership.joinedAt }] : [];
        })
        .sort((a, b) => b.joinedAt - a.joinedAt || b.chat.id - a.chat.id)
        .map(({ chat }) => chat);
    },
  };
}
