import type { Revision } from '../../domain/chats/chat.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { SearchPlace } from '../../domain/search/search-place.ts';

/** The tables of the search index, which are made from the messages and move nowhere. */
export interface SearchSchema {
  readonly search_texts: {
    readonly place: SearchPlace;
    readonly chat_id: ChatId;
    readonly position: Revision;
    /** Folded. */
    readonly text: string;
    /** With spaces between them. */
    readonly marks: string;
  };
  /** Up to which revision the index has each chat. */
  readonly search_progress: {
    readonly chat_id: ChatId;
    readonly revision: Revision;
  };
  /** Has one row. */
  readonly search_state: {
    readonly id: number;
    readonly version: number;
  };
}
