import type { MessagePlace, Messages, MessagesView } from '../../application/ports/messages.ts';
import { type Revision, revision } from '../../domain/chats/chat.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { ClientId } from '../../domain/messages/client-id.ts';
import { isAsPosted, type Message, type MessageId, messageId } from '../../domain/messages/message.ts';
import { isReply, quoteOf } from '../../domain/messages/quotes.ts';
import { attach, withFiles } from './files.ts';
import { makeSetMentions, withMentions } from './mentions.ts';
import { makePersonal } from './personal.ts';
import { notePin, pinnedIn } from './pins.ts';
import { reactionsTo, withReactions } from './reactions.ts';
import { makeRecentBy } from './recent-messages.ts';
import { makeOldest, makeRemoveRange } from './retention.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryMessages(tables: Tables): Messages {
  return {
    ...makeMemoryMessagesView(tables, 'current'),
    ...makeWrites(tables),
    ...makeVersions(tables),
    setMentions: makeSetMentions(tables),
    removeRange: makeRemoveRange(tables),
  };
}

function makeWrites(tables: Tables): Pick<Messages, 'add' | 'change' | 'noteReactions'> {
  const { chats, users, messages, answered, changes, newestRevisions, sentMessages } = tables;
  const put = (message: Message) => {
    // The quote is read from the original: what is deleted there must not stay here.
    messages.put(messageId(message), isReply(message) ? { ...message, replyTo: null } : message);
    const newest = newestRevisions.current.get(message.chatId) ?? 0;
    newestRevisions.put(message.chatId, revision(Math.max(newest, message.revision)));
  };
  const setMentions = makeSetMentions(tables);
  return {
    async add(message) {
      const { chatId, clientId } = message;
      chats.require(chatId);
      const { user: author } = users.require(message.author.id);
      const id = messageId(message);
      messages.insert(id, message);
      put({ ...message, author });
      if (message.kind === 'text' && message.mentions.length > 0) await setMentions(message, message.mentions);
      if (message.kind === 'text' && message.files.length > 0) attach(tables, message);
      if (clientId !== null) sentMessages.insert(sentKey(chatId, author.id, clientId), id);
      if (isReply(message)) answered.insert(id, message.replyTo.position);
    },

    async change(message) {
      const { author, clientId, sentAt } = messages.require(messageId(message));
      put({ ...message, author, clientId, sentAt });
      changes.put(changeKey(message.chatId, message.revision), message.position);
      notePin(tables, message);
    },

    async noteReactions({ chatId, position }, changed) {
      put({ ...messages.require(messageId({ chatId, position })), revision: changed });
      changes.put(changeKey(chatId, changed), position);
    },
  };
}

function makeVersions({ versions }: Tables): Pick<Messages, 'addVersion' | 'removeVersion' | 'removeVersions'> {
  const versionsAt = (place: MessagePlace) => versions.current.get(messageId(place)) ?? [];
  return {
    async addVersion(place, version) {
      const others = versionsAt(place);
      if (others.some((other) => other.revision === version.revision))
        throw new Error(`message versions: ${version.revision} already exists`);
      const all = [...others, version].sort((a, b) => b.revision - a.revision);
      versions.put(messageId(place), all);
    },

    async removeVersion(place, removed) {
      const others = versionsAt(place).filter((version) => version.revision !== removed);
      versions.put(messageId(place), others);
    },

    async removeVersions(place) {
      versions.remove(messageId(place));
    },
  };
}

/** The author's message under this client id in this chat, or undefined. */
export function findByClientId(
  tables: Tables,
  { chatId, authorId, clientId }: { readonly chatId: ChatId; readonly authorId: UserId; readonly clientId: ClientId },
): Message | undefined {
  const id = tables.sentMessages.current.get(sentKey(chatId, authorId, clientId));
  return id && messageAt(tables, 'current', id);
}

/** The message of the chat with the largest position, or undefined. */
export function newestMessage(tables: Tables, moment: Moment, chatId: ChatId): Message | undefined {
  for (let next = tables.newestRevisions[moment].get(chatId) ?? 0; next > 0; next -= 1) {
    const message = tables.messages[moment].get(messageId({ chatId, position: revision(next) }));
    if (message) return message;
  }
  return undefined;
}

