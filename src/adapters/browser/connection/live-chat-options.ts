import type { ShownRole } from '../../../domain/chats/membership.ts';
import type { DetailsFrame } from '../../wire/frames.ts';
import type { ChatList } from '../chats/chat-list.ts';
import type { ChatLog } from '../log/chat-log.ts';
import type { Viewer } from '../log/log-rows.ts';
import type { ConnectionDisplay } from './connection-state.ts';
import type { LiveTab } from './live-tab.ts';

export interface LiveChatOptions {
  readonly chatId: number;
  readonly viewer: Viewer;
  /** The page shows everything up to this revision. */
  readonly revision: number;
  readonly chats: ChatList;
  readonly tab: LiveTab;
  /** Aborted when the tab no longer shows the chat. */
  readonly signal: AbortSignal;
  readonly log: ChatLog;
  readonly display: ConnectionDisplay;
  /** Called with the chat's name, members and connected people whenever they change. */
  readonly details: (details: DetailsFrame) => void;
  /** Called with the reader's role in the chat whenever it may have changed. */
  readonly noteRole: (role: ShownRole) => void;
  /** Whether the text in the box would survive a reload. */
  readonly isDraftSaved: () => boolean;
  /** Called when the reader is no longer a member of the chat. */
  readonly removed: () => void;
}
