import type { Revision } from '../../domain/chats/chat.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { PastFact } from '../../domain/past/past-fact.ts';
import type { MessagePlace } from './messages.ts';

/** What was so of messages and can no longer be read from them. It is written where something ends, so that a post writes none. */
export interface PastView {
  /** The facts of these messages of one chat by position, in order of their beginnings. */
  factsOf(chatId: ChatId, positions: readonly Revision[]): Promise<ReadonlyMap<Revision, readonly PastFact[]>>;
}

export interface Past extends PastView {
  /** A fact of the same kind and beginning must be new to the message, which must exist. */
  add(place: MessagePlace, fact: PastFact): Promise<void>;
  /** Notes that the pin of the message that lasts has ended. Where its beginning was not noted, nothing changes. */
  endPin(place: MessagePlace, until: Revision): Promise<void>;
  /** Removes all facts of the message. */
  removeAll(place: MessagePlace): Promise<void>;
  /** Removes the mentions of a person, and with `reactions` also their reactions. */
  forgetPerson(userId: UserId, extent: { readonly reactions: boolean }): Promise<void>;
}
