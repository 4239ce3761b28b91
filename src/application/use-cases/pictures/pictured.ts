import { assertAllowed, maySetPicture } from '../../../domain/chats/permissions.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { PictureOwner, PictureVersion } from '../../../domain/pictures/picture.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
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

/** Memberships that are read at once. */
const MEMBERSHIPS = 200;

/** Tells a change that is committed. */
export async function sayPictured(
  { view, broadcast }: { readonly view: Pick<StoreView, 'members'>; readonly broadcast: Broadcast },
  set: { readonly owner: PictureOwner; readonly version: PictureVersion | null },
): Promise<void> {
  const event = { type: 'picture_set', ...set } as const;
  const { owner } = set;
  if (owner.kind === 'chat') {
    broadcast.publishToChat(owner.id, event);
    return;
  }
  broadcast.publishToUser(owner.id, event);
  for (let after: ChatId | undefined; ; ) {
    const page = await view.members.ofUser(owner.id, after, MEMBERSHIPS);
    for (const { chatId } of page) broadcast.publishToChat(chatId, event);
    after = page.at(-1)?.chatId;
    if (page.length < MEMBERSHIPS) return;
  }
}
