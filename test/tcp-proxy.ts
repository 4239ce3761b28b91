import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** What a client sent last before it was cut off, and whether that still arrives. */
export interface HeldBack {
  /** Lets it arrive, late. */
  release(): void;
}

/** Stands between a server and its clients, and is the network that fails: slow, mute, cut off at a chosen moment. */
export class TcpProxy {
  readonly #server: Server;
  readonly #targetPort: number;
  readonly #pairs = new Set<{ readonly client: Socket; readonly upstream: Socket }>();
  #delayMs = 0;
  #isMute = false;
  #isRefusing = false;
  #cut: { readonly at: string; readonly arrives: boolean; readonly done: (held: HeldBack) => void } | undefined;

  private constructor(server: Server, targetPort: number) {
    this.#server = server;
    this.#targetPort = targetPort;
    server.on('connection', (client) => this.#accept(client));
  }

  static async start(targetPort: number): Promise<TcpProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TcpProxy(server, targetPort);
  }

  /** The same address by this way. */
  urlOf(url: string): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('It listens on no port.');
    return url.replace(`:${this.#targetPort}`, `:${address.port}`);
  }

  /** Answers come so much later. */
  set delayMs(ms: number) {
    this.#delayMs = ms;
  }

  /** Nothing arrives any more, and nobody is told; what is sent meanwhile arrives afterwards. */
  set isMute(isMute: boolean) {
    this.#isMute = isMute;
    for (const { client, upstream } of this.#pairs) {
      for (const socket of [client, upstream]) isMute ? socket.pause() : socket.resume();
    }
  }

  /** New connections are cut off at once. */
  set isRefusing(isRefusing: boolean) {
    this.#isRefusing = isRefusing;
  }

  /** Cuts off the client that sends this text next, before or after it arrives; no answer to it does. */
  cutAt(text: string, { arrives }: { arrives: boolean }): Promise<HeldBack> {
    return new Promise((done) => (this.#cut = { at: text, arrives, done }));
  }

  async close(): Promise<void> {
    this.#server.close();
    for (const { client, upstream } of this.#pairs) for (const socket of [client, upstream]) socket.destroy();
  }

  #accept(client: Socket): void {
    if (this.#isRefusing) {
      client.on('error', () => undefined).destroy();
      return;
    }
    const upstream = connect(this.#targetPort, '127.0.0.1');
    const pair = { client, upstream };
    this.#pairs.add(pair);
    let isCut = false;
    client.on('data', (data) => {
      if (this.#cut && data.includes(this.#cut.at)) {
        const { arrives, done } = this.#cut;
        this.#cut = undefined;
        isCut = true;
        if (arrives) upstream.write(data);
        client.destroy();
        done({ release: () => void upstream.end(data) });
      } else upstream.write(data);
    });
    upstream.on('data', (data) => {
      if (isCut) return;
      if (this.#delayMs > 0) setTimeout(() => client.write(data), this.#delayMs);
      else client.write(data);
    });
    for (const socket of [client, upstream]) socket.on('error', () => undefined);
    client.on('close', () => {
      if (!isCut) upstream.destroy();
    });
    upstream.on('close', () => {
      client.destroy();
      this.#pairs.delete(pair);
    });
    if (this.#isMute) for (const socket of [client, upstream]) socket.pause();
  }
}
