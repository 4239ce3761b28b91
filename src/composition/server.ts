import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { createAdaptorServer, type WebSocketServerLike } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Connections } from '../adapters/http/connections/connections.ts';
import type { Env } from '../adapters/http/env.ts';
import type { Followers } from './followers.ts';

/**
 * A client that takes longer over its headers, or over its whole request, is cut off with 408: looked for each second, and so
 * within ten.
 */
const PATIENCE_MS = 8_500;
const STOP_PATIENCE_MS = 2_000;
/** So long may a peer take to hang up too, once it was told everything: no limit on requests reaches refused upgrades. */
const GOODBYE_PATIENCE_MS = 2_000;

export interface ListeningServer {
  /** Where it listens, e.g. `http://127.0.0.1:1578/`. */
  readonly url: string;
  /**
   * Ends sockets and streams with 1012, takes no more connections and resolves when every request has been answered. It goes on
   * answering until the sockets are closed, so that whoever asks whether it is ready is told that it is not.
   */
  close(): Promise<void>;
}

export async function listen(
  app: Hono<Env>,
  followers: Followers,
  { host, port, connections }: { readonly host: string; readonly port: number; readonly connections: Connections },
): Promise<ListeningServer> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    // The two packages type one option of it differently, by an `undefined`.
    websocket: { server: followers.server as WebSocketServerLike },
    serverOptions: {
      headersTimeout: PATIENCE_MS,
      requestTimeout: PATIENCE_MS,
      connectionsCheckingInterval: 1_000,
      // Any other upgrade would hang: nobody answers it.
      shouldUpgradeCallback: ({ headers, socket }: IncomingMessage) => {
        const isForSocket = headers.upgrade?.toLowerCase() === 'websocket';
        if (isForSocket) connections.upgraded(socket);
        return isForSocket;
      },
    },
  }) as Server;
  let isStopping = false;
  // Whoever is answered from then on does not ask again on the same connection.
  server.prependListener('request', (_request, response) => {
    if (isStopping) response.shouldKeepAlive = false;
  });
  connections.watch(server);
  server.on('connection', (socket) => socket.once('finish', cutOffSoon));
  server.listen(port, host);
  await once(server, 'listening');

  return {
    url: urlOf(server),
    async close() {
      isStopping = true;
      await followers.close();
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      // Requests that are under way are answered; a connection that only stands there keeps nobody.
      const cutOff = setTimeout(() => server.closeAllConnections(), STOP_PATIENCE_MS);
      await closed;
      clearTimeout(cutOff);
    },
  };
}

/** One function for all connections; `this` is the connection. */
function cutOffSoon(this: Socket): void {
  setTimeout(() => this.destroy(), GOODBYE_PATIENCE_MS).unref();
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}/`;
}
