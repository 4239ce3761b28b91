import { type PresentUser, presentUsers } from '../identity/renaming.ts';
import type { Message, Quote, TextMessage } from '../messages/message.ts';
import type { ChatChange } from './reactions-change.ts';
import type { Tally } from './tally.ts';

/** The change with the present names of the people in it: the same object where no name is another. The text stays as it was written. */
export function presentChange(change: ChatChange, present: PresentUser): ChatChange {
  if (change.kind !== 'reactions') return presentMessage(change, present);
  const reactions = presentTallies(change.reactions, present);
  return reactions === change.reactions ? change : { ...change, reactions };
}

/** The same for a message. */
export function presentMessage(message: Message, present: PresentUser): Message {
  const author = present(message.author);
  const named = author === message.author ? message : { ...message, author };
  return named.kind === 'text' ? presentText(named, present) : named;
}

function presentText(message: TextMessage, present: PresentUser): TextMessage {
  const replyTo = message.replyTo && presentQuote(message.replyTo, present);
  const reactions = presentTallies(message.reactions, present);
  if (replyTo === message.replyTo && reactions === message.reactions) return message;
  return { ...message, replyTo, reactions };
}

function presentQuote(quote: Quote, present: PresentUser): Quote {
  const author = present(quote.author);
  return author === quote.author ? quote : { ...quote, author };
}

function presentTallies(tallies: readonly Tally[], present: PresentUser): readonly Tally[] {
  const now = tallies.map((tally) => {
    const users = presentUsers(tally.users, present);
    return users === tally.users ? tally : { ...tally, users };
  });
  return now.every((tally, index) => tally === tallies[index]) ? tallies : now;
}
