import type { Chats, ChatsView } from '../../application/ports/chats.ts';
import { type Chat, revision } from '../../domain/chats/chat.ts';
import { NO_NAME } from '../../domain/chats/direct.ts';
import { archivedChat } from '../../domain/chats/permissions.ts';
import type { ChatSummary } from '../../domain/chats/summary.ts';
import type { User } from '../../domain/identity/user.ts';
import { type ChatId, chatId, type UserId, userId } from '../../domain/ids.ts';
import { filesOf, textOf } from '../../domain/messages/message.ts';
import { messageSnippet } from '../../domain/messages/message-snippet.ts';
import { newestMessage } from './messages.ts';
import { makeCount } from './reading.ts';
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

    async addDirect({ people }) {
      const known = tables.directChats.current.get(people);
      if (known !== undefined) return { id: known, isNew: false };
      lastId += 1;
      const id = chatId(lastId);
      tables.chats.insert(id, { id, name: NO_NAME, revision: revision(0) });
      tables.directChats.insert(people, id);
      tables.directKeys.insert(id, people);
      return { id, isNew: true };
    },

    async directOfBoth(one, other) {
      const ids = tables.chatsOfUsers.current.get(one) ?? [];
      const isOfBoth = (id: ChatId) =>
        tables.directKeys.current.get(id) !== undefined && tables.members.current.get(`${id}/${other}`) !== undefined;
      return ids.filter(isOfBoth).toSorted((a, b) => a - b);
    },

    async setSlowMode(id, seconds) {
      const chat = tables.chats.current.get(id);
      if (!chat) return;
      const { slowSeconds: _, ...others } = chat;
      tables.chats.put(id, seconds === 0 ? others : { ...others, slowSeconds: seconds });
    },

    async setArchived(id, at) {
      const chat = tables.chats.current.get(id);
      if (!chat) return;
      const { archivedAt: _, ...others } = chat;
      tables.chats.put(id, at === null ? others : { ...others, archivedAt: at });
    },

    async setRetention(id, days) {
      const chat = tables.chats.current.get(id);
      const { version = 0, erasedTo = revision(0) } = chat?.retention ?? {};
      if (chat) tables.chats.put(id, { ...chat, retention: { days, version: version + 1, erasedTo } });
      return chat ? version + 1 : 0;
    },

    async passRetention(id, { version, erasedTo }) {
      const chat = tables.chats.current.get(id);
      if (chat?.retention?.version !== version) return undefined;
      tables.chats.put(id, { ...chat, retention: { ...chat.retention, version: version + 1, erasedTo } });
      return version + 1;
    },

    async rename(id, name) {
      const chat = tables.chats.current.get(id);
      if (chat) tables.chats.put(id, { ...chat, name });
    },

    async nextRevision(id, when = 'not_archived') {
      const chat = tables.chats.require(id);
      if (chat.archivedAt !== undefined && when === 'not_archived') throw archivedChat();
      const next = revision(chat.revision + 1);
      tables.chats.put(id, { ...chat, revision: next });
      return next;
    },
  };
}

export function makeMemoryChatsView(tables: Tables, moment: Moment): ChatsView {
  const summary = makeSummary(tables, moment);
  const readingOf = makeCount(tables, moment);
  const isHidden = ({ id }: Chat, userId: UserId) => {
    const hiddenAt = tables.hidden[moment].get(`${id}/${userId}`);
    return hiddenAt !== undefined && (newestMessage(tables, moment, id)?.position ?? 0) <= hiddenAt;
  };
  const joined = (userId: UserId) =>
    (tables.chatsOfUsers[moment].get(userId) ?? []).flatMap((id) => {
      const chat = tables.chats[moment].get(id);
      const membership = tables.members[moment].get(`${id}/${userId}`);
      return chat && membership && !isHidden(chat, userId) ? [{ chat, joinedAt: membership.joinedAt }] : [];
    });
  return {
    async find(id) {
      return tables.chats[moment].get(id);
    },

    async ofUser(userId) {
      return joined(userId)
        .sort((a, b) => b.joinedAt - a.joinedAt || b.chat.id - a.chat.id)
        .map(({ chat }) => chat);
    },

    async people(ids) {
      const direct = ids.flatMap((id) => {
        const people = peopleOf(tables, moment, id);
        return people ? [[id, people] as const] : [];
      });
      return new Map(direct);
    },

    async findDirect(people) {
      return tables.directChats[moment].get(people);
    },

    async summary(id) {
      const chat = tables.chats[moment].get(id);
      return chat && summary(chat);
    },

    async summariesOfUser(userId) {
      return joined(userId)
        .map(({ chat, joinedAt }) => ({ summary: { ...summary(chat), reading: readingOf(chat, userId) }, joinedAt }))
        .map(({ summary, joinedAt }) => ({ summary, at: summary.last?.sentAt ?? joinedAt }))
        .sort((a, b) => b.at - a.at || b.summary.id - a.summary.id)
        .map(({ summary }) => summary);
    },
  };
}

function makeSummary(tables: Tables, moment: Moment): (chat: Chat) => ChatSummary {
  const lastOf = (chatId: ChatId) => newestMessage(tables, moment, chatId);
  return ({ id, name, revision, archivedAt }) => {
    const last = lastOf(id);
    return {
      id,
      name,
      people: peopleOf(tables, moment, id),
      revision,
      ...(archivedAt !== undefined && { isArchived: true as const }),
      members: tables.memberCounts[moment].get(id) ?? 0,
      last: last
        ? {
            position: last.position,
            kind: last.kind,
            author: last.author,
            snippet: messageSnippet(last.kind, textOf(last), filesOf(last)),
            sentAt: last.sentAt,
          }
        : null,
    };
  };
}

/** The people of a direct chat; undefined for a group. */
function peopleOf(tables: Tables, moment: Moment, id: ChatId): readonly User[] | undefined {
  const ids = tables.directKeys[moment].get(id)?.split(',');
  return ids?.flatMap((text) => tables.users[moment].get(userId(Number(text)))?.user ?? []);
}
