import { randomBytes } from 'node:crypto';
import { type Revision, revision } from '../../domain/chats/chat.ts';
import type { DomainError } from '../../domain/errors.ts';
import type { UserId } from '../../domain/ids.ts';
import type { ChatChange } from '../../domain/reactions/reactions-change.ts';
import type { Admission } from '../delivery/admission.ts';
import type { Dialect } from '../delivery/dialect.ts';
import { textFrames } from './framing.ts';
import { serverLine } from './plain-lines.ts';
import { encodePlain } from './protocol.ts';

const NOTHING = Buffer.alloc(0);

/**
 * The dialect of a plain-text socket: it is told each text that others post, once, and why its own posts were refused. Its
 * posts have client ids that no other socket uses, which tells them apart from posts of the same user on other connections.
 */
export class PlainAuthor implements Dialect {
  readonly alive = NOTHING;
  readonly #userId: UserId;
  readonly #prefix = `plain-${randomBytes(9).toString('base64url')}-`;
  #sent = 0;
  /** The last position that was delivered. Changes of earlier messages are left out. */
  #heard: Revision = revision(0);

  constructor(userId: UserId) {
    this.#userId = userId;
  }

  nextClientId(): string {
    this.#sent += 1;
    return `${this.#prefix}${this.#sent}`;
  }

  ready(at: Revision, { after }: Admission): Buffer {
    this.#heard = after ?? at;
    return NOTHING;
  }

  reset(at: Revision): Buffer {
    this.#heard = at;
    return NOTHING;
  }

  details(): Buffer {
    return NOTHING;
  }

  changes(changes: readonly ChatChange[]): Buffer {
    const news = this.#newsOf(changes);
    for (const { position } of changes) if (position > this.#heard) this.#heard = position;
    return encodePlain(news);
  }

  refused({ message }: DomainError): Buffer {
    return textFrames([serverLine(message)]);
  }

  /** The same array when all of it is delivered, so that its encoding is shared. */
  #newsOf(changes: readonly ChatChange[]): readonly ChatChange[] {
    return changes.every((change) => this.#isNews(change)) ? changes : changes.filter((change) => this.#isNews(change));
  }

  #isNews(change: ChatChange): boolean {
    if (change.kind === 'reactions' || change.position <= this.#heard) return false;
    const { author, clientId } = change;
    return author.id !== this.#userId || clientId?.startsWith(this.#prefix) !== true;
  }
}
