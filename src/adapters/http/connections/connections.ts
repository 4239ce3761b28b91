import type { Server, ServerResponse } from 'node:http';
import type { BlockList, Socket } from 'node:net';
import { isIPv6 } from 'node:net';
import type { Log } from '../../../application/ports/log.ts';
import { addressKey, canonicalAddress } from '../requests/client-address.ts';
import { ClientConnection } from './client-connection.ts';
import { cutLargest } from './cut-largest.ts';
import { BURST, pastBurst } from './past-burst.ts';

export interface ConnectionCaps {
  /** Maximum connections of one address that follow no chat. A burst may exceed it for a few seconds. */
  readonly connectionsPerAddress: number;
  /** Maximum unsent bytes of answers, for one address and in all. */
  readonly unsentBytesPerAddress: number;
  readonly unsentBytes: number;
}

/** A connection without progress for this long counts a stall. It is cut after five in a row: 10 s. */
const STALL_MS = 2_000;
const MAX_STALLS = 5;
/** An address with no more connections than this is not checked: the answer of each connection is bounded by itself. */
const FEW = 8;
const TEND_MS = 1_000;
const LOG_MS = 60_000;

/** All connections to the server. Limits what one address can use, so that it cannot starve the others. */
export class Connections {
  readonly #max: number;
  readonly #caps: ConnectionCaps | undefined;
  readonly #trusted: BlockList | undefined;
  readonly #log: Log;
  readonly #all = new Map<Socket, ClientConnection>();
  readonly #ofAddresses = new Map<string, Set<ClientConnection>>();
  #loggedAt = Number.NEGATIVE_INFINITY;

  constructor(options: {
    /** Maximum in all, by the process's limit of descriptors. */
    readonly max: number;
    /** Undefined for no limits. */
    readonly caps: ConnectionCaps | undefined;
    readonly trustedProxies: BlockList | undefined;
    readonly log: Log;
  }) {
    this.#max = options.max;
    this.#caps = options.caps;
    this.#trusted = options.trustedProxies;
    this.#log = options.log;
  }

  /** Call it before the server listens. */
  watch(server: Server): void {
    server.setTimeout(STALL_MS, (socket) => this.#timedOut(socket));
    server.on('connection', (socket) => this.#admit(socket));
    server.prependListener('request', ({ socket }, response) => {
      const connection = this.#all.get(socket);
      if (!connection) return;
      connection.response = response;
      if (!this.#caps || connection.address === undefined) return;
      // Announced in the answer, so that the client does not lose a request when the connection closes.
      if (this.#excess(connection.address) > 0) response.setHeader('Connection', 'close');
      this.#shed(connection.address, this.#caps);
    });
    const tending = setInterval(() => this.#tend(), TEND_MS).unref();
    server.on('close', () => clearInterval(tending));
  }

  /** Marks the connection as a WebSocket. A second listener for `upgrade` would prevent refusals from being sent. */
  upgraded(socket: Socket): void {
    const connection = this.#all.get(socket);
    if (connection) connection.isUpgraded = true;
  }

  /** Marks the answer as an event stream. */
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
    const connection = new ClientConnection(socket, address);
    this.#all.set(socket, connection);
    if (address !== undefined) this.#of(address).add(connection);
    socket.once('close', () => this.#leave(connection));
  }

  #leave(connection: ClientConnection): void {
    this.#all.delete(connection.socket);
    if (connection.address === undefined) return;
    const others = this.#of(connection.address);
    others.delete(connection);
    if (others.size === 0) this.#ofAddresses.delete(connection.address);
  }

  /** Closes an idle connection if there is no room: one of the same address, else one of the address with the most. */
  #hasRoom(address: string | undefined): boolean {
    if (address !== undefined) {
      const excess = this.#excess(address);
      if (excess >= 0) this.#report('address', address);
      if (this.#isFull(address, excess)) return this.#dropIdle(this.#of(address));
    }
    if (this.#all.size < this.#max) return true;
    this.#report('all', undefined);
    const largest = [...this.#ofAddresses.values()].toSorted((a, b) => b.size - a.size)[0];
    return (largest !== undefined && this.#dropIdle(largest)) || this.#dropIdle(this.#all.values());
  }

  /** Closes the oldest idle connection. Returns false when there is none. */
  #dropIdle(connections: Iterable<ClientConnection>): boolean {
    for (const connection of connections) {
      if (!connection.isIdle) continue;
      this.#cut(connection);
      return true;
    }
    return false;
  }

  #cut(connection: ClientConnection): void {
    connection.socket.destroy();
    // Not at its `close` event: until then it would still be counted.
    this.#leave(connection);
  }

  /** An address gets at most half of the descriptors, whatever it uses them for. */
  #isFull(address: string, excess: number): boolean {
    const connections = this.#ofAddresses.get(address);
    if (!connections || !this.#caps) return false;
    return connections.size >= this.#max / 2 || excess >= (BURST - 1) * this.#caps.connectionsPerAddress;
  }

  /** By how much an address exceeds the connections that it may keep; zero or less when it does not. */
  #excess(address: string): number {
    const connections = this.#ofAddresses.get(address);
    if (!connections || !this.#caps) return Number.NEGATIVE_INFINITY;
    const { connectionsPerAddress } = this.#caps;
    if (connections.size < connectionsPerAddress) return connections.size - connectionsPerAddress;
    return [...connections].filter(({ isFollowing }) => !isFollowing).length - connectionsPerAddress;
  }

  /** Cuts the connections with the most unsent bytes, until the address is within its cap. */
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

  /** Called after a while without progress, and by Node when a keep-alive connection was idle for too long. */
  #timedOut(socket: Socket): void {
    const connection = this.#all.get(socket);
    if (!connection || socket.timeout !== STALL_MS) {
      socket.destroy();
      return;
    }
    // A WebSocket that does not read is closed elsewhere, with 1013 and a line in the log.
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

  #of(address: string): Set<ClientConnection> {
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
