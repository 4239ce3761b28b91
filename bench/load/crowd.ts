import { setTimeout as sleep } from 'node:timers/promises';
import { clientFrame } from './client-frames.ts';
import { type Dialect, dialects } from './dialects.ts';
import { received } from './read-buffer.ts';
import type { Target } from './tasks.ts';
import { type Sink, WebSocketClient } from './web-socket-client.ts';

/** More handshakes at once than this only overflow the kernel's queue of connections, and measure its retry timer. */
const HANDSHAKES_AT_ONCE = 256;
const CONNECT_TIMEOUT_MS = 60_000;
/** What Shoal says after a while without another frame. */
const ALIVE = '{"type":"alive"}';

export interface Listener {
  /** Answers whether the frame was a post; all else is the crowd's to understand. */
  post(client: WebSocketClient, start: number, end: number): boolean;
  readEnded(client: WebSocketClient): void;
}

export const NOT_LISTENING: Listener = { post: () => false, readEnded: () => {} };

/** Many sockets of one server, spread over its chats: `perChat` on the first, `perChat` on the second, and so on. */
export class Crowd implements Sink {
  readonly clients: WebSocketClient[] = [];
  readonly problems: string[] = [];
  readonly #target: Target;
  readonly #ports: readonly number[];
  readonly #perChat: number;
  readonly #dialect: Dialect;
  readonly #listener: Listener;
  #ready = 0;
  #leaving = false;

  constructor(target: Target, perChat: number, listener: Listener) {
    this.#target = target;
    this.#ports = [target, ...(target.peers ?? [])].map(({ port }) => port);
    this.#perChat = perChat;
    this.#dialect = dialects[target.dialect];
    this.#listener = listener;
  }

  /** Which of the server's instances the socket of that index is at. */
  readonly instanceOf = (client: number): number => client % this.#ports.length;

  /** Resolves when every socket follows its chat. */
  async connect(): Promise<void> {
    const size = this.#perChat * this.#target.chats.length;
    const deadline = performance.now() + CONNECT_TIMEOUT_MS;
    while (this.#ready < size) {
      while (this.clients.length < size && this.clients.length - this.#ready < HANDSHAKES_AT_ONCE) this.#join();
      if (this.problems.length > 0) throw new Error(`${this.#target.dialect}: ${this.problems[0]}`);
      if (performance.now() > deadline) throw new Error(`${this.#target.dialect}: ${this.#ready} of ${size} got in`);
      await new Promise(setImmediate);
    }
  }

  async leave(): Promise<void> {
    this.#leaving = true;
    for (const client of this.clients) client.drop();
    await sleep(200);
  }

  text(client: WebSocketClient, start: number, end: number): void {
    if (this.#listener.post(client, start, end)) return;
    const { ready, greeting, keepAlive } = this.#dialect;
    const frame = received.toString('utf8', start, end);
    if (frame.startsWith(ready)) this.#ready++;
    else if (frame === ALIVE) return;
    else if (frame === keepAlive?.hear) client.send(clientFrame(keepAlive.say));
    else if (greeting !== undefined && frame.startsWith(greeting.after)) client.send(clientFrame(greeting.say));
    else if (!frame.startsWith('40{')) this.problems.push(`an unexpected frame: ${frame.slice(0, 200)}`);
  }

  readEnded(client: WebSocketClient): void {
    this.#listener.readEnded(client);
  }

  closed(client: WebSocketClient, why: string): void {
    if (!this.#leaving) this.problems.push(`socket ${client.index}: ${why}`);
  }

  #join(): void {
    const index = this.clients.length;
    const chat = this.#target.chats[Math.floor(index / this.#perChat)];
    if (chat === undefined) throw new Error('More sockets than chats have room for');
    const path = this.#dialect.path(chat.path);
    const headers = this.#dialect.headers + (chat.members[index % chat.members.length] ?? '');
    this.clients.push(
      new WebSocketClient(index, { port: this.#ports[this.instanceOf(index)] ?? 0, path, headers }, this),
    );
  }
}
