import type { Chat, Revision } from '../../../domain/chats/chat.ts';
import { assertAllowed, mayRead } from '../../../domain/chats/permissions.ts';
import { utf8Bytes } from '../../../domain/code-points.ts';
import { type MessageVersion, versionOf } from '../../../domain/messages/changes.ts';
import { type Message, textRevision } from '../../../domain/messages/message.ts';
import { mayEraseVersions } from '../../../domain/messages/permissions.ts';
import type { Actor } from '../../actor.ts';
import type { MessagePlace } from '../../ports/messages.ts';
import type { StoreView } from '../../ports/store.ts';
import { findChat } from '../chats/find-chat.ts';
import { findMessage } from './find-message.ts';

/** Maximum versions in one answer, and maximum bytes of an answer with more than one. */
const MAX_VERSIONS = 50;
const MAX_BYTES = 1024 * 1024;

export interface VersionsPlace extends MessagePlace {
  /** The answer begins with the newest version before this revision; with the current text when undefined. */
  readonly before?: Revision | undefined;
  readonly limit?: number;
}

export interface ViewedVersions {
  readonly chat: Chat;
  readonly message: Message;
  /** The texts of the message, newest first; none for a notice and for a deleted message. */
  readonly versions: readonly MessageVersion[];
  /** The newest version that the answer leaves out, for a comparison with the last one that it has. */
  readonly next: MessageVersion | undefined;
  /** Whether the actor may erase earlier versions. */
  readonly mayErase: boolean;
}

/** @throws DomainError `forbidden`, also when there is no such chat; `not_found` */
export type ViewVersions = (actor: Actor, place: VersionsPlace) => Promise<ViewedVersions>;

export function makeViewVersions({ view }: { readonly view: StoreView }): ViewVersions {
  return async ({ user }, { before, limit = MAX_VERSIONS, ...place }) => {
    const membership = await view.members.find(place.chatId, user.id);
    assertAllowed(membership, mayRead);
    const chat = await findChat(view, place.chatId);
    const message = await findMessage(view, place);
    if (message.kind !== 'text') return { chat, message, versions: [], next: undefined, mayErase: false };
    // A message that is edited between the two reads must not list its text twice.
    const written = textRevision(message);
    const current = before === undefined || written < before ? [versionOf(message)] : [];
    const earlier = await view.messages.earlierVersions(place, {
      before: current.length > 0 ? written : before,
      limit: limit + 1,
    });
    const all = [...current, ...earlier];
    const versions = firstWithin(all.slice(0, limit));
    return { chat, message, versions, next: all[versions.length], mayErase: mayEraseVersions(membership, message) };
  };
}

function firstWithin(versions: readonly MessageVersion[]): readonly MessageVersion[] {
  let bytes = 0;
  const end = versions.findIndex(({ text }, index) => {
    bytes += utf8Bytes(text);
    return bytes > MAX_BYTES && index > 0;
  });
  return end < 0 ? versions : versions.slice(0, end);
}
