import type { Selectable } from 'kysely';
import type { MessagePlace } from '../../application/ports/messages.ts';
import type { Username } from '../../domain/identity/username.ts';
import type { Mention } from '../../domain/messages/message.ts';
import type { PastFact, PastFactOf } from '../../domain/past/past-fact.ts';
import type { PastSchema } from './past-schema.ts';

export type PastRow = Selectable<PastSchema['past_facts']>;
export type NamedPastRow = PastRow & { readonly username: Username | null };

export function toRows({ chatId, position }: MessagePlace, fact: PastFact): readonly PastRow[] {
  const base = {
    ...{ chat_id: chatId, position, from_revision: fact.from, until_revision: fact.until },
    ...{ place: 0, user_id: null, emoji: null, name: null, at: null },
  };
  switch (fact.kind) {
    case 'reaction':
      return [{ ...base, kind: 'reaction', user_id: fact.user.id, emoji: fact.emoji }];
    case 'pin':
    case 'deletion':
      return [{ ...base, kind: fact.kind, user_id: fact.by, at: fact.at }];
    case 'mentions':
      if (fact.mentions.length === 0) return [{ ...base, kind: 'no_mentions' }];
      return fact.mentions.map(({ userId, name }, place) => ({
        ...{ ...base, kind: 'mention' as const, place },
        ...{ user_id: userId, name },
      }));
    case 'erased_text':
      return [{ ...base, kind: 'erased_text' }];
    default:
      return fact satisfies never;
  }
}

/** @param rows of one message, in order of `from_revision` and `place` */
export function toFacts(rows: readonly NamedPastRow[]): readonly PastFact[] {
  const facts: PastFact[] = [];
  for (const row of rows) {
    const before = facts.at(-1);
    const fact = toFact(row);
    if (before?.kind === 'mentions' && fact?.kind === 'mentions' && before.from === fact.from)
      facts[facts.length - 1] = { ...before, mentions: [...before.mentions, ...fact.mentions] };
    else if (fact) facts.push(fact);
  }
  return facts;
}

function toFact(row: NamedPastRow): PastFact | undefined {
  const { kind, user_id: userId, at } = row;
  const span = { from: row.from_revision, until: row.until_revision };
  switch (kind) {
    case 'reaction':
      return toReaction(row);
    case 'pin':
    case 'deletion':
      return userId === null ? undefined : { ...span, kind, by: userId, at: at ?? 0 };
    case 'mention':
      return { ...span, kind: 'mentions', mentions: toMentions(row) };
    case 'no_mentions':
      return { ...span, kind: 'mentions', mentions: [] };
    case 'erased_text':
      return { ...span, kind };
    default:
      return kind satisfies never;
  }
}

function toReaction({ emoji, user_id: id, username, ...row }: NamedPastRow): PastFactOf<'reaction'> | undefined {
  if (emoji === null || id === null || username === null) return undefined;
  return { kind: 'reaction', from: row.from_revision, until: row.until_revision, emoji, user: { id, username } };
}

const toMentions = ({ user_id: userId, name }: PastRow): readonly Mention[] =>
  userId === null || name === null ? [] : [{ userId, name }];
