import type { Chat } from '../../../domain/chats/chat.ts';
import type { Role } from '../../../domain/chats/membership.ts';
import { assertAllowed, mayRead } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { ListedChat } from '../../../domain/reading/reading.ts';
import type { Actor } from '../../actor.ts';
import type { BulkTurns } from '../../feed/bulk-turns.ts';
import type { StoreView } from '../../ports/store.ts';
import { tellApart } from '../../tell-apart.ts';
import { type HistoryPage, type HistoryPlace, historyPage } from '../messages/history-page.ts';
import { findChat } from './find-chat.ts';
import { namedChat } from './named-chat.ts';

export interface Opening extends HistoryPlace {
  readonly chatId: ChatId;
  /** An earlier answer to the same actor for the same place: what has not changed since is not read again. */
  readonly cached?: Omit<OpenedChat, 'history'> | undefined;
}

export interface OpenedChat {
  readonly chat: Chat;
  /** The actor's role in the chat. */
  readonly role: Role;
  readonly members: number;
  /** The number of the last rename of a user before the chat was read. */
  readonly renames: number;
  /** All chats of the actor, the archived ones too, by their newest message, the newest first. */
  readonly chats: readonly ListedChat[];
  /** Undefined when the cached history is still current. */
  readonly history: HistoryPage | undefined;
  /** The version of the store before the chat was read; undefined when the store has none. */
  readonly version: number | undefined;
}

/**
 * Everything that the page of a chat shows. Each change of the history takes the chat's next revision, and each change of a name in it the
 * number of a rename, so a cached history is current as long as both are the same and no
 * message was erased.
 * @throws DomainError `forbidden`, also when there is no such chat
 */
export type OpenChat = (actor: Actor, opening: Opening) => Promise<OpenedChat>;

export function makeOpenChat({
  view,
  pageTurns,
}: {
  readonly view: StoreView;
  readonly pageTurns: BulkTurns;
}): OpenChat {
  return async (actor, { chatId, cached, ...place }) => {
    const version = view.version();
    // Nothing was stored since, so the actor is still a member.
    if (cached && version !== undefined && cached.version === version) return { ...cached, history: undefined };
    // First: what is read after it has at least these names.
    const [renames, membership] = await Promise.all([
      view.users.lastRename(),
      view.members.find(chatId, actor.user.id),
    ]);
    assertAllowed(membership, mayRead);
    const chat = await namedChat(view.chats, await findChat(view, chatId), membership);
    const listed = await view.chats.summariesOfUser(actor.user.id);
    const chats = await tellApart(view.members, actor.user.id, listed);
    const members = await view.members.count(chatId);
    const isErased = chat.retention?.erasedTo !== cached?.chat.retention?.erasedTo;
    const isCached = chat.revision === cached?.chat.revision && renames === cached.renames && !isErased;
    const read = () => historyPage(view, chat, place);
    const history = isCached ? undefined : await pageTurns.run(actor.user.id, read);
    return { chat, role: membership.role, members, renames, chats, history, version };
  };
}
