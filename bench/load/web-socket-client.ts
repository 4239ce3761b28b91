import { connect, type Socket } from 'node:net';
import { pongFrame } from './client-frames.ts';
import { prepend, READ_AT, readRegion, received, receivedView } from './read-buffer.ts';

/** What becomes of the frames that arrive; positions are in `received`, and valid during the call only. */
export interface Sink {
  text(client: WebSocketClient, start: number, end: number): void;
  /** Everything one read brought has been handed over. */
  readEnded(client: WebSocketClient): void;
  closed(client: WebSocketClient, why: string): void;
}

export interface WebSocketTarget {
  readonly port: number;
  readonly path: string;
  readonly headers: string;
}

const NOTHING = Buffer.alloc(0);

/**
 * The least WebSocket client that is still correct, the same for every contender: it parses frame headers in place and
 * leaves payloads as bytes, so that the generator is not what a measurement measures.
 */
export class WebSocketClient {
  readonly index: number;
  readonly #socket: Socket;
  readonly #sink: Sink;
  #open = false;
  #ended = false;
  #rest: Buffer = NOTHING;

  constructor(index: number, target: WebSocketTarget, sink: Sink) {
    this.index = index;
    this.#sink = sink;
    this.#socket = connect({
      port: target.port,
      host: '127.0.0.1',
      noDelay: true,
      onread: { buffer: readRegion, callback: (bytes) => this.#read(bytes) },
    });
    this.#socket.on('error', (error) => this.#end(error.message));
    this.#socket.on('close', () => this.#end('connection closed'));
    this.#socket.write(upgradeRequest(target));
  }

  send(frames: Uint8Array): void {
    this.#socket.write(frames);
  }

  /** Leaves without a closing handshake, as a client that lost its network does. */
  drop(): void {
    this.#ended = true;
    this.#socket.destroy();
  }

  #read(bytes: number): boolean {
    let at = prepend(this.#rest);
    const end = READ_AT + bytes;
    if (!this.#open) at = this.#handshake(at, end);
    if (this.#open) at = this.#frames(at, end);
    this.#rest = at === end ? NOTHING : Buffer.from(received.subarray(at, end));
    this.#sink.readEnded(this);
    return true;
  }

  #handshake(start: number, end: number): number {
    const head = received.toString('latin1', start, end);
    const length = head.indexOf('\r\n\r\n');
    if (length < 0) return start;
    if (!head.startsWith('HTTP/1.1 101 ')) {
      this.#end(`upgrade refused: ${head.slice(0, 400)}`);
      this.#socket.destroy();
      return end;
    }
    this.#open = true;
    return start + length + 4;
  }

  #frames(start: number, end: number): number {
    let at = start;
    while (end - at >= 2) {
      const first = receivedView.getUint8(at);
      let length = receivedView.getUint8(at + 1);
      let header = 2;
      if (length === 126) {
        if (end - at < 4) break;
        length = receivedView.getUint16(at + 2);
        header = 4;
      } else if (length > 126) {
        throw new Error('A masked frame, or one over 64 KiB');
      }
      const next = at + header + length;
      if (next > end) break;
      if (first === 0x81) this.#sink.text(this, at + header, next);
      else this.#control(first, received.subarray(at + header, next));
      at = next;
    }
    return at;
  }

  #control(first: number, payload: Buffer): void {
    if (first === 0x89) this.send(pongFrame(payload));
    else if (first === 0x88) this.#end(`closed with ${payload.length < 2 ? 'no code' : payload.readUInt16BE(0)}`);
    else if (first !== 0x8a) throw new Error(`An unexpected frame, 0x${first.toString(16)}`);
  }

  #end(why: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#sink.closed(this, why);
  }
}

function upgradeRequest({ port, path, headers }: WebSocketTarget): string {
  return (
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
    `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${headers}\r\n`
  );
}
