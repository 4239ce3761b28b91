import type { Generated } from 'kysely';
import type { ChatName, Revision } from '../../domain/chats/chat.ts';
import type { ChatId } from '../../domain/ids.ts';

/** The table of chats. */
export interface ChatSchema {
  readonly chats: {
    readonly id: Generated<ChatId>;
    readonly name: ChatName;
    readonly revision: Revision;
    /** 0 without slow mode. */
    readonly slow_seconds: Generated<number>;
    /** Null for a chat that is not archived. */
    readonly archived_at: Generated<number | null>;
    /** 0 where messages are kept. */
    readonly retention_days: Generated<number>;
    readonly retention_version: Generated<number>;
    /** The position up to which messages were erased; 0 for none. */
    readonly erased_to: Generated<Revision>;
    readonly created_at: number;
  };
}
