import type { Revision } from '../../domain/chats/chat.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { SearchPlace } from '../../domain/search/search-place.ts';
import type { Mark, Searchable } from '../../domain/search/searched-message.ts';
import type { MessagePlace } from './messages.ts';

/** A message that may have what is looked for. */
export interface Proposal extends MessagePlace {
  readonly place: SearchPlace;
}

export interface Proposing {
  /** At least one. */
  readonly chats: readonly ChatId[];
  /** Folded texts that must occur. */
  readonly needles: readonly string[];
  /** Folded words that must not occur: proposals that have one are of no use. */
  readonly without: readonly string[];
  /** One mark of each of these lists. */
  readonly marks: readonly (readonly Mark[])[];
  /** The first moment (ms), and the one behind the last. */
  readonly since: number;
  readonly until: number;
  /** The proposals begin behind this place. */
  readonly after: SearchPlace | undefined;
  readonly limit: number;
}

/** A chat with changes that the index lacks. */
export interface Lag {
  readonly chatId: ChatId;
  /** The index has all changes up to this revision of the chat. */
  readonly indexedTo: Revision;
  /** The chat's revision. */
  readonly revision: Revision;
}

/**
 * An index of the texts of messages. It lags behind them, can be made anew from them, and only proposes: who asks reads the messages and decides.
 */
export interface SearchView {
  /** The newest first. All that the index has of what is asked for, and perhaps others. */
  propose(proposing: Proposing): Promise<readonly Proposal[]>;
  /** Those of these chats, or the first `limit` of all chats, of which the index lacks changes. */
  lags(which: { readonly chats: readonly ChatId[] } | { readonly limit: number }): Promise<readonly Lag[]>;
}

export interface IndexedChanges {
  readonly chatId: ChatId;
  /** The revision up to which the index had the chat when the changes were read, and the one up to which it has it with them. */
  readonly from: Revision;
  readonly to: Revision;
  /** What changed between the two. Without `searchable` the message is to be in the index no more. */
  readonly messages: readonly {
    readonly position: Revision;
    readonly sentAt: number;
    readonly searchable: Searchable | undefined;
  }[];
}

export interface Search extends SearchView {
  /** Answers false, and changes nothing, where the index has the chat up to another revision than `from`. */
  index(changes: IndexedChanges): Promise<boolean>;
  /** Takes a message out of the index, or puts it there as it is now. */
  set(place: MessagePlace & { readonly sentAt: number }, searchable: Searchable | undefined): Promise<void>;
  /** Takes the messages of a chat after one position up to another out of the index. */
  removeRange(chatId: ChatId, range: { readonly after: Revision; readonly through: Revision }): Promise<void>;
  /** Empties an index that is of another version, and notes this one. Answers whether it did. */
  settle(version: number): Promise<boolean>;
}
