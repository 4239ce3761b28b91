import type { Reader, TextPermission } from '../../../../domain/messages/permissions.ts';
import type { WireChatSummary } from '../../../wire/user-frames.ts';
import type { ChatWriter } from '../../composer/chat-writer.ts';
import type { Composer } from '../../composer/composer.ts';
import type { Viewer } from '../log-rows.ts';
import type { RowReactions } from '../reactions/row-reactions.ts';

/** A row with a message that is neither a notice, nor deleted, nor waiting to be sent. */
export interface ActionRow {
  readonly element: HTMLElement;
  readonly position: number;
  /** The revision of the message that the row shows. */
  readonly revision: number;
  /** The text as it was written. */
  readonly source: string;
  /** The name of the author. */
  readonly author: string;
  /** Whether the reader is the author. */
  readonly isOwn: boolean;
  /** Whether the text was changed after it was posted. */
  readonly isEdited: boolean;
  /** Whether the reader has this permission on this message. */
  may(permission: TextPermission): boolean;
}

/** The parts of a chat's page that actions work on. */
export interface PageChat {
  readonly chatId: number;
  readonly reader: Reader;
  readonly viewer: Viewer;
  /** Aborted when the tab no longer shows the chat. */
  readonly signal: AbortSignal;
  /** The parent of the rows. */
  readonly rows: HTMLElement;
  /** The reader's own reactions. */
  readonly reactions: Pick<RowReactions, 'isOwn' | 'set'>;
  readonly composer: Pick<Composer, 'edit' | 'reply'>;
  /** Takes note of the chat after the reader has marked messages of it as unread. */
  readonly markedUnread: (chat: WireChatSummary) => void;
  readonly writer: Pick<ChatWriter, 'send' | 'isReady' | 'changes'>;
}
