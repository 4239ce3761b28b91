import type { ReadingView, ReadPointers } from '../../application/ports/reading.ts';
import type { ChatAttention } from '../../domain/attention/settings.ts';
import { type Chat, revision } from '../../domain/chats/chat.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { messageId } from '../../domain/messages/message.ts';
import { usualLevel } from '../../domain/reading/level.ts';
import { readAll } from '../../domain/reading/read-pointer.ts';
import { isUnread, MAX_UNREAD, type Reading, type ReadingState, UNREAD_REACH } from '../../domain/reading/reading.ts';
import { makeMemoryMissed } from './missed.ts';
import type { MemoryLevel } from './rows.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryReadPointers(tables: Tables): Omit<ReadPointers, 'callsFor'> {
  const { members, readPointers, levels } = tables;
  const change = (key: `${ChatId}/${UserId}`, changed: Partial<MemoryLevel>) => {
    members.require(key);
    levels.put(key, { ...NOTHING_SET, ...levels.current.get(key), ...changed });
  };
  return {
    ...makeMemoryReading(tables, 'current'),

    async find(chatId, userId) {
      return readPointers.current.get(`${chatId}/${userId}`);
    },

    async set(chatId, userId, pointer) {
      members.require(`${chatId}/${userId}`);
      readPointers.put(`${chatId}/${userId}`, pointer);
    },

    async setLevel(chatId, userId, level) {
      change(`${chatId}/${userId}`, { level });
    },

    async setMutedUntil(chatId, userId, mutedUntil) {
      change(`${chatId}/${userId}`, { mutedUntil });
    },

    async setPinned(chatId, userId, pinned) {
      change(`${chatId}/${userId}`, { pinned });
    },
  };
}

const NOTHING_SET: MemoryLevel = { level: undefined, mutedUntil: null, pinned: false };

export function makeMemoryReading(tables: Tables, moment: Moment): Omit<ReadingView, 'callsFor'> {
  const readingOf = makeCount(tables, moment);
  return {
    ...makeMemoryMissed(tables, moment),

    async ofMembers(chatId, userIds) {
      const chat = tables.chats[moment].get(chatId);
      const members = userIds.filter((userId) => tables.members[moment].get(`${chatId}/${userId}`) !== undefined);
      return new Map(chat ? members.map((userId) => [userId, readingOf(chat, userId)]) : []);
    },

    async statesOf(userId) {
      const chatIds = tables.chatsOfUsers[moment].get(userId) ?? [];
      return new Map(
        chatIds.flatMap((chatId) => {
          const pointer = tables.readPointers[moment].get(`${chatId}/${userId}`);
          return pointer ? [[chatId, { pointer, ...settingsOf(tables, moment, `${chatId}/${userId}`) }] as const] : [];
        }),
      );
    },
  };
}

/** Walks the last changes of the chat, from its end. */
export function makeCount(tables: Tables, moment: Moment): (chat: Chat, userId: UserId) => Reading {
  return ({ id: chatId, revision: newest }, userId) => {
    const pointer = tables.readPointers[moment].get(`${chatId}/${userId}`) ?? readAll(newest);
    let [unread, mentions] = [0, 0];
    const after = Math.max(pointer.position, newest - UNREAD_REACH);
    for (let next = newest; next > after; next = revision(next - 1)) {
      const id = messageId({ chatId, position: next });
      const message = tables.messages[moment].get(id);
      if (!message || !isUnread(message, userId, pointer)) continue;
      unread += 1;
      if (tables.mentions[moment].get(id)?.some((mention) => mention.userId === userId)) mentions += 1;
    }
    return {
      pointer,
      ...settingsOf(tables, moment, `${chatId}/${userId}`),
      revision: newest,
      unread: Math.min(unread, MAX_UNREAD),
      mentions: Math.min(mentions, MAX_UNREAD),
    };
  };
}

export function attentionIn({ levels, members }: Tables, moment: Moment, key: `${ChatId}/${UserId}`): ChatAttention {
  const { level, mutedUntil } = levels[moment].get(key) ?? NOTHING_SET;
  return { level: level ?? usualLevel(members[moment].get(key)?.role ?? 'member'), mutedUntil };
}

const settingsOf = (tables: Tables, moment: Moment, key: `${ChatId}/${UserId}`): Omit<ReadingState, 'pointer'> => ({
  ...attentionIn(tables, moment, key),
  pinned: tables.levels[moment].get(key)?.pinned ?? false,
  role: tables.members[moment].get(key)?.role ?? 'member',
});
