import type { ReactionsFrame } from '../../src/adapters/wire/frames.ts';
import type { WireMessage } from '../../src/adapters/wire/message.ts';
import { wireQuoteOf } from '../../src/adapters/wire/quotes.ts';
import type { UserServerFrame, WireChatSummary } from '../../src/adapters/wire/user-frames.ts';
import { UserSocket } from '../websocket/chat-client.ts';
import type { ChatServer, Person } from '../websocket/chat-server.ts';

/** What a user knows of a chat that was followed. */
interface Known {
  seen: number;
  readonly messages: Map<number, WireMessage>;
}

/** A user whose socket drops and comes back, and who holds every frame against what was promised. */
export class RoamingUser {
  readonly person: Person;
  readonly broken: string[] = [];
  readonly known = new Map<number, Known>();
  summaries = new Map<number, WireChatSummary>();
  readonly #server: ChatServer;
  #socket: UserSocket | undefined;
  #reading: Promise<void> = Promise.resolve();
  /** Chats that are followed on this socket: the last `follow` was answered by `ready`. */
  #ready = new Set<number>();
  /** Chats whose last frame was `follow` and not `unfollow`. */
  readonly #wanted = new Set<number>();
  /** How many `follow` have yet to be answered, by chat. */
  #following = new Map<number, number>();
  /** Messages that commands on this socket are about, by chat and position: an answer may be a message that is known. */
  #commanded = new Set<string>();
  #sent = 0;
  #onAlive: (() => void) | undefined;

  constructor(server: ChatServer, person: Person) {
    this.#server = server;
    this.person = person;
  }

