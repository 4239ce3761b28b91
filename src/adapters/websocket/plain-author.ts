import { randomBytes } from 'node:crypto';
import type { DomainError } from '../../domain/errors.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Message } from '../../domain/messages/message.ts';
import type { Dialect } from '../delivery/dialect.ts';
import { textFrames } from './framing.ts';
import { serverLine } from './plain-lines.ts';
import { encodePlain } from './protocol.ts';

const NOTHING = Buffer.alloc(0);

/**
 * The author behind a plain text socket, and how that is spoken to: it hears what people say, and why it was refused. Its messages are sent under client ids that no other socket uses, so that they
 * can be told from those the same person sends elsewhere, which are not this socket's own.
 */
export class PlainAuthor implements Dialect {
  readonly alive = NOTHING;
  readonly #userId: UserId;
  readonly #prefix = `plain-${randomBytes(9).toString('base64url')}-`;
  #sent = 0;

  constructor(userId: UserId) {
    this.#userId = userId;
  }

  nextClientId(): string {
    this.#sent += 1;
    return `${this.#prefix}${this.#sent}`;
  }

  ready(): Buffer {
    return NOTHING;
  }

  reset(): Buffer {
    return NOTHING;
  }

  details(): Buffer {
    return NOTHING;
  }

  messages(messages: readonly Message[]): Buffer {
    return encodePlain(this.#withoutOwn(messages));
  }

  refused({ message }: DomainError): Buffer {
    return textFrames([serverLine(message)]);
  }

  /** The same array when none is its own, so that its encoding is still shared. */
  #withoutOwn(messages: readonly Message[]): readonly Message[] {
    return messages.some((message) => this.#isOwn(message))
      ? messages.filter((message) => !this.#isOwn(message))
      : messages;
  }

  #isOwn({ author, clientId }: Message): boolean {
    return author.id === this.#userId && clientId?.startsWith(this.#prefix) === true;
  }
}
