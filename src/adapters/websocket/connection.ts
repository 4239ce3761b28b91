import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { Actor } from '../../application/actor.ts';
import type { EndReason, Follower } from '../../application/ports/follower.ts';
import type { Following } from '../../application/use-cases/messages/follow-chat.ts';
import type { UseCases } from '../../application/use-cases.ts';
import { type Revision, revision } from '../../domain/chats/chat.ts';
import { DomainError } from '../../domain/errors.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { Message } from '../../domain/messages/message.ts';
import { CLOSE, type ServerFrame } from '../wire/frames.ts';
import { type Answer, type FrameHandler, Inbound } from './inbound.ts';
import { Outbound } from './outbound.ts';
import { PlainAuthor } from './plain-author.ts';
import { decodeFrame, encodeFrame, encodeMessages, encodePlain, type Protocol } from './protocol.ts';

/** What all connections share. */
export interface ConnectionHost {
  readonly useCases: Pick<UseCases, 'followChat' | 'postMessage'>;
  /** Told of what is nobody's fault but ours; it closes the connection. */
  onBug(connection: Connection, error: unknown): void;
}

/** Who was let in, to what, and how they speak. */
export interface Admission {
  readonly actor: Actor;
  readonly chatId: ChatId;
  readonly after: Revision | undefined;
}

const CLOSE_FOR: Record<EndReason, number> = {
  session_ended: CLOSE.sessionEnded,
  not_a_member: CLOSE.notAMember,
  unavailable: CLOSE.tooSlow,
};

const nothingToSay: Answer = () => undefined;

/** One socket that follows one chat. There is one for every open page, so it holds no closures and no request. */
export class Connection implements Follower, FrameHandler {
  /** Cleared at each ping, set by the pong. */
  isAlive = true;
  readonly #socket: WebSocket;
  readonly #outbound: Outbound;
  readonly #host: ConnectionHost;
  readonly #admission: Admission;
  readonly #inbound = new Inbound(this);
  readonly #plain: PlainAuthor | undefined;
  readonly #following: Following;
  /** The last revision that was delivered. */
  #seen: Revision;

  constructor(opened: {
    readonly socket: WebSocket;
    readonly stream: Duplex;
    readonly host: ConnectionHost;
    readonly admission: Admission;
    readonly protocol: Protocol;
  }) {
    this.#socket = opened.socket;
    this.#outbound = new Outbound(opened.stream);
    this.#host = opened.host;
    this.#admission = opened.admission;
    this.#seen = opened.admission.after ?? revision(0);
    this.#plain = opened.protocol === 'plain' ? new PlainAuthor(opened.admission.actor.user.id) : undefined;
    const { actor, ...chat } = opened.admission;
    this.#following = opened.host.useCases.followChat(actor, chat, this);
  }

  /** Joins the chat and then handles what came in, and what comes. */
  open(): void {
    this.#watch(this.#following.join().then(() => this.#inbound.start()));
  }

  receive(frame: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#watch(this.#inbound.push(frame));
  }

  /** Answers what has come in, and then closes. */
  async finish(code: number, reason: string): Promise<void> {
    await this.#inbound.finish();
    this.#following.flush();
    this.close(code, reason);
  }

  close(code: number, reason = ''): void {
    this.stop();
    this.#socket.close(code, reason);
  }

  /** To be called once a second; `now` never steps back. */
  shedIfTooSlow(now: number): void {
    if (this.#outbound.isTooSlow(now)) this.close(CLOSE.tooSlow, 'too slow');
  }

  /** Finds out by the next call whether the peer is still there. */
  ping(): void {
    if (!this.isAlive) {
      this.#socket.terminate();
      return;
    }
    this.isAlive = false;
    this.#socket.ping();
  }

  stop(): void {
    this.#inbound.clear();
    this.#following.stop();
  }

  ready(revision: Revision): void {
    const { actor, chatId } = this.#admission;
    const { id, username } = actor.user;
    if (this.#admission.after === undefined) this.#seen = revision;
    this.#tell({ type: 'ready', chat_id: chatId, revision, you: { id, username } });
  }

  deliver(messages: readonly Message[]): boolean {
    this.#seen = messages.at(-1)?.revision ?? this.#seen;
    const frames = this.#plain ? encodePlain(this.#plain.withoutOwn(messages)) : encodeMessages(messages);
    const takesMore = this.#write(frames, messages.length);
    if (!takesMore) this.#outbound.onDrained(() => this.#catchUp());
    return takesMore;
  }

  reset(revision: Revision): void {
    this.#seen = revision;
    this.#tell({ type: 'reset', revision });
  }

  end(reason: EndReason): void {
    this.close(CLOSE_FOR[reason], reason);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  begin(frame: string): Promise<Answer> {
    if (this.#plain) return this.#post(frame, this.#plain.nextClientId());
    const decoded = decodeFrame(frame);
    if (decoded.type === 'post') return this.#post(decoded.text, decoded.clientId);
    const refusal = new DomainError('bad_request', 'This is not a frame of chat.v1.');
    return Promise.resolve(() => this.#refuse(refusal, decoded.clientId));
  }

  async #post(text: string, clientId: string): Promise<Answer> {
    const { actor, chatId } = this.#admission;
    try {
      const { message, isNew } = await this.#host.useCases.postMessage(actor, { chatId, text, clientId });
      // A new one comes back to its author as to everybody, in its place among the others.
      return isNew ? nothingToSay : () => this.#repeat(message);
    } catch (error) {
      return () => {
        if (!(error instanceof DomainError)) throw error;
        this.#refuse(error, clientId);
      };
    }
  }

  #repeat(message: Message): void {
    this.#following.flush();
    // Not seen means that it is on its way, in its place.
    if (message.revision <= this.#seen) this.#write(encodeMessages([message]));
  }

  #catchUp(): void {
    this.#watch(this.#following.resume(this.#seen));
  }

  #watch(work: Promise<void>): void {
    work.catch((error: unknown) => this.#host.onBug(this, error));
  }

  #refuse({ code, message }: DomainError, clientId: string | undefined): void {
    this.#following.flush();
    if (this.#plain) this.#write(PlainAuthor.refusal(message));
    else this.#tell({ type: 'refused', ...(clientId !== undefined && { client_id: clientId }), code, detail: message });
  }

  #tell(frame: ServerFrame): void {
    if (!this.#plain) this.#write(encodeFrame(frame));
  }

  #write(buffer: Buffer, frames = 1): boolean {
    const isOpen = this.#socket.readyState === WebSocket.OPEN;
    return buffer.length === 0 || !isOpen || this.#outbound.write(buffer, frames);
  }
}
