import type { UserId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { applyBlocks } from '../direct/apply-blocks.ts';
import { assertAdministers, assertNotLast, type Caretaker, findStanding } from './administrators.ts';
import { removeSessions } from './remove-sessions.ts';

export interface Deactivation {
  readonly userId: UserId;
  /** Whether the account is to be deactivated. */
  readonly on: boolean;
}

/**
 * Deactivates an account, or activates it again. A deactivated account cannot sign in, its sessions and links end, and nobody can write to
 * it directly; chats, messages and the name stay. What is so already changes nothing.
 * @throws DomainError `not_found` for an unknown user, and to outsiders; `last_administrator`; `unavailable`
 */
export type SetDeactivated<By extends Caretaker = Actor> = (actor: By, change: Deactivation) => Promise<void>;

export function makeSetDeactivated(deps: {
  readonly unitOfWork: Pick<UnitOfWork, 'run'>;
  readonly clock: Clock;
}): SetDeactivated<Caretaker> {
  const { unitOfWork, clock } = deps;

  return async (actor, { userId, on }) => {
    const at = clock.now();
    await unitOfWork.run(async (store) => {
      const { administration, oneTimeLinks } = store;
      await administration.lock();
      const by = await assertAdministers(store, actor);
      const standing = await findStanding(administration, userId);
      if ((standing.deactivatedAt !== null) === on) return;
      if (on) await assertNotLast(administration, standing);
      await administration.setDeactivated(userId, on ? at : null);
      await oneTimeLinks.removeOf(userId);
      await removeSessions(store, userId);
      await administration.addAct({ kind: on ? 'deactivate' : 'activate', by, about: userId, detail: '', at });
    });
    // All direct chats that the user is in.
    await unitOfWork.run(async (store) => {
      for (const chatId of await store.chats.directOfBoth(userId, userId)) await applyBlocks(store, chatId);
    });
  };
}
