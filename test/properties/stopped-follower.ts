import type { Revision } from '../../src/domain/chats/chat.ts';
import type { ChatEvent, UserEvent } from '../../src/domain/events.ts';
import { tombstone } from '../../src/domain/messages/changes.ts';
import { type Message, textRevision } from '../../src/domain/messages/message.ts';
import { isReply, requoted } from '../../src/domain/messages/quotes.ts';
import { latestOf } from '../../src/domain/reactions/reactions-change.ts';

type Log = ReadonlyMap<Revision, Message>;

/** Someone who follows a chat and keeps what it looked like after each change. */
export class StoppedFollower {
  readonly #log = new Map<Revision, Message>();
  readonly #stops = new Map<Revision, Log>();
  #newest = 0;

  hear(event: ChatEvent | UserEvent): void {
    const change = changeIn(event);
    // What changed nothing may be told again.
    if (!change || change.revision <= this.#newest) return;
    this.#newest = change.revision;
    const latest = latestOf(this.#log.get(change.position), change);
    if (latest.kind === 'reactions') throw new Error('The message was posted before.');
    this.#log.set(latest.position, latest);
    for (const message of this.#log.values())
      if (isReply(message) && message.replyTo.position === latest.position)
        this.#log.set(message.position, requoted(message, latest));
    this.#stops.set(change.revision, new Map(this.#log));
  }

  get revisions(): readonly Revision[] {
    return [...this.#stops.keys()];
  }

  /**
   * What it showed when it was stopped at a revision, without what was erased since: the messages that are deleted by now, and the texts of
   * these revisions.
   */
  stoppedAt(revision: Revision, erasedTexts: ReadonlySet<Revision>): readonly Message[] {
    const stood = [...(this.#stops.get(revision)?.values() ?? [])].map((message) =>
      this.#withoutErased(message, erasedTexts),
    );
    const byPosition = new Map(stood.map((message) => [message.position, message]));
    return stood
      .map((message) => {
        const original = isReply(message) ? byPosition.get(message.replyTo.position) : undefined;
        return original && isReply(message) ? requoted(message, original) : message;
      })
      .toSorted((one, other) => one.position - other.position);
  }

  #withoutErased(message: Message, erasedTexts: ReadonlySet<Revision>): Message {
    const now = this.#log.get(message.position);
    if (now?.kind === 'deleted') return now;
    if (message.kind !== 'text' || !erasedTexts.has(textRevision(message))) return message;
    return tombstone(message, { revision: message.position, by: message.author.id, at: message.sentAt });
  }
}

function changeIn(event: ChatEvent | UserEvent) {
  if (event.type === 'message_posted' || event.type === 'message_changed') return event.message;
  return event.type === 'message_reacted' ? event.change : undefined;
}
