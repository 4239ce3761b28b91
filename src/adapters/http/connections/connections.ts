import type { Server, ServerResponse } from 'node:http';
import type { BlockList, Socket } from 'node:net';
import { isIPv6 } from 'node:net';
import type { Log } from '../../../application/ports/log.ts';
import { addressKey, canonicalAddress } from '../requests/client-address.ts';
import { Connection } from './connection.ts';
import { cutLargest } from './cut-largest.ts';
import { BURST, pastBurst } from './past-burst.ts';

export interface ConnectionCaps {
  /** Maximum connections of one address that follow no chat. A burst may exceed it for a few seconds. */
  readonly connectionsPerAddress: number;
  /** Bytes of answers that one address, and all together, have yet to take. */
  readonly unsentBytesPerAddress: number;
  readonly unsentBytes: number;
}

/** A connection on which nothing moves is looked at this often, and cut after so many looks: 10 s. */
const STALL_MS = 2_000;
const MAX_STALLS = 5;
/** Looking at an address with fewer connections than this is not worth it: their answers are bounded one by one. */
const FEW = 8;
const TEND_MS = 1_000;
const LOG_MS = 60_000;

/** All connections to the server, so that no address takes what the others need. */
export class Connections {
  readonly #max: number;
  readonly #caps: ConnectionCaps | undefined;
  readonly #trusted: BlockList | undefined;
  readonly #log: Log;
  readonly #all = new Map<Socket, Connection>();
  readonly #ofAddresses = new Map<string, Set<Connection>>();
  #loggedAt = Number.NEGATIVE_INFINITY;

  constructor(options: {
    /** In all, as the process has descriptors for. */
    readonly max: number;
    /** Undefined when nothing is limited. */
    readonly caps: ConnectionCaps | undefined;
    readonly trustedProxies: BlockList | undefined;
    readonly log: Log;
  }) {
    this.#max = options.max;
    this.#caps = options.caps;
    this.#trusted = options.trustedProxies;
    this.#log = options.log;
  }

