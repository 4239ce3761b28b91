import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** One connection to the server, by what is under way on it. */
export class Connection {
  readonly socket: Socket;
  /** Under which it is counted; undefined for a trusted proxy, behind which there are many people. */
  readonly address: string | undefined;
  /** By `performance.now()`. */
  readonly openedAt = performance.now();
  /** To the latest request. */
  response: ServerResponse | undefined;
  isUpgraded = false;
  /** The answer that follows a chat, as an event stream. */
  stream: ServerResponse | undefined;
  #stalls = 0;
  #stalledAt = 0;

  constructor(socket: Socket, address: string | undefined) {
    this.socket = socket;
    this.address = address;
  }

  /** It follows a chat: there is a limit of its own for those. */
  get isFollowing(): boolean {
    return this.isUpgraded || (this.#isAnswering && this.stream === this.response);
  }

  /** No request is under way: closing it costs the client a new connection and nothing else. */
  get isIdle(): boolean {
    return !this.isUpgraded && !this.#isAnswering;
  }

  /** Bytes of an answer that the client has yet to take. */
  get unsent(): number {
    return this.isFollowing ? 0 : this.socket.writableLength;
  }

  /** Counts stalls, each reported once nothing moved for `every` milliseconds, and answers how many came without a pause. */
  stall(now: number, every: number): number {
    this.#stalls = now - this.#stalledAt < 1.5 * every ? this.#stalls + 1 : 1;
    this.#stalledAt = now;
    return this.#stalls;
  }

  get #isAnswering(): boolean {
    return this.response !== undefined && !this.response.writableFinished && !this.response.destroyed;
  }
}
