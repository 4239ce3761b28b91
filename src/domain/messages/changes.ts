import type { Revision } from '../chats/chat.ts';
import { Conflict, DomainError } from '../errors.ts';
import type { UserId } from '../ids.ts';
import { AS_POSTED, type Message, type TextEdit, type TextMessage, type Tombstone, textRevision } from './message.ts';
import type { MessageBody } from './message-body.ts';

/** How long a deletion can be undone, in milliseconds. After that the text is erased. */
export const RESTORABLE_FOR_MS = 60_000;

/** A text that a message has or had. */
export interface MessageVersion {
  /** The chat's revision at which the text was written. */
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

/**
 * @param ofNotice why a notice is refused
 * @throws DomainError `deleted` for a tombstone, `forbidden` for a notice
 */
export function assertText(message: Message, ofNotice = 'Notices cannot be changed.'): asserts message is TextMessage {
  if (message.kind === 'deleted') throw new DomainError('deleted', 'This message was deleted.');
  if (message.kind === 'notice') throw new DomainError('forbidden', ofNotice);
}

/**
 * False for an edit that is sent again, which changes nothing. `base` is the revision of the message that the editor saw; reactions
 * and pins since then do not matter.
 * @throws EditConflict when the text was changed after `base`, or the message has not reached `base`
 */
export function isNewText(
  message: TextMessage,
  { text, base }: { readonly text: MessageBody; readonly base: Revision },
) {
  if (message.text === text) return false;
  // A revision that the message never had comes from another history: the database was restored since.
  if (textRevision(message) > base || base > message.revision) throw new EditConflict(message);
  return true;
}

export function edited(message: TextMessage, text: MessageBody, edit: TextEdit): TextMessage {
  return { ...message, revision: edit.revision, text, edit };
}

/** The current text as a version. */
export function versionOf(message: TextMessage): MessageVersion {
  return { revision: textRevision(message), text: message.text, writtenAt: message.edit?.at ?? message.sentAt };
}

/** @throws DomainError `bad_request` for the revision of the current text */
export function assertEarlier(message: TextMessage, revision: Revision): void {
  if (revision === textRevision(message))
    throw new DomainError(
      'bad_request',
      'This is the current text of the message. Edit or delete the message instead.',
    );
}

export function tombstone(
  message: TextMessage,
  deletion: {
    readonly revision: Revision;
    readonly by: UserId;
    readonly at: number;
    readonly isHidden?: true | undefined;
  },
): Tombstone {
  const { id, chatId, position, clientId, author, sentAt } = message;
  const { revision, by, at, isHidden } = deletion;
  const entry = { id, chatId, position, revision, clientId, author, sentAt };
  return { ...entry, kind: 'deleted', deletedBy: by, deletedAt: at, ...(isHidden && { isHidden }) };
}

/** Whether the deletion can still be undone. */
export const isRestorable = (deleted: Tombstone, now: number): boolean => now - deleted.deletedAt < RESTORABLE_FOR_MS;

/** @throws DomainError `deleted` once the deletion can no longer be undone */
export function assertRestorable(deleted: Tombstone, now: number): void {
  if (!isRestorable(deleted, now)) throw erased();
}

/** The message with its latest text. A pin does not come back; the store has the reactions and what the message answers. */
export function restored(deleted: Tombstone, version: MessageVersion, revision: Revision): TextMessage {
  const { id, chatId, position, clientId, author, sentAt } = deleted;
  const { text, writtenAt } = version;
  const edit = version.revision === position ? null : { revision: version.revision, at: writtenAt };
  return { id, chatId, position, revision, clientId, author, sentAt, ...AS_POSTED, kind: 'text', text, edit };
}

export function erased(): DomainError {
  return new DomainError('deleted', 'This message was deleted more than a minute ago and can no longer be restored.');
}
