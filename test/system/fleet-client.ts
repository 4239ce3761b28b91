import { WebSocket } from 'ws';
import type { ServerFrame } from '../../src/adapters/wire/frames.ts';

/** One of many that only listen: it comes back by itself after it was cut off, as browsers do, and resumes. */
export class FleetClient {
  readonly problems: string[] = [];
  readonly #cookie: string;
  #revision: number | undefined;
  #socket: WebSocket | undefined;
  #awaited: { readonly revision: number; readonly resolve: () => void } | undefined;
  #isDone = false;

  constructor(cookie: string) {
    this.#cookie = cookie;
  }

  /** Resolves when it follows for the first time. */
  follow(url: string, delay: () => number): Promise<void> {
    return new Promise((resolve) => this.#connect(url, delay, resolve));
  }

  /** Resolves when it has seen everything up to this revision. */
  reached(revision: number): Promise<void> {
    return new Promise((resolve) => {
      this.#awaited = { revision, resolve };
      this.#look();
    });
  }

  leave(): void {
    this.#isDone = true;
    this.#socket?.terminate();
  }

  #connect(url: string, delay: () => number, onReady: () => void): void {
    const after = this.#revision === undefined ? '' : `?after=${this.#revision}`;
    const socket = new WebSocket(`${url}${after}`, ['chat.v1'], { headers: { cookie: this.#cookie } });
    this.#socket = socket;
    socket.on('message', (data) => this.#take(JSON.parse(data.toString()), onReady));
    // Nobody is there while the server is not.
    socket.on('error', () => undefined);
    socket.on('unexpected-response', (_request, { statusCode }) => {
      this.problems.push(`answered with ${statusCode}`);
      socket.terminate();
    });
    socket.on('close', () => {
      if (!this.#isDone) setTimeout(() => this.#connect(url, delay, () => undefined), delay()).unref();
    });
  }

  #take(frame: ServerFrame, onReady: () => void): void {
    if (frame.type === 'ready') {
      this.#revision ??= frame.revision;
      onReady();
    } else if (frame.type === 'message') {
      if (frame.message.revision !== (this.#revision ?? 0) + 1) {
        this.problems.push(`shown ${frame.message.revision} after ${this.#revision}`);
      }
      this.#revision = frame.message.revision;
      this.#look();
    } else {
      this.problems.push(`told ${frame.type}`);
    }
  }

  #look(): void {
    if (this.#awaited && (this.#revision ?? 0) >= this.#awaited.revision) this.#awaited.resolve();
  }
}
