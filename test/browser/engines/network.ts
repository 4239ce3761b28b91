import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** A site that browsers trust no more than any other on plain HTTP: it has no service worker and no Web Locks. */
export const SITE = 'http://shoal.test/';

/**
 * The network between a browser and the server, as an HTTP proxy that knows the server by that name and by its own
 * address. So a plain-HTTP site can be tried whose name is not this machine's, and a network that fails.
 */
export class Network {
  readonly #proxy: Server;
  readonly #sockets = new Set<Socket>();
  /** Nothing gets through. */
  #isDown = false;
  /** What waits until the network is released. */
  #held: (() => void)[] | undefined;

  private constructor(port: () => number) {
    this.#proxy = createServer((incoming, outgoing) => {
      const go = () => forward(port(), incoming, outgoing);
      if (incoming.method === 'HEAD' && this.#held) this.#held.push(go);
      else go();
    });
    // WebKit asks a proxy for a plain socket as for a page, where others ask for a tunnel.
    this.#proxy.on('upgrade', (incoming, client: Duplex, head: Buffer) =>
      tunnel(port(), client, Buffer.concat([Buffer.from(headOf(incoming)), head])),
    );
    this.#proxy.on('connect', ({ url }, client: Duplex, head: Buffer) => {
      if (!isServer(`http://${url}`, port())) {
        client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
        return;
      }
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      tunnel(port(), client, head);
    });
    this.#proxy.on('connection', (socket) => {
      if (this.#isDown) socket.destroy();
      this.#sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
    });
  }

  /** @param port where the server listens now, asked for each connection */
  static async start(port: () => number): Promise<Network> {
    const network = new Network(port);
    network.#proxy.listen(0, '127.0.0.1');
    await once(network.#proxy, 'listening');
    return network;
  }

  get address(): string {
    return `127.0.0.1:${(this.#proxy.address() as AddressInfo).port}`;
  }

  /** Cuts every connection, and refuses new ones until it is up again. */
  goDown(): void {
    this.#isDown = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  comeUp(): void {
    this.#isDown = false;
  }

  /** New HEAD requests wait: those by which a page asks who is signed in. */
  holdQuestions(): void {
    this.#held ??= [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const go of held) go();
  }

  async close(): Promise<void> {
    this.goDown();
    this.#proxy.close();
    await once(this.#proxy, 'close');
  }
}

function forward(port: number, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { href, pathname, search } = new URL(incoming.url ?? '', SITE);
  if (!isServer(href, port)) {
    outgoing.writeHead(502).end();
    return;
  }
  const { method, headers } = incoming;
  const onward = request({ host: '127.0.0.1', port, method, path: pathname + search, headers, agent: false });
  onward.on('response', (response) => {
    outgoing.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  outgoing.on('close', () => onward.destroy());
  incoming.pipe(onward);
}

/** @param url begins with `http://` */
function isServer(url: string, port: number): boolean {
  const { origin } = new URL(url);
  return `${origin}/` === SITE || origin === `http://127.0.0.1:${port}`;
}

function tunnel(port: number, client: Duplex, head: Buffer): void {
  const server = connect(port, '127.0.0.1', () => {
    server.write(head);
    server.pipe(client).pipe(server);
  });
  for (const [one, other] of [
    [server, client],
    [client, server],
  ] as const) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
}

function headOf({ method, url, rawHeaders }: IncomingMessage): string {
  const { pathname, search } = new URL(url ?? '', SITE);
  const headers = rawHeaders.map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`));
  return `${method} ${pathname}${search} HTTP/1.1\r\n${headers.join('')}\r\n`;
}
