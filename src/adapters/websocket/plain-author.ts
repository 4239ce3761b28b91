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
  /** The last position that was delivered. Later changes of messages up to there are left out. */
  #heard: Revision = revision(0);
  /** This socket resumed after the first revision, when the chat was at the second. */
  #resumed = { after: revision(0), at: revision(0) };

  constructor(userId: UserId) {
    this.#userId = userId;
  }

  nextClientId(): string {
    this.#sent += 1;
    return `${this.#prefix}${this.#sent}`;
  }

  ready(at: Revision, { after }: Admission): Buffer {
    this.#heard = after ?? at;
    this.#resumed = { after: this.#heard, at };
    return NOTHING;
  }

  reset(at: Revision): Buffer {
    this.#heard = at;
    this.#resumed = { after: at, at };
    return NOTHING;
  }

  details(): Buffer {
    return NOTHING;
  }

  user(): Buffer {
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
    if (change.kind === 'reactions') return false;
    const { position, author, clientId } = change;
    if (position <= this.#heard && !this.#wasMissed(change)) return false;
    return author.id !== this.#userId || clientId?.startsWith(this.#prefix) !== true;
  }

  /** Posted while this socket was away. Where it has changed since, it comes late, behind messages that were posted after it. */
  #wasMissed(change: ChatChange): boolean {
    return change.position > this.#resumed.after && change.revision <= this.#resumed.at;
  }
}
