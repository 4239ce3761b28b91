import type { Membership } from '../../../domain/chats/membership.ts';
import { assertAllowed, assertMayBan, mayModerate } from '../../../domain/chats/permissions.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { ChatId, UserId } from '../../../domain/ids.ts';
import { NOTICES } from '../../../domain/messages/notices.ts';
import { type Ban, banEnd, deletedSince, termsOf } from '../../../domain/moderation/ban.ts';
import { reason } from '../../../domain/moderation/reason.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { addNotice } from '../chats/add-notice.ts';
import { findUserOf } from '../chats/find-user-of.ts';
import { expel } from './expel.ts';
import { publishExpelled } from './publish-expelled.ts';
import { recordAct } from './record-act.ts';

export interface AskedBan {
  readonly chatId: ChatId;
  readonly userId: UserId;
  /** How long it lasts; for good when undefined. */
  readonly hours?: number | undefined;
  readonly reason: string;
  /** Messages of the person from the last hours that are deleted with it; none when undefined or 0. */
  readonly deleteHours?: number | undefined;
}

/**
 * Removes a person and keeps them out of the chat until the ban ends or is lifted, whatever invite they have. A second ban of the same
 * person replaces the first. People who have left can be banned too, when they wrote in the chat lately or were removed from it.
 * @throws DomainError `invalid_ban`, `invalid_reason`; `forbidden`, also when there is no such chat; `direct_chat`; `not_found` for
 * somebody who has nothing to do with the chat; `bad_request` for oneself; `unavailable`
 */
export type BanMember = (actor: Actor, asked: AskedBan) => Promise<Ban>;

export function makeBanMember(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}): BanMember {
  const { unitOfWork, broadcast, clock } = deps;

  return async ({ user }, { chatId, userId, hours, deleteHours, ...asked }) => {
    const at = clock.now();
    const why = reason(asked.reason);
    const ban = { chatId, userId, by: user.id, at, until: banEnd(hours, at), reason: why };
    const since = deletedSince(deleteHours, at);
    const told = await unitOfWork.run(async (store) => {
      const by = await store.members.find(chatId, user.id);
      assertAllowed(by, mayModerate);
      const member = await store.members.find(chatId, userId);
      const earlier = await store.bans.find(chatId, userId);
      const isKnown = member !== undefined || earlier !== undefined || (await hasBeenThere(store, ban));
      assertMayBan(by, { userId, member, isKnown });
      return carryOut(store, { ban, by: user, earlier, member, since });
    });
    publishExpelled(broadcast, { chatId, userId, ...told });
    return ban;
  };
}

/** How far back a person must have written to count as one of the chat. */
const LATELY_MS = 30 * 24 * 3_600_000;

async function hasBeenThere({ invites, messages }: Store, { chatId, userId, at }: Ban): Promise<boolean> {
  if ((await invites.barredAt(chatId, userId)) !== undefined) return true;
  return (await messages.recentBy(chatId, userId, { since: at - LATELY_MS, limit: 1 })).length > 0;
}

interface Banning {
  readonly ban: Ban;
  readonly by: User;
  readonly earlier: Ban | undefined;
  readonly member: Membership | undefined;
  readonly since: number | undefined;
}

async function carryOut(store: Store, { ban, by, earlier, member, since }: Banning) {
  const { chatId, userId, at } = ban;
  const banned = await findUserOf(store, ban);
  const announce = () =>
    addNotice(store, { chatId, author: by, text: NOTICES.banned(by.username, banned.username), sentAt: at });
  // Memberships are locked before the chat. Somebody who is no member may be joining at another instance: that unit has the chat locked.
  const early = member ? undefined : await announce();
  const present = member ?? (await store.members.find(chatId, userId));
  const { changes, deleted } = await expel(store, { chatId, userId, member: present, by: by.id, at, since });
  await store.bans.put(ban);
  const notice = early ?? (await announce());
  await recordAct(store, {
    ...{ chatId, kind: 'banned', actorId: by.id, targetId: userId, reason: ban.reason, at },
    revision: notice.revision,
    changes: [...changes, { aspect: 'ban', userId, before: earlier ? termsOf(earlier) : null, after: termsOf(ban) }],
  });
  return { notice, deleted };
}