  /** To be called before the server listens. */
  watch(server: Server): void {
    server.setTimeout(STALL_MS, (socket) => this.#timedOut(socket));
    server.on('connection', (socket) => this.#admit(socket));
    server.prependListener('request', ({ socket }, response) => {
      const connection = this.#all.get(socket);
      if (!connection) return;
      connection.response = response;
      if (!this.#caps || connection.address === undefined) return;
      // Closed after its answer, which the client is told: no request is lost.
      if (this.#excess(connection.address) > 0) response.setHeader('Connection', 'close');
      this.#shed(connection.address, this.#caps);
    });
    const tending = setInterval(() => this.#tend(), TEND_MS).unref();
    server.on('close', () => clearInterval(tending));
  }

  /** From here on the connection is a WebSocket's. Told so, since a second listener for upgrades would keep refusals from being sent. */
  upgraded(socket: Socket): void {
    const connection = this.#all.get(socket);
    if (connection) connection.isUpgraded = true;
  }

  /** This answer follows a chat for as long as it goes on. */
  streaming(response: ServerResponse): void {
    const connection = response.socket && this.#all.get(response.socket);
    if (connection) connection.stream = response;
  }

  #admit(socket: Socket): void {
    const address = this.#addressOf(socket);
    if (!this.#hasRoom(address)) {
      socket.destroy();
      return;
    }
    const connection = new Connection(socket, address);
    this.#all.set(socket, connection);
    if (address !== undefined) this.#of(address).add(connection);
    socket.once('close', () => this.#leave(connection));
  }

  #leave(connection: Connection): void {
    this.#all.delete(connection.socket);
    if (connection.address === undefined) return;
    const others = this.#of(connection.address);
    others.delete(connection);
    if (others.size === 0) this.#ofAddresses.delete(connection.address);
  }

  /** Idle connections make room: first those of the address itself, then those of the address with the most. */
  #hasRoom(address: string | undefined): boolean {
    if (address !== undefined) {
      if (this.#excess(address) >= 0) this.#report('address', address);
      if (this.#isFull(address)) return this.#dropIdle(this.#of(address));
    }
    if (this.#all.size < this.#max) return true;
    this.#report('all', undefined);
    const most = [...this.#ofAddresses.values()].toSorted((a, b) => b.size - a.size)[0];
    return (most !== undefined && this.#dropIdle(most)) || this.#dropIdle(this.#all.values());
  }

  /** Closes the one that was opened first of those that are idle; false when there is none. */
  #dropIdle(connections: Iterable<Connection>): boolean {
    for (const connection of connections) {
      if (!connection.isIdle) continue;
      this.#cut(connection);
      return true;
    }
    return false;
  }

  #cut(connection: Connection): void {
    connection.socket.destroy();
    // Now and not at its `close` event: until then it would be counted.
    this.#leave(connection);
  }

  /** One address gets half of the descriptors at most, whatever it uses them for. */
  #isFull(address: string): boolean {
    const connections = this.#ofAddresses.get(address);
    if (!connections || !this.#caps) return false;
    if (connections.size >= this.#max / 2) return true;
    return this.#excess(address) >= (BURST - 1) * this.#caps.connectionsPerAddress;
  }

  /** By how much an address exceeds the connections that it may keep; zero or less when it does not. */
  #excess(address: string): number {
    const connections = this.#ofAddresses.get(address);
    if (!connections || !this.#caps) return Number.NEGATIVE_INFINITY;
    const { connectionsPerAddress } = this.#caps;
    if (connections.size < connectionsPerAddress) return connections.size - connectionsPerAddress;
    return [...connections].filter(({ isFollowing }) => !isFollowing).length - connectionsPerAddress;
  }

  /** Cuts those off that have most unsent, until what an address has unsent is within its cap. */
  #shed(address: string, { unsentBytesPerAddress }: ConnectionCaps): void {
    const connections = this.#ofAddresses.get(address);
    if (connections && connections.size > FEW) cutLargest(connections, unsentBytesPerAddress);
  }

  #tend(): void {
    if (!this.#caps) return;
    const now = performance.now();
    for (const address of [...this.#ofAddresses.keys()]) {
      for (const connection of pastBurst(this.#of(address), this.#excess(address), now)) this.#cut(connection);
      this.#shed(address, this.#caps);
    }
    cutLargest(this.#all.values(), this.#caps.unsentBytes);
  }

  /** Called once nothing moved on a connection for a while; also by Node when a kept connection was idle for too long. */
  #timedOut(socket: Socket): void {
    const connection = this.#all.get(socket);
    if (!connection || socket.timeout !== STALL_MS) {
      socket.destroy();
      return;
    }
    // A WebSocket that takes nothing is closed with 1013, which its peer and the log are told.
    if (connection.isUpgraded || socket.writableLength === 0) return;
    if (connection.stall(performance.now(), STALL_MS) >= MAX_STALLS) socket.destroy();
    else socket.setTimeout(STALL_MS);
  }

  #report(of: 'address' | 'all', address: string | undefined): void {
    const now = performance.now();
    if (now - this.#loggedAt < LOG_MS) return;
    this.#loggedAt = now;
    const details = { event: 'connections_exhausted', of, address, open: this.#all.size, limit: this.#max };
    this.#log.warn(details, 'too many connections are open: idle ones are closed, and new ones may be refused');
  }

  #of(address: string): Set<Connection> {
    const connections = this.#ofAddresses.get(address) ?? new Set();
    this.#ofAddresses.set(address, connections);
    return connections;
  }

  #addressOf({ remoteAddress = '' }: Socket): string | undefined {
    const address = canonicalAddress(remoteAddress) ?? '';
    const isProxy = this.#trusted?.check(address, isIPv6(address) ? 'ipv6' : 'ipv4') === true;
    return isProxy ? undefined : addressKey(address);
  }
}
