import { assertAllowed, mayRead } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Level } from '../../../domain/reading/level.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';

/** Milliseconds since 1970, or from now; null ends a mute. */
export type Mute = { readonly until: number } | { readonly forMs: number } | null;

export interface NewLevel {
  readonly chatId: ChatId;
  /** Undefined to leave it as it is. */
  readonly level?: Level | undefined;
  /** Undefined to leave it as it is. */
  readonly mute?: Mute | undefined;
}

/**
 * Sets of which messages of a chat the actor is notified, and until when of none, on all their devices.
 * @throws DomainError `forbidden`, also when there is no such chat; `unavailable`
 */
export type SetLevel = (actor: Actor, level: NewLevel) => Promise<void>;

interface Deps {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}

export function makeSetLevel({ unitOfWork, broadcast, clock }: Deps): SetLevel {
  return async ({ user }, { chatId, level, mute }) => {
    const mutedUntil = mute && ('until' in mute ? mute.until : clock.now() + mute.forMs);
    await unitOfWork.run(async (store) => {
      assertAllowed(await store.members.find(chatId, user.id), mayRead);
      if (level !== undefined) await store.reading.setLevel(chatId, user.id, level);
      if (mutedUntil !== undefined) await store.reading.setMutedUntil(chatId, user.id, mutedUntil);
    });
    broadcast.publishToUser(user.id, { type: 'level_set', userId: user.id, chatId });
  };
}
