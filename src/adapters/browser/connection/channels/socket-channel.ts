import type { UserFrame } from '../../../wire/client-frames.ts';
import { USER_SUBPROTOCOL } from '../../../wire/user-frames.ts';
import { READY_WITHIN_MS } from '../backoff.ts';
import { NO_CLOSE_FRAME } from '../close-codes.ts';
import type { Channel } from './channel.ts';

export interface SocketListener {
  data(frame: unknown): void;
  /** The last call. */
  closed(code: number): void;
}

/** The user's socket. One that does not become ready in time counts as closed: browsers wait for minutes. */
export class SocketChannel implements Channel {
  readonly #socket: WebSocket;
  readonly #deadline: ReturnType<typeof setTimeout>;
  #isClosed = false;

  constructor(address: string, { data, closed }: SocketListener) {
    this.#socket = new WebSocket(address, USER_SUBPROTOCOL);
    this.#deadline = setTimeout(() => closed(NO_CLOSE_FRAME), READY_WITHIN_MS);
    this.#socket.addEventListener('message', (event) => this.#isClosed || data(event.data));
    this.#socket.addEventListener('close', ({ code }) => this.#isClosed || closed(code));
  }

  /** The server has said that it is ready. */
  hasOpened(): void {
    clearTimeout(this.#deadline);
  }

  send(frame: UserFrame): boolean {
    if (this.#socket.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  close(): void {
    clearTimeout(this.#deadline);
    this.#isClosed = true;
    this.#socket.close();
  }
}
