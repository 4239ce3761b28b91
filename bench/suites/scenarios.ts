import type { DialectName } from '../load/dialects.ts';
import type { ScenarioName } from '../options.ts';

export interface Scenario {
  readonly chats: number;
  /** Sockets per chat. */
  readonly followers: number;
  /** How many of a chat's sockets post, and how many posts each keeps unacknowledged, when a contender is at its best. */
  readonly saturation: Record<DialectName, Window>;
  /** The same window for every contender. A scenario may lack one of them. */
  readonly shallow?: Window;
  readonly few?: Window;
}

interface Window {
  /** Sockets of a chat that post. */
  readonly senders: number;
  /** Posts that each keeps unacknowledged. */
  readonly window: number;
}

export const scenarios: Record<ScenarioName, Scenario> = {
  '1x200': {
    chats: 1,
    followers: 200,
    saturation: {
      shoal: { senders: 20, window: 8 },
      socketio: { senders: 4, window: 16 },
      ws: { senders: 4, window: 4 },
    },
    shallow: { senders: 10, window: 10 },
    few: { senders: 5, window: 1 },
  },
  '1x1000': {
    chats: 1,
    followers: 1000,
    saturation: {
      shoal: { senders: 100, window: 4 },
      socketio: { senders: 4, window: 4 },
      ws: { senders: 4, window: 4 },
    },
  },
  '50x20': {
    chats: 50,
    followers: 20,
    saturation: {
      shoal: { senders: 4, window: 16 },
      socketio: { senders: 4, window: 4 },
      ws: { senders: 4, window: 4 },
    },
    shallow: { senders: 2, window: 4 },
  },
};