const isHidden = (message: Message): boolean => message.kind === 'deleted' && message.isHidden === true;

/** Walks positions and revisions, never all messages. */
export function makeMemoryMessagesView(tables: Tables, moment: Moment): MessagesView {
  const newestIn = (chatId: ChatId) => tables.newestRevisions[moment].get(chatId) ?? 0;
  const { at, changedAt } = lookUps(tables, moment);

  return {
    find: async ({ chatId, position }) => at(chatId, position),

    async findBare(place) {
      const message = tables.messages[moment].get(messageId(place));
      return message?.kind === 'text'
        ? withFiles(tables, moment, { ...message, reactions: [], mentions: [], replyTo: null })
        : message;
    },

    async before(chatId, position, limit) {
      const found: Message[] = [];
      for (let next = lastBefore(position, newestIn(chatId)); next > 0 && found.length < limit; next -= 1) {
        const message = at(chatId, next);
        if (message && !isHidden(message)) found.push(message);
      }
      return found.reverse();
    },

    async after(chatId, position, limit) {
      const found: Message[] = [];
      const newest = newestIn(chatId);
      for (let next = position + 1; next <= newest && found.length < limit; next += 1) {
        const message = at(chatId, next);
        if (message && !isHidden(message)) found.push(message);
      }
      return found;
    },

    async changedAfter(chatId, after, limit) {
      const found: Message[] = [];
      const newest = newestIn(chatId);
      for (let next = after + 1; next <= newest && found.length < limit; next += 1) {
        const message = changedAt(chatId, next);
        if (message) found.push(message);
      }
      return found;
    },

    oldest: makeOldest(tables, moment),
    recentBy: makeRecentBy(newestIn, at),
    personal: makePersonal(tables, moment, (id) => messageAt(tables, moment, id)),
    pinned: async (chatId) => pinnedIn(tables.pins[moment].get(chatId) ?? [], (position) => at(chatId, position)),

    reactionsTo: async (place) => reactionsTo(tables, moment, place),

    async earlierVersions(place, { before, limit }) {
      const all = tables.versions[moment].get(messageId(place)) ?? [];
      return all.filter((version) => before === undefined || version.revision < before).slice(0, limit);
    },
  };
}

/** The message, with its reactions, its mentions and the message that it answers as these are at the same moment. */
function messageAt(tables: Tables, moment: Moment, id: MessageId): Message | undefined {
  const stored = tables.messages[moment].get(id);
  const message =
    stored && withFiles(tables, moment, withMentions(tables, moment, withReactions(tables, moment, stored)));
  const position = message?.kind === 'text' ? tables.answered[moment].get(id) : undefined;
  if (message?.kind !== 'text' || position === undefined) return message;
  const original = tables.messages[moment].get(messageId({ chatId: message.chatId, position }));
  return { ...message, replyTo: original ? quoteOf(withFiles(tables, moment, original)) : null };
}

function lookUps(tables: Tables, moment: Moment) {
  const at = (chatId: ChatId, position: number) =>
    messageAt(tables, moment, messageId({ chatId, position: revision(position) }));
  /** The message whose last change has this revision. */
  const changedAt = (chatId: ChatId, changed: number) => {
    const posted = at(chatId, changed);
    if (posted && isAsPosted(posted)) return posted;
    const message = at(chatId, tables.changes[moment].get(changeKey(chatId, revision(changed))) ?? 0);
    return message?.revision === changed ? message : undefined;
  };
  return { at, changedAt };
}

function lastBefore(position: Revision | undefined, newest: number): number {
  return position === undefined ? newest : Math.min(newest, position - 1);
}

function sentKey(chatId: ChatId, authorId: UserId, clientId: ClientId): string {
  return `${chatId}/${authorId}/${clientId}`;
}

function changeKey(chatId: ChatId, changed: Revision): `${ChatId}/${Revision}` {
  return `${chatId}/${changed}`;
}
