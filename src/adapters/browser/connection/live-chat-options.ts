import type { DetailsFrame } from '../../wire/frames.ts';
import type { Viewer } from '../log/log-rows.ts';
import type { Paging } from '../log/paging.ts';
import type { Timeline } from '../log/timeline.ts';
import type { ConnectionDisplay } from './connection-state.ts';

export interface LiveChatOptions {
  readonly chatId: number;
  readonly viewer: Viewer;
  /** Up to which the page shows everything. */
  readonly revision: number;
  readonly timeline: Timeline;
  readonly paging: Paging;
  readonly display: ConnectionDisplay;
  /** Told of the chat's name, members and connected people, whenever they change. */
  readonly details: (details: DetailsFrame) => void;
  /** Whether what stands in the box would be there again after a reload. */
  readonly isDraftKept: () => boolean;
  /** Called when the reader is not in the chat any more. */
  readonly removed: () => void;
  /** Called for each message that is new and somebody else's. */
  readonly heard: () => void;
  /** Called when what came is shown. */
  readonly shown: () => void;
}
