import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** One connection to the server and what it is used for. */
export class ClientConnection {
  readonly socket: Socket;
  /** The key under which the connection is counted; undefined for a trusted proxy, which many people share. */
  readonly address: string | undefined;
  /** By `performance.now()`. */
  readonly openedAt = performance.now();
  /** The response to the latest request. */
  response: ServerResponse | undefined;
  isUpgraded = false;
  /** The response that is an event stream, if there is one. */
  stream: ServerResponse | undefined;
  #stalls = 0;
  #stalledAt = 0;

  constructor(socket: Socket, address: string | undefined) {
    this.socket = socket;
    this.address = address;
  }

  /** Whether the connection follows a chat. Such connections have their own limit. */
  get isFollowing(): boolean {
    return this.isUpgraded || (this.#isAnswering && this.stream === this.response);
  }

  /** Whether no request is in progress. Closing it costs the client a new connection and nothing else. */
  get isIdle(): boolean {
    return !this.isUpgraded && !this.#isAnswering;
  }

  /** Bytes of a response that the client has not taken yet. */
  get unsent(): number {
    return this.isFollowing ? 0 : this.socket.writableLength;
  }

  /** Counts a stall, reported after `every` milliseconds without progress. Returns the number of consecutive stalls. */
  stall(now: number, every: number): number {
    this.#stalls = now - this.#stalledAt < 1.5 * every ? this.#stalls + 1 : 1;
    this.#stalledAt = now;
    return this.#stalls;
  }

  get #isAnswering(): boolean {
    return this.response !== undefined && !this.response.writableFinished && !this.response.destroyed;
  }
}
