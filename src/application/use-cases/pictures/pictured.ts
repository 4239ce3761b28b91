import { assertAllowed, maySetPicture } from '../../../domain/chats/permissions.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { PictureOwner } from '../../../domain/pictures/picture.ts';
import type { StoreView } from '../../ports/store.ts';

/** Whose picture is meant: that of a chat, or the actor's own where no chat is named. */
export interface Pictured {
  readonly chatId?: ChatId | undefined;
}

/**
 * The owner of the picture, which the user may change. Everybody may change their own.
 * @throws DomainError `forbidden`, also when there is no such chat; `direct_chat`, `archived`
 */
export async function changeablePicture(
  { members }: Pick<StoreView, 'members'>,
  { user, chatId }: Pictured & { readonly user: User },
): Promise<PictureOwner> {
  if (chatId === undefined) return { kind: 'user', id: user.id };
  assertAllowed(await members.find(chatId, user.id), maySetPicture);
  return { kind: 'chat', id: chatId };
}
