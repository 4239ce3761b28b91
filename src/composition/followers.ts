import type { WebSocketServer } from 'ws';
import { makeSocketReporting } from '../adapters/delivery/reporting.ts';
import { SocketPlaces } from '../adapters/delivery/socket-places.ts';
import { UnsentChunks } from '../adapters/delivery/unsent-chunks.ts';
import { type ChatStreams, makeChatStreams } from '../adapters/event-stream/chat-streams.ts';
import { type ChatSockets, makeChatSockets } from '../adapters/websocket/chat-sockets.ts';
import type { Log } from '../application/ports/log.ts';
import type { Measurements } from '../application/ports/measurements.ts';
import type { Timer } from '../application/ports/timer.ts';
import type { UseCases } from '../application/use-cases.ts';
import type { Installation } from '../domain/installation.ts';
import type { Limits } from './limits.ts';

/** Every way to follow a chat: they share their limits, and end together. */
export interface Followers {
  /** For the HTTP server: it hands the upgrades to this one. */
  readonly server: WebSocketServer;
  readonly acceptSocket: ChatSockets['accept'];
  readonly acceptUserSocket: ChatSockets['acceptUser'];
  readonly acceptStream: ChatStreams['accept'];
  /** Number of open sockets and streams. */
  readonly count: number;
  /** Ends all with 1012, sockets once every frame that has come in is answered. */
  close(): Promise<void>;
}

export function makeFollowers(deps: {
  readonly useCases: UseCases;
  readonly installation: Installation;
  readonly log: Log;
  readonly measurements: Measurements;
  readonly timer: Timer;
  /** Undefined when nothing is limited. */
  readonly limits: Limits | undefined;
}): Followers {
  const reporting = makeSocketReporting(deps);
  const places = deps.limits && new SocketPlaces(deps.limits);
  const unsentChunks = new UnsentChunks(deps.limits?.connections.unsentBytes ?? Number.POSITIVE_INFINITY);
  const maxFollowedChats = deps.limits?.followedChats ?? Number.POSITIVE_INFINITY;
  const sockets = makeChatSockets({ ...deps, reporting, places, unsentChunks, maxFollowedChats });
  const streams = makeChatStreams({ ...deps, reporting, places, unsentChunks });
  return {
    server: sockets.server,
    acceptSocket: sockets.accept,
    acceptUserSocket: sockets.acceptUser,
    acceptStream: streams.accept,
    get count() {
      return sockets.count + streams.count;
    },
    async close() {
      streams.close();
      await sockets.close();
    },
  };
}
