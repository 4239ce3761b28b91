import type { Actor } from '../../application/actor.ts';
import type { UseCases } from '../../application/use-cases.ts';
import { DomainError } from '../../domain/errors.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { Message } from '../../domain/messages/message.ts';
import type { Answer } from './inbound.ts';
import type { PlainAuthor } from './plain-author.ts';
import { decodeFrame } from './protocol.ts';

export interface Replies {
  /** To a post that an earlier one had stored. */
  repeat(message: Message): void;
  /** To a client that asks for a sign of life. */
  alive(): void;
  refuse(refusal: DomainError, clientId: string | undefined): void;
  /** To too many frames that are none. */
  giveUp(reason: 'too many bad frames'): void;
}

/** So many frames that are none, within so long, are taken for abuse. */
const MOST_BAD_FRAMES = 10;
const BAD_FRAMES_WITHIN_MS = 60_000;

const nothingToSay: Answer = () => undefined;

/** What one socket sends, turned into posts. */
export class Posting {
  readonly #postMessage: UseCases['postMessage'];
  readonly #author: { readonly actor: Actor; readonly chatId: ChatId; readonly plain: PlainAuthor | undefined };
  readonly #replies: Replies;
  #badFrames = 0;
  #badSince = 0;

  constructor(
    postMessage: UseCases['postMessage'],
    author: { readonly actor: Actor; readonly chatId: ChatId; readonly plain: PlainAuthor | undefined },
    replies: Replies,
  ) {
    this.#postMessage = postMessage;
    this.#author = author;
    this.#replies = replies;
  }

  begin(frame: string): Promise<Answer> {
    const { plain, chatId } = this.#author;
    if (plain) return this.#post(frame, plain.nextClientId());
    const decoded = decodeFrame(frame, chatId);
    if (decoded.type === 'post') return this.#post(decoded.text, decoded.clientId);
    if (decoded.type === 'alive') return Promise.resolve(() => this.#replies.alive());
    const refusal = new DomainError('bad_request', 'This is not a frame of chat.v1 for this chat.');
    return Promise.resolve(() => {
      this.#replies.refuse(refusal, decoded.clientId);
      this.#countBadFrame();
    });
  }

  #countBadFrame(): void {
    const now = performance.now();
    if (now - this.#badSince > BAD_FRAMES_WITHIN_MS) {
      this.#badSince = now;
      this.#badFrames = 0;
    }
    this.#badFrames += 1;
    if (this.#badFrames >= MOST_BAD_FRAMES) this.#replies.giveUp('too many bad frames');
  }

  async #post(text: string, clientId: string): Promise<Answer> {
    const { actor, chatId } = this.#author;
    try {
      const { message, isNew } = await this.#postMessage(actor, { chatId, text, clientId });
      // A new one comes back to its author as to everybody, in its place among the others.
      return isNew ? nothingToSay : () => this.#replies.repeat(message);
    } catch (error) {
      return () => {
        if (!(error instanceof DomainError)) throw error;
        this.#replies.refuse(error, clientId);
      };
    }
  }
}
