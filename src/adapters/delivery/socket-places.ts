import { DomainError } from '../../domain/errors.ts';
import type { UserId } from '../../domain/ids.ts';

export interface SocketCaps {
  readonly socketsPerUser: number;
  readonly socketsPerAddress: number;
}

/** A socket's connection, or the answer that a stream is. */
interface Connection {
  readonly destroyed: boolean;
  on(name: 'close', listen: (this: Connection) => void): unknown;
}

interface Place {
  readonly userId: UserId;
  readonly addressKey: string;
}

/** When a socket will close is not known, so a client need not ask often. */
const RETRY_AFTER_MS = 30_000;

/** Counts open sockets by user and address. A place is held from the handshake until the connection is closed, however it is closed. */
export class SocketPlaces {
  readonly #caps: SocketCaps;
  readonly #places = new Map<Connection, Place>();
  readonly #ofUsers = new Map<UserId, number>();
  readonly #ofAddresses = new Map<string, number>();
  /** One listener for all; `this` is the connection. */
  readonly #onClose: (this: Connection) => void;

  constructor(caps: SocketCaps) {
    this.#caps = caps;
    const leave = (stream: Connection) => this.#leave(stream);
    this.#onClose = function () {
      leave(this);
    };
  }

  /** @throws DomainError `too_many_requests` */
  take(stream: Connection, place: Place): void {
    // It was cut off during the handshake: its `close` event has been and will not come again.
    if (stream.destroyed) return;
    const { userId, addressKey } = place;
    if (countOf(this.#ofUsers, userId) >= this.#caps.socketsPerUser) throw full('You have');
    if (countOf(this.#ofAddresses, addressKey) >= this.#caps.socketsPerAddress) throw full('Your address has');
    this.#places.set(stream, { userId, addressKey });
    this.#ofUsers.set(userId, countOf(this.#ofUsers, userId) + 1);
    this.#ofAddresses.set(addressKey, countOf(this.#ofAddresses, addressKey) + 1);
    stream.on('close', this.#onClose);
  }

  #leave(stream: Connection): void {
    const place = this.#places.get(stream);
    if (!place) return;
    this.#places.delete(stream);
    oneLess(this.#ofUsers, place.userId);
    oneLess(this.#ofAddresses, place.addressKey);
  }
}

function countOf<Key>(counts: ReadonlyMap<Key, number>, key: Key): number {
  return counts.get(key) ?? 0;
}

function oneLess<Key>(counts: Map<Key, number>, key: Key): void {
  const count = countOf(counts, key) - 1;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}

function full(who: string): DomainError {
  const detail = `${who} as many connections open as there may be. Close some and try again.`;
  return new DomainError('too_many_requests', detail, { retryAfterMs: RETRY_AFTER_MS });
}
