import type { MessagePlace } from '../../application/ports/messages.ts';
import type { ReactionKey, Reactions } from '../../application/ports/reactions.ts';
import type { User } from '../../domain/identity/user.ts';
import { isAsPosted, type Message, messageId } from '../../domain/messages/message.ts';
import { type Emoji, MAX_NAMED, type Tally } from '../../domain/reactions/tally.ts';
import type { Moment } from './table.ts';
import type { MemoryReaction, Tables } from './tables.ts';

export function makeMemoryReactions(tables: Tables): Reactions {
  const { messages, users, reactions } = tables;
  const at = (place: MessagePlace) => reactions.current.get(messageId(place)) ?? [];

  return {
    has: async (key) => at(key).some((reaction) => isOf(key, reaction)),
    tallies: async (place) => talliesAt(tables, 'current', place),

    async add(key, revision) {
      messages.require(messageId(key));
      users.require(key.userId);
      const { emoji, userId } = key;
      if (at(key).some((reaction) => isOf(key, reaction))) throw new Error(`reactions: ${emoji} already exists`);
      reactions.put(messageId(key), [...at(key), { emoji, userId, revision }]);
    },

    async remove(key) {
      const others = at(key).filter((reaction) => !isOf(key, reaction));
      reactions.put(messageId(key), others);
    },

    async removeAll(place) {
      reactions.remove(messageId(place));
    },
  };
}

const isOf = ({ emoji, userId }: ReactionKey, reaction: MemoryReaction): boolean =>
  reaction.emoji === emoji && reaction.userId === userId;

/** The message with its reactions, which are kept apart from it. */
export function withReactions(tables: Tables, moment: Moment, message: Message): Message {
  if (message.kind !== 'text' || isAsPosted(message)) return message;
  return { ...message, reactions: talliesAt(tables, moment, message) };
}

/** In the order in which they came. */
export function reactionsTo(
  tables: Tables,
  moment: Moment,
  place: MessagePlace,
): readonly { readonly emoji: Emoji; readonly user: User }[] {
  const found = tables.reactions[moment].get(messageId(place)) ?? [];
  return found
    .toSorted((one, other) => one.revision - other.revision)
    .flatMap(({ emoji, userId }) => {
      const user = tables.users[moment].get(userId)?.user;
      return user ? [{ emoji, user }] : [];
    });
}

function talliesAt(tables: Tables, moment: Moment, place: MessagePlace): readonly Tally[] {
  const tallies = new Map<Emoji, Tally & { readonly users: User[] }>();
  for (const { emoji, user } of reactionsTo(tables, moment, place)) {
    const tally = tallies.get(emoji) ?? { emoji, count: 0, users: [] };
    if (tally.users.length < MAX_NAMED) tally.users.push(user);
    tallies.set(emoji, { ...tally, count: tally.count + 1 });
  }
  return [...tallies.values()];
}
