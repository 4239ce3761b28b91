import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, BlockList, type Socket } from 'node:net';
import { type GuardOptions, makeAddressGuard } from '../../src/adapters/outbound/address-guard.ts';

/** Where the sites of tests are. A canary at another address of this machine is not allowed. */
export const SITE_ADDRESS = '127.0.0.2';

/** A guard that allows the sites of tests besides public addresses. */
export function siteGuard(options: GuardOptions = {}) {
  const extra = new BlockList();
  extra.addAddress(SITE_ADDRESS, 'ipv4');
  return makeAddressGuard({ extra, allowsHttp: true, ...options });
}

export type Respond = (response: ServerResponse, request: IncomingMessage) => void;

/** A web site whose pages a test writes. */
export class TestSite {
  readonly #server: Server;
  readonly #pages = new Map<string, Respond>();
  /** The paths that were asked for, in order, with their headers. */
  readonly requests: { readonly path: string; readonly headers: IncomingMessage['headers'] }[] = [];

  private constructor() {
    this.#server = createServer((request, response) => {
      const path = request.url ?? '';
      this.requests.push({ path, headers: request.headers });
      const respond = this.#pages.get(path);
      if (respond) respond(response, request);
      else response.writeHead(404).end();
    });
  }

  static async start(): Promise<TestSite> {
    const site = new TestSite();
    site.#server.listen(0, SITE_ADDRESS);
    await once(site.#server, 'listening');
    return site;
  }

  get origin(): string {
    return `http://${SITE_ADDRESS}:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Answers the address of the page. */
  at(path: string, respond: Respond): string {
    this.#pages.set(path, respond);
    return this.origin + path;
  }

  page(path: string, html: string | Uint8Array, contentType = 'text/html; charset=utf-8'): string {
    return this.at(path, (response) => response.writeHead(200, { 'Content-Type': contentType }).end(html));
  }

  redirect(path: string, location: string): string {
    return this.at(path, (response) =>
      response.writeHead(302, { Location: Buffer.from(location).toString('latin1') }).end(),
    );
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** Listens where nobody may connect, and counts who does. */
export class Canary {
  readonly #servers: readonly Server[];
  readonly port: number;
  connections = 0;

  private constructor(servers: readonly Server[], port: number) {
    this.#servers = servers;
    this.port = port;
    for (const server of servers)
      server.on('connection', (socket: Socket) => {
        this.connections += 1;
        socket.destroy();
      });
  }

  static async start(): Promise<Canary> {
    const [four, six] = [createServer(), createServer()];
    four.listen(0, '127.0.0.1');
    await once(four, 'listening');
    const { port } = four.address() as AddressInfo;
    six.listen(port, '::1');
    await once(six, 'listening').catch(() => undefined);
    return new Canary([four, six], port);
  }

  close(): void {
    for (const server of this.#servers) server.close();
  }
}
