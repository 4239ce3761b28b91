import type { Chat } from '../../../domain/chats/chat.ts';
import { assertAllowed, mayRead } from '../../../domain/chats/permissions.ts';
import type { FileId } from '../../../domain/files/file.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { ListedFile } from '../../ports/files.ts';
import type { StoreView } from '../../ports/store.ts';
import { findChat } from '../chats/find-chat.ts';

export interface ViewedFiles {
  readonly chat: Chat;
  /** The file that was uploaded last is first. */
  readonly files: readonly ListedFile[];
  /** Names the next page, as `before`; undefined behind the last one. */
  readonly next: FileId | undefined;
}

/**
 * A page of the files of a chat's messages.
 * @throws DomainError `forbidden`, also when there is no such chat
 */
export type ViewFiles = (
  actor: Actor,
  page: { readonly chatId: ChatId; readonly before?: FileId | undefined; readonly limit: number },
) => Promise<ViewedFiles>;

export function makeViewFiles({ view }: { readonly view: StoreView }): ViewFiles {
  return async ({ user }, { chatId, before, limit }) => {
    assertAllowed(await view.members.find(chatId, user.id), mayRead);
    const chat = await findChat(view, chatId);
    const found = await view.files.ofChat(chatId, before, limit + 1);
    const files = found.slice(0, limit);
    return { chat, files, next: found.length > limit ? files.at(-1)?.file.id : undefined };
  };
}
