import { WebSocket } from 'ws';
import type { ServerFrame } from '../../src/adapters/wire/frames.ts';
import type { WireMessage } from '../../src/adapters/wire/message.ts';

/** Posts that are sent and not yet acknowledged, at the most. */
const WINDOW = 8;

/**
 * A chat.v1 client that posts as fast as it is acknowledged, survives its server, and notes every promise that is broken:
 * each revision comes once and in order, and what it has been shown never changes.
 */
export class CrashClient {
  readonly name: string;
  readonly shown = new Map<number, string>();
  readonly acknowledged = new Map<string, number>();
  readonly broken: string[] = [];
  readonly #unacknowledged = new Map<string, string>();
  readonly #onShown: () => void;
  #revision = 0;
  #sent = 0;
  #isPosting = true;
  #socket: WebSocket | undefined;

  readonly #farewell: number;

  /** @param farewell the close code with which the server may go, where it is not killed */
  constructor({ name, onShown, farewell = 1006 }: { name: string; onShown: () => void; farewell?: number }) {
    this.name = name;
    this.#farewell = farewell;
    this.#onShown = onShown;
  }

  /** Resumes after what it has seen, sends again what was not acknowledged, and goes on. */
  connect(url: string, cookie: string): void {
    const socket = new WebSocket(`${url}?after=${this.#revision}`, ['chat.v1'], { headers: { cookie } });
    this.#socket = socket;
    socket.on('message', (data) => {
      if (this.#socket === socket) this.#take(JSON.parse(data.toString()));
    });
    // The server is killed or stopped under it, and has no other reason to go.
    socket.on('error', () => undefined);
    socket.on('close', (code) => {
      if (this.#socket === socket && code !== this.#farewell) this.broken.push(`${this.name} was closed with ${code}`);
    });
  }

  disconnect(): void {
    this.#socket?.terminate();
    this.#socket = undefined;
  }

  /** Resolves when everything it sent has been acknowledged. */
  async finish(): Promise<void> {
    this.#isPosting = false;
    while (this.#unacknowledged.size > 0) await new Promise((resolve) => this.#socket?.once('message', resolve));
  }

  #take(frame: ServerFrame): void {
    switch (frame.type) {
      case 'ready':
        for (const [id, text] of this.#unacknowledged) this.#send(id, text);
        this.#fillWindow();
        return;
      case 'user':
      case 'alive':
        return;
      case 'message':
        this.#show(frame.message);
        return;
      case 'refused':
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
    const shown = this.shown.get(message.position);
    const line = JSON.stringify(message);
    if (shown === undefined && message.revision !== this.#revision + 1) {
      this.broken.push(`${this.name} was shown ${message.revision} after ${this.#revision}`);
    }
    if (shown !== undefined && shown !== line) this.broken.push(`${this.name} was shown ${shown}, then ${line}`);
    this.shown.set(message.position, line);
    this.#revision = Math.max(this.#revision, message.revision);
    if (message.client_id && this.#unacknowledged.delete(message.client_id)) {
      this.acknowledged.set(message.client_id, message.position);
    }
    this.#fillWindow();
    this.#onShown();
  }

  #fillWindow(): void {
    while (this.#isPosting && this.#unacknowledged.size < WINDOW) {
      this.#sent += 1;
      const id = `${this.name}-${this.#sent}`;
      this.#unacknowledged.set(id, `${this.name} says ${this.#sent}`);
      this.#send(id, `${this.name} says ${this.#sent}`);
    }
  }

  #send(client_id: string, text: string): void {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify({ type: 'post', client_id, text }));
    }
  }
}
