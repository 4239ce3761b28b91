import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { UserFrame } from '../../src/adapters/wire/client-frames.ts';
import type { ServerFrame } from '../../src/adapters/wire/frames.ts';
import type { UserServerFrame } from '../../src/adapters/wire/user-frames.ts';

export interface SocketOptions {
  readonly url: string;
  readonly cookie?: string | undefined;
  readonly origin?: string | undefined;
}

/** A WebSocket whose frames are awaited one by one, in the order in which they came. */
export class TextSocket {
  readonly socket: WebSocket;
  readonly #received: string[] = [];
  readonly #awaited: ((frame: string) => void)[] = [];
  readonly closed: Promise<number>;

  constructor({ url, cookie, origin }: SocketOptions, protocols: string[] = []) {
    const headers = { ...(cookie && { cookie }), ...(origin && { origin }) };
    this.socket = new WebSocket(url, protocols, { headers });
    this.socket.on('message', (data) => this.#take(data.toString()));
    this.closed = new Promise((resolve) => this.socket.once('close', resolve));
  }

  async opened(): Promise<this> {
    await once(this.socket, 'open');
    return this;
  }

  next(): Promise<string> {
    const frame = this.#received.shift();
    return frame === undefined ? new Promise((resolve) => this.#awaited.push(resolve)) : Promise.resolve(frame);
  }

  /** Those that came and were not asked for. */
  get unread(): readonly string[] {
    return this.#received;
  }

  send(frame: string): void {
    this.socket.send(frame);
  }

  #take(frame: string): void {
    const awaited = this.#awaited.shift();
    if (awaited) awaited(frame);
    else this.#received.push(frame);
  }
}

/** A socket that speaks chat.v1. */
export class ChatSocket extends TextSocket {
  constructor(options: SocketOptions) {
    super(options, ['chat.v1']);
  }

  async nextFrame(): Promise<ServerFrame> {
    return JSON.parse(await this.next());
  }

  async nextFrames(count: number): Promise<ServerFrame[]> {
    const frames: ServerFrame[] = [];
    while (frames.length < count) frames.push(await this.nextFrame());
    return frames;
  }

  /** The texts of the next messages, and the types of other frames between them. Signs of life are skipped: they come by the clock. */
  async nextTexts(count: number): Promise<(string | undefined)[]> {
    const texts: (string | undefined)[] = [];
    while (texts.length < count) {
      const frame = await this.nextFrame();
      if (frame.type !== 'alive') texts.push(frame.type === 'message' ? frame.message.text : frame.type);
    }
    return texts;
  }

  post(client_id: string, text: string): void {
    this.send(JSON.stringify({ type: 'post', client_id, text }));
  }
}

/** A socket that speaks user.v1. */
export class UserSocket extends TextSocket {
  constructor(options: SocketOptions) {
    super(options, ['user.v1']);
  }

  async nextFrame(): Promise<UserServerFrame> {
    return JSON.parse(await this.next());
  }

  /** The next frame of these types; those of other types in between are skipped. */
  async nextOf<Type extends UserServerFrame['type']>(
    ...types: readonly Type[]
  ): Promise<Extract<UserServerFrame, { readonly type: Type }>> {
    for (;;) {
      const frame = await this.nextFrame();
      if (isOf(frame, types)) return frame;
    }
  }

  say(frame: UserFrame): void {
    this.send(JSON.stringify(frame));
  }

  post(chat_id: number, client_id: string, text: string): void {
    this.say({ type: 'post', chat_id, client_id, text });
  }

  /** Follows a chat, and resolves with its `ready`. */
  async follow(chat_id: number, after?: number) {
    this.say({ type: 'follow', chat_id, after });
    return this.nextOf('ready');
  }
}

function isOf<Type extends UserServerFrame['type']>(
  frame: UserServerFrame,
  types: readonly Type[],
): frame is Extract<UserServerFrame, { readonly type: Type }> {
  return types.some((type) => type === frame.type);
}

/** The status with which an upgrade is refused, or 101. */
export async function upgradeStatus(options: SocketOptions, protocols: string[] = []): Promise<number | undefined> {
  const { socket } = new TextSocket(options, protocols);
  return new Promise((resolve) => {
    socket.on('error', () => undefined);
    socket.once('open', () => {
      socket.close();
      resolve(101);
    });
    socket.once('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode);
    });
  });
}
