import type { Revision } from '../chats/chat.ts';
import type { User } from '../identity/user.ts';
import { type MessageVersion, tombstone, versionOf } from '../messages/changes.ts';
import { type Message, type Pin, type TextMessage, type Tombstone, textRevision } from '../messages/message.ts';
import { type Emoji, talliesOf } from '../reactions/tally.ts';
import { type PastFact, type PastFactOf, wasSoAt } from './past-fact.ts';

/** A reaction that the message still has. */
export interface StandingReaction {
  readonly emoji: Emoji;
  readonly user: User;
  /** The chat's revision at which it came. */
  readonly revision: Revision;
}

/** What the store knows of the past of a message. */
export interface Traces {
  /** The newest of the earlier texts that was written at the revision or before. */
  readonly earlier: MessageVersion | undefined;
  readonly reactions: readonly StandingReaction[];
  readonly facts: readonly PastFact[];
}

/** Whether the message is still as it was then: its traces need not be read. */
export const isAsItStood = (message: Message, revision: Revision): boolean =>
  message.kind !== 'text' || message.revision <= revision;

/**
 * The message as followers had it when the chat was at a revision, which is its position or later. What was erased since stays erased: a
 * message that is deleted now is a tombstone at all times, and so is one whose text of then is gone. What was not noted is as it is now: in
 * replies what they answer, and facts from before the store began to note them. Cards of links are left out, since they are no words of
 * the chat.
 */
export function asItStood(message: Message, revision: Revision, traces: Traces): Message {
  if (isAsItStood(message, revision) || message.kind !== 'text') return message;
  const { facts } = traces;
  const deletion = facts.find((fact) => fact.kind === 'deletion' && wasSoAt(fact, revision));
  if (deletion?.kind === 'deletion') return tombstone(message, { ...deletion, revision: deletion.from });
  const written = textAt(message, revision, traces);
  if (!written) return erasedText(message);
  return {
    ...message,
    revision: lastChange(message, revision, traces, written),
    text: written.text,
    edit: written.revision === message.position ? null : { revision: written.revision, at: written.writtenAt },
    mentions: mentionsAt(message, revision, facts),
    reactions: reactionsAt(revision, traces),
    pin: pinAt(message, revision, facts),
    card: null,
  };
}

function textAt(message: TextMessage, revision: Revision, { earlier, facts }: Traces): MessageVersion | undefined {
  const current = versionOf(message);
  if (current.revision <= revision) return current;
  const after = earlier?.revision ?? 0;
  const isErased = facts.some(({ kind, from }) => kind === 'erased_text' && from > after && from <= revision);
  return isErased ? undefined : earlier;
}

const erasedText = (message: TextMessage): Tombstone =>
  tombstone(message, { revision: message.position, by: message.author.id, at: message.sentAt });

/** As they were before the first edit after the revision that changed them. */
function mentionsAt(message: TextMessage, revision: Revision, facts: readonly PastFact[]): TextMessage['mentions'] {
  if (textRevision(message) <= revision) return message.mentions;
  const changed = facts.filter((fact) => fact.kind === 'mentions' && ends(fact) > revision);
  const [first] = changed.toSorted((one, other) => ends(one) - ends(other));
  return first?.kind === 'mentions' ? first.mentions : message.mentions;
}

const ends = ({ until }: PastFact): number => until ?? Number.POSITIVE_INFINITY;

function reactionsAt(revision: Revision, { reactions, facts }: Traces): TextMessage['reactions'] {
  const standing = reactions.map((reaction) => ({ ...reaction, from: reaction.revision, until: null }));
  const ended = facts.filter((fact): fact is PastFactOf<'reaction'> => fact.kind === 'reaction');
  // A reaction that ended between two reads is in both.
  const all = new Map([...standing, ...ended].map((reaction) => [reaction.from, reaction]));
  const then = [...all.values()].filter((reaction) => wasSoAt(reaction, revision));
  return talliesOf(then.toSorted((one, other) => one.from - other.from));
}

function pinAt(message: TextMessage, revision: Revision, facts: readonly PastFact[]): Pin | null {
  const pins = facts.filter((fact): fact is PastFactOf<'pin'> => fact.kind === 'pin');
  const then = pins.find((pin) => wasSoAt(pin, revision));
  if (then) return { by: then.by, at: then.at };
  // A pin whose beginning was not noted.
  return pins.some(({ until }) => until === null) ? null : message.pin;
}

function lastChange(message: TextMessage, revision: Revision, { reactions, facts }: Traces, written: MessageVersion) {
  const noted = facts.flatMap(({ kind, from, until }) => (kind === 'mentions' ? [] : [from, until ?? from]));
  const all = [message.position, written.revision, ...reactions.map((reaction) => reaction.revision), ...noted];
  return all.reduce((last, next) => (next <= revision && next > last ? next : last));
}
