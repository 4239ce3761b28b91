import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { Actor } from '../../application/actor.ts';
import type { EndReason, Follower } from '../../application/ports/follower.ts';
import type { Following } from '../../application/use-cases/messages/follow-chat.ts';
import type { UseCases } from '../../application/use-cases.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import { DomainError } from '../../domain/errors.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { Message } from '../../domain/messages/message.ts';
import { CLOSE, type ServerFrame } from '../wire/frames.ts';
import { type FrameHandler, Inbound } from './inbound.ts';
import { PlainAuthor } from './plain-author.ts';
import { decodeFrame, encodeFrame, encodeMessages, encodePlain, type Protocol } from './protocol.ts';

export type ConnectionUseCases = Pick<UseCases, 'followChat' | 'postMessage'>;

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

/** One socket that follows one chat. There is one for every open page, so it holds no closures and no request. */
export class Connection implements Follower, FrameHandler {
  /** Cleared at each ping, set by the pong. */
  isAlive = true;
  readonly #socket: WebSocket;
  /** The stream beneath: frames for all followers are written to it as they are, in one buffer. */
  readonly #stream: Duplex;
  readonly #useCases: ConnectionUseCases;
  readonly #admission: Admission;
  readonly #inbound = new Inbound(this);
  readonly #plain: PlainAuthor | undefined;
  readonly #following: Following;

  constructor(opened: {
    readonly socket: WebSocket;
    readonly stream: Duplex;
    readonly useCases: ConnectionUseCases;
    readonly admission: Admission;
    readonly protocol: Protocol;
  }) {
    this.#socket = opened.socket;
    this.#stream = opened.stream;
    this.#useCases = opened.useCases;
    this.#admission = opened.admission;
    this.#plain = opened.protocol === 'plain' ? new PlainAuthor(opened.admission.actor.user.id) : undefined;
    const { actor, ...chat } = opened.admission;
    this.#following = opened.useCases.followChat(actor, chat, this);
  }

  /** Joins the chat and then handles what came in, and what comes. */
  async open(): Promise<void> {
    await this.#following.join();
    await this.#inbound.start();
  }

  async receive(frame: string): Promise<void> {
    if (this.#socket.readyState === WebSocket.OPEN) await this.#inbound.push(frame);
  }

  close(code: number, reason = ''): void {
    this.stop();
    this.#socket.close(code, reason);
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

  terminate(): void {
    this.#socket.terminate();
  }

  stop(): void {
    this.#inbound.clear();
    this.#following.stop();
  }

  ready(revision: Revision): void {
    const { actor, chatId } = this.#admission;
    const { id, username } = actor.user;
    this.#tell({ type: 'ready', chat_id: chatId, revision, you: { id, username } });
  }

  deliver(messages: readonly Message[]): void {
    if (this.#plain) this.#write(encodePlain(this.#plain.withoutOwn(messages)));
    else this.#write(encodeMessages(messages));
  }

  reset(revision: Revision): void {
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

  async handle(frame: string): Promise<void> {
    if (this.#plain) return this.#post(frame, this.#plain.nextClientId());
    const decoded = decodeFrame(frame);
    if (decoded.type === 'post') return this.#post(decoded.text, decoded.clientId);
    this.#refuse(new DomainError('bad_request', 'This is not a frame of chat.v1.'), decoded.clientId);
  }

  async #post(text: string, clientId: string): Promise<void> {
    const { actor, chatId } = this.#admission;
    try {
      const { message, isNew } = await this.#useCases.postMessage(actor, { chatId, text, clientId });
      // A new one comes back to its author as to everybody, in its place among the others.
      if (!isNew) this.#following.repeat(message);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.#refuse(error, clientId);
    }
  }

  #refuse({ code, message }: DomainError, clientId: string | undefined): void {
    if (this.#plain) this.#write(PlainAuthor.refusal(message));
    else this.#tell({ type: 'refused', ...(clientId !== undefined && { client_id: clientId }), code, detail: message });
  }

  #tell(frame: ServerFrame): void {
    if (!this.#plain) this.#write(encodeFrame(frame));
  }

  #write(frames: Buffer): void {
    if (frames.length > 0 && this.#socket.readyState === WebSocket.OPEN) this.#stream.write(frames);
  }
}
