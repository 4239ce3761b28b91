import type { Revision } from '../chats/chat.ts';
import type { ChatId } from '../ids.ts';
import type { Message } from '../messages/message.ts';
import type { Tally } from './tally.ts';

/** The reactions to a message changed, and nothing else of it: what followers are told instead of the whole message. */
export interface ReactionsChange {
  readonly kind: 'reactions';
  readonly chatId: ChatId;
  /** Of the message. */
  readonly position: Revision;
  /** The chat's revision at which they changed, which is the message's from then on. */
  readonly revision: Revision;
  /** All reactions to the message. */
  readonly reactions: readonly Tally[];
}

/** What followers of a chat are told. */
export type ChatChange = Message | ReactionsChange;

/** The last state of a message of which `known` was told before `change`. */
export function latestOf(known: ChatChange | undefined, change: ChatChange): ChatChange {
  if (change.kind !== 'reactions' || known?.kind !== 'text') return change;
  return { ...known, revision: change.revision, reactions: change.reactions };
}

export function reactionsOf(message: Omit<ReactionsChange, 'kind'>): ReactionsChange {
  const { chatId, position, revision, reactions } = message;
  return { kind: 'reactions', chatId, position, revision, reactions };
}
