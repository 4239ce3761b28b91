import { DomainError } from '../errors.ts';
import { assertText } from '../messages/changes.ts';
import type { Message, TextMessage } from '../messages/message.ts';
import type { Emoji } from './tally.ts';

/** Maximum kinds of emoji on one message. */
export const MAX_KINDS = 20;

/** @throws DomainError `deleted` for a tombstone, `forbidden` for a notice */
export function assertTakesReactions(message: Message): asserts message is TextMessage {
  assertText(message, 'Notices cannot have reactions.');
}

/** @throws DomainError `too_many_reactions` for an emoji that the message does not have yet, when it has as many as it can have */
export function assertRoomFor(emoji: Emoji, { reactions }: TextMessage): void {
  if (reactions.length < MAX_KINDS || reactions.some((tally) => tally.emoji === emoji)) return;
  throw new DomainError('too_many_reactions', `A message has at most ${MAX_KINDS} different emoji.`);
}
