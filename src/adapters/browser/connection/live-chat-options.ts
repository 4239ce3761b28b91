import type { DetailsFrame } from '../../wire/frames.ts';
import type { Viewer } from '../log/log-rows.ts';
import type { Paging } from '../log/paging.ts';
import type { Timeline } from '../log/timeline.ts';
import type { ConnectionDisplay } from './connection-state.ts';

export interface LiveChatOptions {
  readonly chatId: number;
  readonly viewer: Viewer;
  /** The page shows everything up to this revision. */
  readonly revision: number;
  readonly timeline: Timeline;
  readonly paging: Paging;
  readonly display: ConnectionDisplay;
  /** Called with the chat's name, members and connected people whenever they change. */
  readonly details: (details: DetailsFrame) => void;
  /** Whether the text in the box would survive a reload. */
  readonly isDraftSaved: () => boolean;
  /** Called when the reader is no longer a member of the chat. */
  readonly removed: () => void;
  /** Called for each new message of another person. */
  readonly heard: () => void;
  /** Called after arrivals were shown. */
  readonly shown: () => void;
}
