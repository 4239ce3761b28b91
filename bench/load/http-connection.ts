import { connect, type Socket } from 'node:net';
import { READ_AT, readRegion, received } from './read-buffer.ts';

const LAST_CHUNK = Buffer.from('\r\n0\r\n\r\n');

/** A kept-alive HTTP/1.1 connection with one request at a time on it. Bodies are counted, not kept. */
export class HttpConnection {
  readonly #socket: Socket;
  #head = '';
  #left = 0;
  #bytes = 0;
  #done: ((bytes: number) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;

  constructor(port: number) {
    this.#socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: { buffer: readRegion, callback: (bytes) => this.#read(READ_AT + bytes) },
    });
    this.#socket.on('error', (error) => this.#failed?.(error));
    this.#socket.on('close', () => this.#failed?.(new Error('The server closed the connection')));
  }

  /** Resolves to the bytes of the body of a 200 answer. */
  get(request: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#done = resolve;
      this.#failed = reject;
      this.#head = '';
      this.#bytes = 0;
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#failed = undefined;
    this.#socket.destroy();
  }

  #read(end: number): boolean {
    const body = this.#bytes === 0 ? this.#readHead(end) : READ_AT;
    if (body < 0) return true;
    this.#bytes += end - body;
    if (Number.isNaN(this.#left) ? endsWith(LAST_CHUNK, end) : this.#bytes >= this.#left) this.#done?.(this.#bytes);
    return true;
  }

  /** Answers where the body begins, or −1 while the head is unfinished; `#left` is NaN for a body in chunks. */
  #readHead(end: number): number {
    const before = this.#head.length;
    this.#head += received.toString('latin1', READ_AT, Math.min(end, READ_AT + 4096));
    const length = this.#head.indexOf('\r\n\r\n');
    if (length < 0) return -1;
    const head = this.#head.slice(0, length);
    if (!head.startsWith('HTTP/1.1 200 ')) this.#failed?.(new Error(head.slice(0, 200)));
    this.#left = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? Number.NaN);
    return READ_AT + length + 4 - before;
  }
}

/** Enough to tell the end of a chunked body: with one request at a time, nothing follows it. */
function endsWith(ending: Buffer, end: number): boolean {
  return received.subarray(end - ending.length, end).equals(ending);
}

export function getRequest(port: number, { path, headers }: { path: string; headers: string }): Buffer {
  return Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: text/html\r\n${headers}\r\n`);
}
