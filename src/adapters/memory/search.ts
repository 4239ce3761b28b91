import type { Proposing, Search, SearchView } from '../../application/ports/search.ts';
import { type Revision, revision } from '../../domain/chats/chat.ts';
import type { ChatId } from '../../domain/ids.ts';
import { type MessageId, messageId } from '../../domain/messages/message.ts';
import { placeAt, type SearchPlace, usualPlace } from '../../domain/search/search-place.ts';
import type { MemorySearchEntry } from './rows.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemorySearchView({ chats, searched, indexedTo }: Tables, moment: Moment): SearchView {
  const lagOf = (chatId: ChatId, newest: Revision) => {
    const reached = indexedTo[moment].get(chatId) ?? revision(0);
    return reached < newest ? [{ chatId, indexedTo: reached, revision: newest }] : [];
  };
  return {
    async propose(proposing) {
      const found = [...searched[moment].values()].filter((entry) => hasAll(entry, proposing));
      return found
        .toSorted((one, other) => other.place - one.place)
        .slice(0, proposing.limit)
        .map(({ chatId, position, place }) => ({ chatId, position, place }));
    },
    async lags(which) {
      if ('chats' in which)
        return which.chats.flatMap((id) => lagOf(id, chats[moment].get(id)?.revision ?? revision(0)));
      const all = [...chats[moment].values()].flatMap((chat) => lagOf(chat.id, chat.revision));
      return all.toSorted((one, other) => one.chatId - other.chatId).slice(0, which.limit);
    },
  };
}

function hasAll({ chatId, place, text, marks }: MemorySearchEntry, proposing: Proposing): boolean {
  const { needles, without, since, until, after } = proposing;
  if (!proposing.chats.includes(chatId) || place < placeAt(since) || place >= placeAt(until)) return false;
  if (after !== undefined && place >= after) return false;
  return (
    needles.every((needle) => text.includes(needle)) &&
    !without.some((word) => text.includes(word)) &&
    proposing.marks.every((list) => list.some((mark) => marks.includes(mark)))
  );
}

export function makeMemorySearch(tables: Tables): Search {
  const { searched, searchPlaces, indexedTo, searchVersion } = tables;

  const remove = (id: MessageId) => {
    const entry = searched.current.get(id);
    if (entry) searchPlaces.remove(entry.place);
    searched.remove(id);
  };
  const put: Search['set'] = async ({ chatId, position, sentAt }, searchable) => {
    const id = messageId({ chatId, position });
    remove(id);
    if (!searchable) return;
    tables.messages.require(id);
    let place: SearchPlace = usualPlace({ sentAt, position });
    while (searchPlaces.current.get(place) !== undefined) place = (place + 1) as SearchPlace;
    searchPlaces.insert(place, id);
    searched.put(id, { chatId, position, place, ...searchable });
  };

  return {
    ...makeMemorySearchView(tables, 'current'),
    set: put,

    async index({ chatId, from, to, messages }) {
      if ((indexedTo.current.get(chatId) ?? 0) !== from) return false;
      for (const { searchable, ...message } of messages) await put({ chatId, ...message }, searchable);
      indexedTo.put(chatId, to);
      return true;
    },

    async removeRange(chatId, { after, through }) {
      for (let next = after + 1; next <= through; next += 1) remove(messageId({ chatId, position: revision(next) }));
    },

    async settle(version) {
      if (searchVersion.current.get('version') === version) return false;
      for (const { chatId, position } of [...searched.current.values()]) remove(messageId({ chatId, position }));
      for (const { id } of tables.chats.current.values()) indexedTo.remove(id);
      searchVersion.put('version', version);
      return true;
    },
  };
}
