import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { OPCODE } from './raw-frames.ts';

export interface ReceivedFrame {
  readonly opcode: number;
  readonly payload: Buffer;
}

export interface HandshakeOptions {
  /** Of a chat socket, as `ws://…`. */
  readonly url: string;
  readonly cookie?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** The address to connect from. */
  readonly from?: string;
}

/** The request that asks for a socket; a header that is undefined is left out. */
export function handshake({ url, cookie, headers = {} }: HandshakeOptions): string {
  const { host, pathname, search } = new URL(url);
  const all: Record<string, string | undefined> = {
    Host: host,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version': '13',
    Cookie: cookie,
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return [`GET ${pathname}${search} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}

/** A peer that speaks bytes: it sends whatever it is told to, answers nothing by itself, and reads what it is sent. */
export class RawPeer {
  readonly socket: Socket;
  /** The head of the answer to the handshake. */
  readonly answered: Promise<string>;
  /** The code with which the server closed, or undefined when it said none; once the connection has ended. */
  readonly closed: Promise<number | undefined>;
  readonly #frames: ReceivedFrame[] = [];
  readonly #awaited: ((frame: ReceivedFrame) => void)[] = [];
  #bytes = Buffer.alloc(0);
  #isOpen = false;
  #closeCode: number | undefined;

  constructor(options: HandshakeOptions) {
    const { hostname, port } = new URL(options.url);
    const from = options.from === undefined ? {} : { localAddress: options.from };
    this.socket = connect({ host: hostname, port: Number(port), noDelay: true, ...from });
    // A server that has had enough may cut the connection while it is still written to.
    this.socket.on('error', () => undefined);
    this.answered = new Promise((resolve, reject) => {
      this.socket.on('data', (chunk) => this.#take(chunk, resolve));
      this.socket.once('close', () => reject(new Error('The handshake was not answered.')));
    });
    this.answered.catch(() => undefined);
    this.closed = new Promise((resolve) => this.socket.once('close', () => resolve(this.#closeCode)));
    this.socket.write(handshake(options));
  }

  /** A peer whose socket is open. */
  static async open(options: HandshakeOptions): Promise<RawPeer> {
    const peer = new RawPeer(options);
    const answer = await peer.answered;
    if (!answer.startsWith('HTTP/1.1 101 ')) throw new Error(`The handshake was answered with ${answer}`);
    return peer;
  }

  write(...frames: readonly Uint8Array[]): void {
    this.socket.write(Buffer.concat(frames));
  }

  /** One byte at a time, each in a packet of its own as far as the system lets it. */
  async trickle(bytes: Uint8Array): Promise<void> {
    for (const byte of bytes) {
      if (!this.socket.write(Buffer.from([byte]))) await once(this.socket, 'drain');
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  next(): Promise<ReceivedFrame> {
    const frame = this.#frames.shift();
    return frame ? Promise.resolve(frame) : new Promise((resolve) => this.#awaited.push(resolve));
  }

  async nextText(): Promise<string> {
    return (await this.next()).payload.toString();
  }

  get unread(): readonly ReceivedFrame[] {
    return this.#frames;
  }

  #take(chunk: Buffer, onAnswer: (head: string) => void): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    if (!this.#isOpen) {
      const end = this.#bytes.indexOf('\r\n\r\n');
      if (end < 0) return;
      this.#isOpen = true;
      onAnswer(this.#bytes.subarray(0, end).toString('latin1'));
      this.#bytes = this.#bytes.subarray(end + 4);
    }
    for (let frame = this.#nextWhole(); frame; frame = this.#nextWhole()) this.#hand(frame);
  }

  /** The server's frames are never masked. */
  #nextWhole(): ReceivedFrame | undefined {
    const [first, second] = this.#bytes;
    if (first === undefined || second === undefined) return undefined;
    const width = second < 126 ? 0 : second === 126 ? 2 : 8;
    if (this.#bytes.length < 2 + width) return undefined;
    const length = width === 0 ? second : Number(BigInt(`0x${this.#bytes.subarray(2, 2 + width).toString('hex')}`));
    const end = 2 + width + length;
    if (this.#bytes.length < end) return undefined;
    const payload = this.#bytes.subarray(2 + width, end);
    this.#bytes = this.#bytes.subarray(end);
    return { opcode: first & 0xf, payload };
  }

  #hand(frame: ReceivedFrame): void {
    if (frame.opcode === OPCODE.close) {
      this.#closeCode = frame.payload.length >= 2 ? frame.payload.readUInt16BE() : 1005;
      this.socket.end();
    }
    const awaited = this.#awaited.shift();
    if (awaited) awaited(frame);
    else this.#frames.push(frame);
  }
}
