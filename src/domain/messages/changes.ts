import type { Revision } from '../chats/chat.ts';
import { Conflict, DomainError } from '../errors.ts';
import type { UserId } from '../ids.ts';
import { type Message, type TextEdit, type TextMessage, type Tombstone, textRevision } from './message.ts';
import type { MessageBody } from './message-body.ts';

/** How long after a deletion it can be taken back, in milliseconds. After that the words are erased. */
export const RESTORABLE_FOR_MS = 60_000;

/** A text that a message had. */
export interface MessageVersion {
  /** The chat's revision at which it was written. */
  readonly revision: Revision;
  readonly text: MessageBody;
  /** Milliseconds since 1970. */
  readonly writtenAt: number;
}

/** The text of a message changed after the caller read it. */
export class EditConflict extends Conflict {
  /** The message as it is now. */
  readonly current: TextMessage;

  constructor(current: TextMessage) {
    super('text_changed', 'This message was changed in the meantime.');
    this.current = current;
  }
}

/** @throws DomainError `deleted` for a tombstone, `forbidden` for a notice */
export function assertText(message: Message): asserts message is TextMessage {
  if (message.kind === 'deleted') throw new DomainError('deleted', 'This message was deleted.');
  if (message.kind === 'notice') throw new DomainError('forbidden', 'What the chat says of itself cannot be changed.');
}

/**
 * Whether an edit to `text` changes the message: an edit that is sent again does not. `base` is the revision of the message
 * that the editor saw; reactions and pins since then do not matter.
 * @throws EditConflict when the text was changed after `base`, or the message has not come to `base`
 */
export function isNewText(
  message: TextMessage,
  { text, base }: { readonly text: MessageBody; readonly base: Revision },
) {
  if (message.text === text) return false;
  // A revision that the message never had is of another history, from before a restore.
  if (textRevision(message) > base || base > message.revision) throw new EditConflict(message);
  return true;
}

export function edited(message: TextMessage, text: MessageBody, edit: TextEdit): TextMessage {
  return { ...message, revision: edit.revision, text, edit };
}

/** The present text as one of the versions. */
export function versionOf(message: TextMessage): MessageVersion {
  return { revision: textRevision(message), text: message.text, writtenAt: message.edit?.at ?? message.sentAt };
}

export function tombstone(
  message: TextMessage,
  deletion: { readonly revision: Revision; readonly by: UserId; readonly at: number },
): Tombstone {
  const { id, chatId, position, clientId, author, sentAt } = message;
  const { revision, by, at } = deletion;
  return { id, chatId, position, revision, clientId, author, sentAt, kind: 'deleted', deletedBy: by, deletedAt: at };
}

/** @throws DomainError `deleted` once the words are to be erased */
export function assertRestorable(deleted: Tombstone, now: number): void {
  if (now - deleted.deletedAt >= RESTORABLE_FOR_MS) throw erased();
}

/** The message with its latest version. */
export function restored(deleted: Tombstone, version: MessageVersion, revision: Revision): TextMessage {
  const { id, chatId, position, clientId, author, sentAt } = deleted;
  const { text, writtenAt } = version;
  const edit = version.revision === position ? null : { revision: version.revision, at: writtenAt };
  return { id, chatId, position, revision, clientId, author, sentAt, kind: 'text', text, edit };
}

export function erased(): DomainError {
  return new DomainError('deleted', 'This message was deleted more than a minute ago and can no longer be restored.');
}
