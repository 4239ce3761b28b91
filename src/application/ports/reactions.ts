import type { Revision } from '../../domain/chats/chat.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Emoji, Tally } from '../../domain/reactions/tally.ts';
import type { MessagePlace } from './messages.ts';

/** One person's reaction to a message with one emoji. */
export interface ReactionKey extends MessagePlace {
  readonly emoji: Emoji;
  readonly userId: UserId;
}

/** The reactions to messages, also to deleted ones until these are erased. `Messages` reads them with the messages. */
export interface Reactions {
  has(key: ReactionKey): Promise<boolean>;
  /** By emoji, in the order of the first reaction with each. */
  tallies(place: MessagePlace): Promise<readonly Tally[]>;
  /** Adds a reaction that came at this revision of the chat. The key must be new; message and user must exist. */
  add(key: ReactionKey, revision: Revision): Promise<void>;
  /** Answers the revision at which the reaction had come. An unknown key changes nothing. */
  remove(key: ReactionKey): Promise<Revision | undefined>;
  /** Removes all reactions to the message. */
  removeAll(place: MessagePlace): Promise<void>;
}
