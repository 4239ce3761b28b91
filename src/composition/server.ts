import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { createAdaptorServer, type WebSocketServerLike } from '@hono/node-server';
import type { Hono } from 'hono';
import { limitBodyTime } from '../adapters/http/connections/limit-body-time.ts';
import type { Env } from '../adapters/http/env.ts';
import type { Web } from './web.ts';

/**
 * How long a client may take over its headers, and then over its body, before it is cut off with 408. The check runs every second, so that
 * the cut comes within ten seconds.
 */
const REQUEST_TIMEOUT_MS = 8_500;
const STOP_PATIENCE_MS = 2_000;
/** How long a peer may take to close its side of a connection that the server has ended. No request limit reaches refused upgrades. */
const GOODBYE_PATIENCE_MS = 2_000;

export interface ListeningServer {
  /** Where it listens, e.g. `http://127.0.0.1:1578/`. */
  readonly url: string;
  /**
   * Ends sockets and streams with 1012, accepts no more connections and resolves when every request has been answered. It goes on
   * answering until the sockets are closed, so that a readiness probe learns that the server is not ready.
   */
  close(): Promise<void>;
}

export async function listen(
  { http, followers, connections }: Web,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<ListeningServer> {
  const server = makeServer(http, { followers, connections });
  let isStopping = false;
  // A client that is answered during the stop opens another connection for its next request.
  server.prependListener('request', (_request, response) => {
    if (isStopping) response.shouldKeepAlive = false;
  });
  limitBodyTime(server, REQUEST_TIMEOUT_MS);
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
      // Requests under way are answered; connections that stay open without one are cut.
      const cutOff = setTimeout(() => server.closeAllConnections(), STOP_PATIENCE_MS);
      await closed;
      clearTimeout(cutOff);
    },
  };
}

function makeServer(http: Hono<Env>, { followers, connections }: Pick<Web, 'followers' | 'connections'>): Server {
  return createAdaptorServer({
    fetch: http.fetch,
    // The two packages differ in the type of one option, by an `undefined`.
    websocket: { server: followers.server as WebSocketServerLike },
    serverOptions: {
      headersTimeout: REQUEST_TIMEOUT_MS,
      // By `limitBodyTime`: an upload takes as long as it takes.
      requestTimeout: 0,
      connectionsCheckingInterval: 1_000,
      // Any other upgrade would hang, since no handler answers it. A host that cannot be one is refused as for other requests.
      shouldUpgradeCallback: ({ headers, socket }: IncomingMessage) => {
        const isForSocket = headers.upgrade?.toLowerCase() === 'websocket' && URL.canParse(`http://${headers.host}`);
        if (isForSocket) connections.upgraded(socket);
        return isForSocket;
      },
    },
  }) as Server;
}

/** Shared by all connections to save memory; `this` is the connection. */
function cutOffSoon(this: Socket): void {
  setTimeout(() => this.destroy(), GOODBYE_PATIENCE_MS).unref();
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}/`;
}
