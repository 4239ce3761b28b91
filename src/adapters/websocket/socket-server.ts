import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { upgradeWebSocket } from '@hono/node-server';
import type { Context } from 'hono';
import { WebSocket, WebSocketServer } from 'ws';
import { Heartbeat } from '../delivery/heartbeat.ts';
import type { SocketReporting } from '../delivery/reporting.ts';
import type { Env } from '../http/env.ts';
import { CLOSE } from '../wire/frames.ts';
import type { OpenConnection } from './connection.ts';
import { codeOfError } from './library-errors.ts';
import { chooseProtocol } from './protocol.ts';

const MAX_MESSAGE_BYTES = 64 * 1024;
const MAX_FRAGMENTS = 64;
/** Maximum packets that a frame may come in: each is held, with what holding it takes, until the frame is whole. */
const MAX_PACKETS = 4096;
/** A peer that does not answer a close within this time is cut off. Spread in, because the types do not know the option yet. */
const CLOSE_TIMEOUT = { closeTimeout: 2_000 };

type MakeConnection = (socket: WebSocket, stream: Duplex) => OpenConnection;

/** All open sockets: upgrades, the library's events, pings, and the end of all. */
export class SocketServer {
  /** For the HTTP server: it hands the upgrades to this one. */
  readonly server: WebSocketServer;
  readonly #connections = new Map<WebSocket, OpenConnection>();
  readonly #heartbeat = new Heartbeat(() => this.#connections.values());
  readonly #listeners: ReturnType<typeof listenersOf>;
  #isClosing = false;

  constructor(reporting: SocketReporting) {
    this.#listeners = listenersOf(this.#connections, reporting);
    this.server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: MAX_MESSAGE_BYTES,
      maxFragments: MAX_FRAGMENTS,
      maxBufferedChunks: MAX_PACKETS,
      ...CLOSE_TIMEOUT,
      handleProtocols: chooseProtocol,
    });
  }

  /** Number of open sockets. */
  get count(): number {
    return this.#connections.size;
  }

  /** Answers an upgrade request that was let in. */
  accept(c: Context<Env>, make: MakeConnection): Promise<Response> {
    return upgradeWebSocket(c, {
      onOpen: (_event, { raw }) => {
        // The helper adds its listeners right after this call.
        if (raw instanceof WebSocket) queueMicrotask(() => this.#adopt(raw, c.env.incoming, make));
      },
    });
  }

  /** Answers every frame that has come in, closes the sockets with 1012, and cuts off peers that do not answer. */
  async close(onBug: (connection: OpenConnection, error: unknown) => void): Promise<void> {
    this.#isClosing = true;
    this.#heartbeat.stop();
    const closed = [...this.#connections.keys()].map(
      (socket) => new Promise((resolve) => socket.once('close', resolve)),
    );
    for (const connection of this.#connections.values()) {
      connection.finish(CLOSE.restarting, 'restarting').catch((error: unknown) => onBug(connection, error));
    }
    await Promise.all(closed);
  }

  #adopt(socket: WebSocket, { socket: stream }: IncomingMessage, make: MakeConnection): void {
    // The upgrade helper's own listeners would keep the whole request alive for as long as the socket is open.
    for (const event of ['message', 'close', 'error']) socket.removeAllListeners(event);
    const { onMessage, onPong, onClose, onError } = this.#listeners;
    socket.on('message', onMessage).on('pong', onPong).on('close', onClose).on('error', onError);
    if (socket.readyState !== WebSocket.OPEN) return;
    if (this.#isClosing) {
      socket.close(CLOSE.restarting, 'restarting');
      return;
    }
    const connection = make(socket, stream);
    this.#connections.set(socket, connection);
    connection.open();
  }
}

/** One listener of each kind for all sockets; `this` is the socket. */
function listenersOf(connections: Map<WebSocket, OpenConnection>, reporting: SocketReporting) {
  return {
    onMessage(this: WebSocket, data: WebSocket.RawData, isBinary: boolean): void {
      const connection = connections.get(this);
      if (!connection) return;
      if (isBinary) connection.close(CLOSE.notText, 'text only');
      else connection.receive(data.toString());
    },

    onPong(this: WebSocket): void {
      const connection = connections.get(this);
      if (connection) connection.isAlive = true;
    },

    onClose(this: WebSocket): void {
      connections.get(this)?.stop();
      connections.delete(this);
    },

    /** Broken framing and lost connections: `ws` closes the socket with the right code itself. */
    onError(this: WebSocket, error: Error): void {
      const connection = connections.get(this);
      if (!connection) return;
      const code = codeOfError(error);
      if (code !== undefined) reporting.closed(connection.caller, code);
      connection.stop();
    },
  };
}
