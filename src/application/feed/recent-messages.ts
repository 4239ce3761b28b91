import { type Revision, revision } from '../../domain/chats/chat.ts';
import type { PresentUser } from '../../domain/identity/renaming.ts';
import { type Message, textOf } from '../../domain/messages/message.ts';
import { isReply, requoted } from '../../domain/messages/quotes.ts';
import { presentChange } from '../../domain/reactions/present-names.ts';
import { type ChatChange, latestOf } from '../../domain/reactions/reactions-change.ts';
import type { Tally } from '../../domain/reactions/tally.ts';
import { CHUNK_BYTES, firstWithin } from './within-bytes.ts';

/** Messages kept for followers that return after a moment: at most this many, or as many as have this many characters. */
const MAX_MESSAGES = 256;
const MAX_CHARACTERS = 256 * 1024;
/** What a person takes who reacted or is mentioned, in characters: the object counts for more than the name. */
const NAMED_PERSON = 64;

/**
 * The last changes of a chat, one for each message, which tells its last state, in order of revision: a text that was edited or
 * deleted is not here any more, also not in the quotes of replies. Of a message to which only reactions came lately, there are only
 * these.
 */
export class RecentMessages {
  /** By position. A map keeps the order in which its keys were added, and a message that changes is added again. */
  readonly #changes = new Map<Revision, ChatChange>();
  #characters = 0;
  #replies = 0;
  /** The last change of every message that changed after this revision is here. */
  #completeAfter: Revision = revision(0);
  /** The last answer: followers that return together missed the same, and share its encoding. */
  #last: { readonly after: Revision; readonly changes: readonly ChatChange[] } | undefined;

  /** Changes up to this revision will not be added. */
  startAfter(revision: Revision): void {
    this.#completeAfter = revision;
  }

  /** Takes the next change of the chat, in order of revision. */
  add(change: ChatChange): void {
    this.#last = undefined;
    const { position } = change;
    const latest = latestOf(this.#changes.get(position), change);
    this.#remove(position);
    this.#put(latest);
    if (this.#replies > 0 && isNewState(change)) this.#requote(change);
    // Trimmed by halves, so that the cost per change is small.
    if (this.#changes.size > 2 * MAX_MESSAGES || this.#characters > 2 * MAX_CHARACTERS) this.#trim();
  }

  /** The first of those that changed after `after` that fit a chunk, or undefined when that reaches further back than what is kept. */
  after(after: Revision): readonly ChatChange[] | undefined {
    if (after < this.#completeAfter) return undefined;
    if (this.#last?.after === after) return this.#last.changes;
    const changes = [...this.#changes.values()];
    const first = changes.findLastIndex(({ revision }) => revision <= after) + 1;
    this.#last = { after, changes: firstWithin(changes.slice(first), CHUNK_BYTES) };
    return this.#last.changes;
  }

  /** Forgets the messages at this position and before, also where replies quote them. */
  erase(upTo: Revision): void {
    this.#last = undefined;
    for (const [position, change] of this.#changes) {
      if (position <= upTo) this.#remove(position);
      else if (isReply(change) && change.replyTo.position <= upTo) {
        this.#forget(change);
        this.#put({ ...change, replyTo: null });
      }
    }
  }

  /** Gives all people their present names. The changes keep their places in the order. */
  renamed(present: PresentUser): void {
    this.#last = undefined;
    for (const [position, change] of this.#changes) this.#changes.set(position, presentChange(change, present));
  }

  #remove(position: Revision): void {
    const superseded = this.#changes.get(position);
    if (!superseded) return;
    this.#changes.delete(position);
    this.#forget(superseded);
  }

  #put(change: ChatChange): void {
    this.#changes.set(change.position, change);
    this.#characters += charactersOf(change);
    if (isReply(change)) this.#replies += 1;
  }

  #forget(change: ChatChange): void {
    this.#characters -= charactersOf(change);
    if (isReply(change)) this.#replies -= 1;
  }

  /** Replies to a message that changed quote it as it is now. They keep their places in the order. */
  #requote(original: Message): void {
    for (const change of this.#changes.values()) {
      if (!isReply(change) || change.replyTo.position !== original.position) continue;
      this.#forget(change);
      this.#put(requoted(change, original));
    }
  }

  /** Removes the oldest. */
  #trim(): void {
    for (const { position, revision } of this.#changes.values()) {
      if (this.#changes.size <= MAX_MESSAGES && this.#characters <= MAX_CHARACTERS) return;
      this.#remove(position);
      this.#completeAfter = revision;
    }
  }
}

function charactersOf(change: ChatChange): number {
  if (change.kind === 'reactions') return namedIn(change.reactions) * NAMED_PERSON;
  if (change.kind !== 'text') return textOf(change).length;
  const { text, replyTo, reactions, mentions } = change;
  return text.length + (replyTo?.snippet.length ?? 0) + (namedIn(reactions) + mentions.length) * NAMED_PERSON;
}

function namedIn(tallies: readonly Tally[]): number {
  let people = 0;
  for (const { users } of tallies) people += users.length;
  return people;
}

/** Whether it changes what replies to the message quote. */
const isNewState = (change: ChatChange): change is Message =>
  change.kind !== 'reactions' && change.revision !== change.position;