  async connect(): Promise<void> {
    this.drop();
    const socket = new UserSocket({ url: this.#server.userSocketUrl, cookie: this.person.cookie });
    await socket.opened();
    this.#socket = socket;
    this.#ready = new Set();
    this.#following = new Map();
    this.#commanded = new Set();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#reading = this.#read(socket, resolve);
    await promise;
  }

  drop(): void {
    this.#socket?.socket.terminate();
    this.#socket = undefined;
    this.#onAlive?.();
  }

  follow(chat_id: number): void {
    if (!this.#socket) return;
    this.#ready.delete(chat_id);
    this.#wanted.add(chat_id);
    this.#following.set(chat_id, (this.#following.get(chat_id) ?? 0) + 1);
    this.#socket.say({ type: 'follow', chat_id, after: this.known.get(chat_id)?.seen ?? 0 });
  }

  unfollow(chat_id: number): void {
    this.#wanted.delete(chat_id);
    this.#ready.delete(chat_id);
    this.#socket?.say({ type: 'unfollow', chat_id });
  }

  post(chat_id: number, text: string): void {
    this.#socket?.post(chat_id, `${this.person.actor.user.id}-${this.#sent++}`, text);
  }

  /** To a message that this user knows, if there is one. */
  reply(chat_id: number, { text, to }: { readonly text: string; readonly to: number }): void {
    const positions = [...(this.known.get(chat_id)?.messages.keys() ?? [])];
    const reply_to = positions[to % positions.length];
    const client_id = `${this.person.actor.user.id}-${this.#sent++}`;
    if (reply_to !== undefined) this.#socket?.say({ type: 'post', chat_id, client_id, text, reply_to });
  }

  /** Of a message that this user knows, if there is one. */
  change(
    type: 'edit' | 'delete' | 'restore',
    { chat_id, of }: { readonly chat_id: number; readonly of: number },
  ): void {
    const message = this.#commandAbout(chat_id, of);
    if (!message || !this.#socket) return;
    const { position, revision, client_id } = message;
    if (type === 'edit') this.#socket.say({ type, chat_id, client_id, position, revision, text: `edit ${client_id}` });
    else this.#socket.say({ type, chat_id, client_id, position });
  }

  /** To a message that this user knows, if there is one. */
  react(
    chat_id: number,
    { of, emoji, on }: { readonly of: number; readonly emoji: string; readonly on: boolean },
  ): void {
    const message = this.#commandAbout(chat_id, of);
    if (!message) return;
    const { position, client_id } = message;
    this.#socket?.say({ type: 'react', chat_id, client_id, position, emoji, on });
  }

  #commandAbout(chat_id: number, of: number) {
    const messages = [...(this.known.get(chat_id)?.messages.values() ?? [])];
    const message = messages[of % messages.length];
    if (!message) return undefined;
    const { position, revision } = message;
    this.#commanded.add(`${chat_id}/${position}`);
    return { position, revision, client_id: `c-${this.#sent++}` };
  }

  /** Resolves when all that was sent has been answered. */
  async answered(): Promise<void> {
    if (!this.#socket) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onAlive = resolve;
    this.#socket.say({ type: 'alive' });
    await promise;
  }

  async gone(): Promise<void> {
    this.drop();
    await this.#reading;
  }

  async #read(socket: UserSocket, onHello: () => void): Promise<void> {
    let isOpen = true;
    const closed = socket.closed.then(() => {
      isOpen = false;
    });
    while (isOpen) {
      const frame = await Promise.race([socket.nextFrame(), closed]);
      if (!frame || this.#socket !== socket) continue;
      this.#take(frame);
      if (frame.type === 'hello') onHello();
    }
    onHello();
  }

  #take(frame: UserServerFrame): void {
    switch (frame.type) {
      case 'hello':
        this.summaries = new Map(frame.chats.map((chat) => [chat.id, chat]));
        return;
      case 'chat':
        this.summaries.set(frame.chat.id, frame.chat);
        return;
      case 'left':
        if (!this.summaries.delete(frame.chat_id)) this.broken.push(`left ${frame.chat_id} twice`);
        this.#ready.delete(frame.chat_id);
        return;
      case 'ready':
        if (this.#isLastAnswer(frame.chat_id) && this.#wanted.has(frame.chat_id)) this.#ready.add(frame.chat_id);
        return;
      case 'message':
        this.#takeMessage(frame.message);
        return;
      case 'reset':
        this.broken.push(`reset of ${frame.chat_id}`);
        return;
      case 'alive':
        this.#onAlive?.();
        return;
      case 'refused':
        if (frame.client_id === undefined && frame.chat_id !== undefined) this.#isLastAnswer(frame.chat_id);
        return;
      case 'reactions':
        this.#takeReactions(frame);
        return;
      case 'details':
      case 'typing':
      case 'presence':
      case 'sound':
      case 'signed_in':
      case 'oversight':
      case 'picture':
      case 'user':
        return;
      default:
        frame satisfies never;
    }
  }

  /** Of a `follow`. */
  #isLastAnswer(chat_id: number): boolean {
    const left = (this.#following.get(chat_id) ?? 0) - 1;
    this.#following.set(chat_id, left);
    return left === 0;
  }

  #takeMessage(message: WireMessage): void {
    const known = this.#advance(message)?.messages;
    if (!known) return;
    known.set(message.position, message);
    // A change of a message is the only word of the change of its quotes.
    for (const [position, reply] of known)
      if (reply.reply_to?.position === message.position)
        known.set(position, { ...reply, reply_to: wireQuoteOf(message) });
  }

  #takeReactions(change: ReactionsFrame): void {
    const { chat_id, position, revision, reactions } = change;
    const messages = this.#advance(change)?.messages;
    const message = messages?.get(position);
    if (message) messages?.set(position, { ...message, revision, reactions });
    else if (messages) this.broken.push(`${chat_id}: reactions to ${position}, which is not known`);
  }

  /** What is known of the chat, for a change that is news; undefined for any other. */
  #advance(change: { readonly chat_id: number; readonly position: number; readonly revision: number }) {
    const { chat_id, position, revision } = change;
    // An answer in a chat that is not followed says nothing of what came before it.
    if (!this.#ready.has(chat_id)) return undefined;
    const known = this.known.get(chat_id) ?? { seen: 0, messages: new Map() };
    this.known.set(chat_id, known);
    if (revision <= known.seen) {
      const isAnswer = this.#commanded.has(`${chat_id}/${position}`);
      if (!isAnswer) this.broken.push(`${chat_id}: ${revision} after ${known.seen}`);
      return undefined;
    }
    known.seen = revision;
    return known;
  }
}
