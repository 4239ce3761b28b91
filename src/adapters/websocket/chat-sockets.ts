import type { WebSocketServer } from 'ws';
import type { Timer } from '../../application/ports/timer.ts';
import type { FrameBudget } from '../../application/use-cases/identity/take-turn.ts';
import type { Installation } from '../../domain/installation.ts';
import type { SocketReporting } from '../delivery/reporting.ts';
import type { SocketPlaces } from '../delivery/socket-places.ts';
import type { UnsentChunks } from '../delivery/unsent-chunks.ts';
import type { AcceptSocket } from '../http/routes/chat-socket.ts';
import type { AcceptUserSocket } from '../http/routes/user-socket.ts';
import { CLOSE } from '../wire/frames.ts';
import { ChatTalk } from './chat-talk.ts';
import { Connection, type ConnectionHost } from './connection.ts';
import { makeChatV1 } from './protocol.ts';
import { SocketServer } from './socket-server.ts';
import { Turns } from './turns.ts';
import { makeUserV1 } from './user-protocol.ts';
import { UserTalk } from './user-talk.ts';

export interface ChatSockets {
  /** For the HTTP server: it hands the upgrades to this one. */
  readonly server: WebSocketServer;
  /** Answers an upgrade request that was let in, to a socket for one chat. */
  readonly accept: AcceptSocket;
  /** The same, to a user's socket. */
  readonly acceptUser: AcceptUserSocket;
  /** Number of open sockets. */
  readonly count: number;
  /** Answers every frame that has come in, closes the sockets with 1012, and cuts off peers that do not answer. */
  close(): Promise<void>;
}

interface ChatSocketsDeps {
  readonly useCases: ConnectionHost['useCases'];
  readonly installation: Installation;
  readonly reporting: SocketReporting;
  /** Undefined when nothing is limited. */
  readonly places: SocketPlaces | undefined;
  readonly unsentChunks: UnsentChunks;
  readonly maxFollowedChats: number;
  readonly timer: Timer;
}

export function makeChatSockets(deps: ChatSocketsDeps): ChatSockets {
  const host = makeHost(deps);
  const sockets = new SocketServer(deps.reporting);
  return {
    server: sockets.server,

    get count() {
      return sockets.count;
    },

    async accept(c, { addressKey, ...admission }) {
      deps.places?.take(c.env.incoming.socket, { userId: admission.actor.user.id, addressKey });
      return sockets.accept(c, (socket, stream) => {
        const protocol = socket.protocol === '' ? 'plain' : 'chat.v1';
        return new Connection({
          socket,
          stream,
          host,
          makeTalk: (connection, line) => new ChatTalk({ connection, host, line, admission, protocol }),
        });
      });
    },

    async acceptUser(c, { addressKey, ...caller }) {
      deps.places?.take(c.env.incoming.socket, { userId: caller.actor.user.id, addressKey });
      return sockets.accept(
        c,
        (socket, stream) =>
          new Connection({
            socket,
            stream,
            host,
            makeTalk: (connection, line) => new UserTalk({ connection, host, line, caller }),
          }),
      );
    },

    close: () => sockets.close(host.onBug),
  };
}

function makeHost(deps: ChatSocketsDeps): ConnectionHost {
  const { useCases, installation, reporting, unsentChunks, maxFollowedChats, timer } = deps;
  const turnsOf = (budget: FrameBudget) =>
    new Turns({ take: (actor) => useCases.paced.takeTurn(actor, budget), timer });
  return {
    useCases,
    chatV1: makeChatV1(installation),
    userV1: makeUserV1(installation),
    reporting,
    unsentChunks,
    maxFollowedChats,
    turns: {
      writes: turnsOf('writes'),
      reads: turnsOf('reads'),
      signals: turnsOf('signals'),
      typing: turnsOf('typing'),
      presence: turnsOf('presence'),
    },
    onBug(connection, error) {
      reporting.failed(connection.caller, error);
      connection.close(CLOSE.failed);
    },
  };
}
