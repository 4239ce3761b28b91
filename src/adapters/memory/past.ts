import type { Past, PastView } from '../../application/ports/past.ts';
import type { UserId } from '../../domain/ids.ts';
import { type MessageId, messageId } from '../../domain/messages/message.ts';
import type { PastFact } from '../../domain/past/past-fact.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryPastView({ pastFacts, users }: Tables, moment: Moment): PastView {
  const named = (fact: PastFact): PastFact =>
    fact.kind === 'reaction' ? { ...fact, user: users[moment].get(fact.user.id)?.user ?? fact.user } : fact;
  return {
    factsOf: async (chatId, positions) =>
      new Map(
        positions.flatMap((position) => {
          const facts = pastFacts[moment].get(messageId({ chatId, position })) ?? [];
          return facts.length > 0 ? [[position, facts.map(named)]] : [];
        }),
      ),
  };
}

export function makeMemoryPast(tables: Tables): Past {
  const { pastFacts, messages } = tables;
  const change = (id: MessageId, to: (facts: readonly PastFact[]) => readonly PastFact[]) =>
    pastFacts.put(id, to(pastFacts.current.get(id) ?? []));
  return {
    ...makeMemoryPastView(tables, 'current'),

    async add(place, fact) {
      const { id } = messages.require(messageId(place));
      change(id, (facts) => {
        if (facts.some(({ kind, from }) => kind === fact.kind && from === fact.from))
          throw new Error(`past facts: ${fact.kind} from ${fact.from} already exists`);
        return [...facts, fact].toSorted((one, other) => one.from - other.from);
      });
    },

    async endPin(place, end) {
      const ended = (fact: PastFact) => (fact.kind === 'pin' && fact.until === null ? { ...fact, until: end } : fact);
      change(messageId(place), (facts) => facts.map(ended));
    },

    async removeAll(place) {
      pastFacts.remove(messageId(place));
    },

    async forgetPerson(userId, { reactions }) {
      const stays = (fact: PastFact) => !(reactions && fact.kind === 'reaction' && fact.user.id === userId);
      for (const { id } of messages.current.values())
        if (pastFacts.current.get(id))
          change(id, (facts) => facts.filter(stays).map((fact) => withoutMentionOf(userId, fact)));
    },
  };
}

function withoutMentionOf(person: UserId, fact: PastFact): PastFact {
  if (fact.kind !== 'mentions') return fact;
  return { ...fact, mentions: fact.mentions.filter(({ userId }) => userId !== person) };
}
