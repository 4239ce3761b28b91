import { assertAdmits, assertLive, inviteId, roleBy, unknownInvite } from '../../../domain/chats/invite.ts';
import type { ChatId } from '../../../domain/ids.ts';
import { NOTICES } from '../../../domain/messages/notices.ts';
import { versionOf } from '../../../domain/pictures/picture.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { settleAccount } from '../identity/settle-account.ts';
import { addNotice } from './add-notice.ts';

/**
 * Joins the chat of the invite, in its role, and adds a notice. For a member it changes nothing and adds no notice. Somebody who was removed needs an
 * invite that was made after that. A banned person has to wait for the end of the ban.
 * @throws DomainError `not_found` for a code that is expired, used up, or no good for this user, as for an unknown one; `unavailable`
 */
export type RedeemInvite = (actor: Actor, code: string) => Promise<ChatId>;

export function makeRedeemInvite(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
  readonly secrets: Secrets;
}): RedeemInvite {
  const { unitOfWork, broadcast, clock, secrets } = deps;

  return async (actor, code) => {
    const id = inviteId(secrets.digest(code));
    const now = clock.now();
    const { chatId, notice, picture } = await unitOfWork.run(async (store) => {
      const invite = await store.invites.find(id);
      assertLive(invite, now);
      const { chatId } = invite;
      const role = roleBy(invite, await store.members.find(chatId, invite.createdBy));
      await settleAccount(store, actor.user);
      const joined = await store.members.add({ chatId, userId: actor.user.id, role, joinedAt: now });
      if (!joined) return { chatId };
      const barredAt = await store.invites.barredAt(chatId, actor.user.id);
      assertAdmits(invite, { barredAt, ban: await store.bans.find(chatId, actor.user.id), now });
      if (!(await store.invites.use(id))) throw unknownInvite();
      const text = NOTICES.joined(actor.user.username);
      const notice = await addNotice(store, { chatId, author: actor.user, text, sentAt: now });
      // Now that the chat is locked: another instance may have banned the person since they were looked up.
      assertAdmits(invite, { barredAt, ban: await store.bans.find(chatId, actor.user.id), now });
      return { chatId, notice, picture: await store.pictures.find({ kind: 'user', id: actor.user.id }) };
    });
    if (notice) {
      broadcast.publishToChat(chatId, { type: 'message_posted', message: notice });
      broadcast.publishToUser(actor.user.id, { type: 'chat_joined', chatId, userId: actor.user.id });
    }
    // The members' open pages do not know it.
    if (picture)
      broadcast.publishToChat(chatId, {
        type: 'picture_set',
        owner: { kind: 'user', id: actor.user.id },
        version: versionOf(picture),
      });
    return chatId;
  };
}
