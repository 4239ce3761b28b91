import type { IncomingMessage } from 'node:http';
import { upgradeWebSocket } from '@hono/node-server';
import { WebSocket, WebSocketServer } from 'ws';
import type { Timer } from '../../application/ports/timer.ts';
import type { Installation } from '../../domain/installation.ts';
import type { Admission } from '../delivery/admission.ts';
import { Heartbeat } from '../delivery/heartbeat.ts';
import type { SocketReporting } from '../delivery/reporting.ts';
import type { SocketPlaces } from '../delivery/socket-places.ts';
import type { UnsentChunks } from '../delivery/unsent-chunks.ts';
import type { AcceptSocket } from '../http/routes/chat-socket.ts';
import { CLOSE } from '../wire/frames.ts';
import { Connection, type ConnectionHost } from './connection.ts';
import { codeOfError } from './library-errors.ts';
import { chooseProtocol, makeChatV1 } from './protocol.ts';
import { WriteTurns } from './write-turns.ts';

export interface ChatSockets {
  /** For the HTTP server: it hands the upgrades to this one. */
  readonly server: WebSocketServer;
  /** Answers an upgrade request that was let in. */
  readonly accept: AcceptSocket;
  /** How many are open. */
  readonly count: number;
  /** Answers every frame that has come in, closes the sockets with 1012, and cuts those off that do not answer. */
  close(): Promise<void>;
}

const LARGEST_MESSAGE = 64 * 1024;
const MOST_FRAGMENTS = 64;
/** So many packets that a frame may come in: each is held, with what holding it takes, until the frame is whole. */
const MOST_PACKETS = 4096;
/** Whoever does not answer a close is cut off. Spread in, because the types do not know the option yet. */
const CLOSE_PATIENCE = { closeTimeout: 2_000 };

export function makeChatSockets(deps: {
  readonly useCases: ConnectionHost['useCases'];
  readonly installation: Installation;
  readonly reporting: SocketReporting;
  /** Undefined when nothing is limited. */
  readonly places: SocketPlaces | undefined;
  readonly unsentChunks: UnsentChunks;
  readonly timer: Timer;
}): ChatSockets {
  const { reporting, places } = deps;
  const host: ConnectionHost = {
    useCases: deps.useCases,
    chatV1: makeChatV1(deps.installation),
    reporting,
    unsentChunks: deps.unsentChunks,
    turns: new WriteTurns({ takeWrite: deps.useCases.paced.takeWrite, timer: deps.timer }),
    onBug(connection, error) {
      reporting.failed(connection.admission, error);
      connection.close(CLOSE.failed);
    },
  };
  const connections = new Map<WebSocket, Connection>();
  let isClosing = false;
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: LARGEST_MESSAGE,
    maxFragments: MOST_FRAGMENTS,
    maxBufferedChunks: MOST_PACKETS,
    ...CLOSE_PATIENCE,
    handleProtocols: chooseProtocol,
  });
  const heartbeat = new Heartbeat(() => connections.values());

  function adopt(socket: WebSocket, { socket: stream }: IncomingMessage, admission: Admission): void {
    // The upgrade helper's own listeners would keep the whole request alive for as long as the socket is open.
    for (const event of ['message', 'close', 'error']) socket.removeAllListeners(event);
    socket.on('message', onMessage).on('pong', onPong).on('close', onClose).on('error', onError);
    if (socket.readyState !== WebSocket.OPEN) return;
    if (isClosing) {
      socket.close(CLOSE.restarting, 'restarting');
      return;
    }
    const protocol = socket.protocol === '' ? 'plain' : 'chat.v1';
    const connection = new Connection({ socket, stream, host, admission, protocol });
    connections.set(socket, connection);
    connection.open();
  }

  // One listener of each kind for all sockets; `this` is the socket.
  function onMessage(this: WebSocket, data: WebSocket.RawData, isBinary: boolean): void {
    const connection = connections.get(this);
    if (!connection) return;
    if (isBinary) connection.close(CLOSE.notText, 'text only');
    else connection.receive(data.toString());
  }

  function onPong(this: WebSocket): void {
    const connection = connections.get(this);
    if (connection) connection.isAlive = true;
  }

  function onClose(this: WebSocket): void {
    connections.get(this)?.stop();
    connections.delete(this);
  }

  /** Broken framing and lost connections: `ws` closes the socket with the right code itself. */
  function onError(this: WebSocket, error: Error): void {
    const connection = connections.get(this);
    if (!connection) return;
    const code = codeOfError(error);
    if (code !== undefined) reporting.closed(connection.admission, code);
    connection.stop();
  }

  return {
    server,

    get count() {
      return connections.size;
    },

    async accept(c, { addressKey, ...admission }) {
      places?.take(c.env.incoming.socket, { userId: admission.actor.user.id, addressKey });
      return upgradeWebSocket(c, {
        onOpen(_event, { raw }) {
          // The helper adds its listeners right after this call.
          if (raw instanceof WebSocket) queueMicrotask(() => adopt(raw, c.env.incoming, admission));
        },
      });
    },

    async close() {
      isClosing = true;
      heartbeat.stop();
      const closed = [...connections.keys()].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
      for (const connection of connections.values()) {
        connection.finish(CLOSE.restarting, 'restarting').catch((error: unknown) => host.onBug(connection, error));
      }
      await Promise.all(closed);
    },
  };
}
