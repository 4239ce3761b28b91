import type { Actor } from '../../src/application/actor.ts';
import type { Following } from '../../src/application/feed/chat-following.ts';
import type { ConnectedFollower } from '../../src/application/ports/follower.ts';
import type { FollowChat } from '../../src/application/use-cases/messages/follow-chat.ts';
import { type Revision, revision } from '../../src/domain/chats/chat.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import type { Message } from '../../src/domain/messages/message.ts';
import { isReply, requoted } from '../../src/domain/messages/quotes.ts';

/** A client that drops and comes back, and holds every delivery against what it was promised. */
export class RecordingClient {
  /** What it knows of each message, by position. */
  readonly messages = new Map<Revision, Message>();
  /** Everything that it was told, in order. */
  readonly told: Message[] = [];
  readonly broken: string[] = [];
  seen: Revision = revision(0);
  /** Counts down: the delivery that brings it to 0 is answered with "no more for now". */
  chokesAfter: number;
  /** Everything that following began; it rejects when any of it failed. */
  work: Promise<unknown> = Promise.resolve();
  #socket: RecordingSocket | undefined;

  constructor({ chokesAfter }: { chokesAfter: number }) {
    this.chokesAfter = chokesAfter;
  }

  follow(followChat: FollowChat, actor: Actor, chatId: ChatId): void {
    this.drop();
    const socket = new RecordingSocket(this);
    this.#socket = socket;
    socket.following = followChat(actor, { chatId, after: this.seen, wantsDetails: true }, socket);
    this.work = Promise.all([this.work, socket.following.join()]);
  }

  drop(): void {
    this.#socket?.close();
    this.#socket = undefined;
  }

  /** Takes deliveries again, if it had stopped to. */
  unchoke(): void {
    const socket = this.#socket;
    if (!socket?.isChoked || !socket.following) return;
    socket.isChoked = false;
    this.work = Promise.all([this.work, socket.following.resume(this.seen)]);
  }

  take(message: Message): void {
    if (message.revision <= this.seen) this.broken.push(`${message.revision} after ${this.seen}`);
    this.seen = message.revision;
    this.told.push(message);
    this.messages.set(message.position, message);
    // A change of a message is the only word of the change of its quotes.
    for (const [position, reply] of this.messages)
      if (isReply(reply) && reply.replyTo.position === message.position)
        this.messages.set(position, requoted(reply, message));
  }
}

/** One connection of a client: what comes after it closed is a mistake. */
class RecordingSocket implements ConnectedFollower {
  following: Following | undefined;
  isChoked = false;
  readonly #client: RecordingClient;
  #isReady = false;
  #isClosed = false;

  constructor(client: RecordingClient) {
    this.#client = client;
  }

  close(): void {
    this.#isClosed = true;
    this.following?.stop();
  }

  ready(): void {
    this.#must(!this.#isReady, 'ready once');
    this.#isReady = true;
  }

  details(): void {
    this.#must(this.#isReady, 'ready before the details');
    this.#must(!this.isChoked, 'no details while it is choked');
  }

  renamed(): void {
    this.#must(this.#isReady, 'ready before a name');
  }

  deliver(messages: readonly Message[]): boolean {
    this.#must(this.#isReady, 'ready before the first delivery');
    this.#must(!this.isChoked, 'no delivery while it is choked');
    this.#must(!this.#isClosed, 'no delivery after it stopped');
    for (const message of messages) this.#client.take(message);
    this.#client.chokesAfter -= 1;
    this.isChoked = this.#client.chokesAfter === 0;
    return !this.isChoked;
  }

  catchUp(messages: readonly Message[]): boolean {
    return this.deliver(messages);
  }

  reset(at: Revision): void {
    this.#must(false, `no reset at ${at}`);
  }

  end(reason: string): void {
    this.#must(false, `no end: ${reason}`);
  }

  #must(holds: boolean, promise: string): void {
    if (!holds) this.#client.broken.push(`broken: ${promise}`);
  }
}
