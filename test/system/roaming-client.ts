import { WebSocket } from 'ws';
import type { ServerFrame } from '../../src/adapters/wire/frames.ts';
import type { WireMessage } from '../../src/adapters/wire/message.ts';

const POST_EVERY_MS = 25;
/** Posts that are sent and not yet acknowledged, at the most. */
const WINDOW = 4;
const AGAIN_MS = 100;
/** The ways in which an instance may go that is killed, stopped, or cannot read what its followers missed. */
const FAREWELLS: ReadonlySet<number> = new Set([1006, 1012, 1013]);

/**
 * A chat.v1 client that posts at a steady pace, goes to the next address whenever it is cut off, resumes there after what it
 * has seen, sends again what was not acknowledged, and notes every promise that is broken.
 */
export class RoamingClient {
  readonly name: string;
  readonly shown = new Map<number, string>();
  readonly acknowledged = new Map<string, number>();
  readonly broken: string[] = [];
  readonly #cookie: string;
  readonly #urls: readonly string[];
  readonly #onShown: () => void;
  readonly #unacknowledged = new Map<string, string>();
  #connections = 0;
  #refusals = 0;
  #revision = 0;
  #sent = 0;
  #posting: NodeJS.Timeout | undefined;
  #socket: WebSocket | undefined;
  #isOver = false;

  /** `urls` in the order in which they are tried. */
  constructor(options: { name: string; cookie: string; urls: readonly string[]; onShown?: () => void }) {
    this.name = options.name;
    this.#cookie = options.cookie;
    this.#urls = options.urls;
    this.#onShown = options.onShown ?? (() => undefined);
  }

  get connections(): number {
    return this.#connections;
  }

  /** Posts that were refused for the moment. */
  get refusals(): number {
    return this.#refusals;
  }

  get lastShown(): number {
    return this.#revision;
  }

  get isAcknowledged(): boolean {
    return this.#unacknowledged.size === 0;
  }

  start(): this {
    this.#connect();
    this.#posting = setInterval(() => this.#post(), POST_EVERY_MS);
    return this;
  }

  postNoMore(): void {
    clearInterval(this.#posting);
  }

  leave(): void {
    this.postNoMore();
    this.#isOver = true;
    this.#socket?.terminate();
  }

  #connect(): void {
    const url = this.#urls[this.#connections % this.#urls.length];
    this.#connections += 1;
    const headers = { cookie: this.#cookie };
    const socket = new WebSocket(`${url}?after=${this.#revision}`, ['chat.v1'], { headers });
    this.#socket = socket;
    socket.on('message', (data) => this.#take(JSON.parse(data.toString())));
    // Nobody is there while the instance is not, and none is let in while the database is away.
    socket.on('error', () => undefined);
    socket.on('close', (code) => {
      if (this.#isOver) return;
      if (!FAREWELLS.has(code)) this.broken.push(`${this.name} was closed with ${code}`);
      setTimeout(() => {
        if (!this.#isOver) this.#connect();
      }, AGAIN_MS);
    });
  }

  #take(frame: ServerFrame): void {
    switch (frame.type) {
      case 'ready':
        for (const id of this.#unacknowledged.keys()) this.#send(id);
        return;
      case 'user':
      case 'alive':
        return;
      case 'message':
        this.#show(frame.message);
        return;
      case 'refused':
        this.#refusals += 1;
        if (frame.code !== 'unavailable') this.broken.push(`${this.name} got ${JSON.stringify(frame)}`);
        setTimeout(() => this.#send(frame.client_id ?? ''), AGAIN_MS);
        return;
      case 'reset':
      case 'details':
      case 'reactions':
        this.broken.push(`${this.name} got ${JSON.stringify(frame)}`);
        return;
      default:
        frame satisfies never;
    }
  }

  #show(message: WireMessage): void {
    const line = JSON.stringify(message);
    const shown = this.shown.get(message.position);
    if (shown === undefined && message.revision !== this.#revision + 1) {
      this.broken.push(`${this.name} was shown ${message.revision} after ${this.#revision}`);
    }
    if (shown !== undefined && shown !== line) this.broken.push(`${this.name} was shown ${shown}, then ${line}`);
    this.shown.set(message.position, line);
    this.#revision = Math.max(this.#revision, message.revision);
    if (message.client_id && this.#unacknowledged.delete(message.client_id)) {
      this.acknowledged.set(message.client_id, message.position);
    }
    this.#onShown();
  }

  #post(): void {
    if (this.#unacknowledged.size >= WINDOW) return;
    this.#sent += 1;
    const id = `${this.name}-${this.#sent}`;
    this.#unacknowledged.set(id, `${this.name} says ${this.#sent}`);
    this.#send(id);
  }

  #send(id: string): void {
    const text = this.#unacknowledged.get(id);
    if (text !== undefined && this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify({ type: 'post', client_id: id, text }));
    }
  }
}
