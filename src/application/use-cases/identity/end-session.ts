import { DomainError } from '../../../domain/errors.ts';
import { sessionHandle } from '../../../domain/identity/session.ts';
import { assertConfirmed } from '../../../domain/identity/two-step.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { removeOthers, sayEnded } from './end-sessions.ts';

/**
 * Ends one of the actor's sessions, by its handle, and closes its connections. True when it was the actor's own, which needs no confirmation.
 * @throws DomainError `confirmation_needed`, `not_found`
 */
export type EndSession = (actor: Actor, handle: string) => Promise<boolean>;

/**
 * Ends all of the actor's sessions but the current one, closes their connections, and answers how many there were.
 * @throws DomainError `confirmation_needed`
 */
export type EndOtherSessions = (actor: Actor) => Promise<number>;

interface Deps {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}

export function makeEndSession({ unitOfWork, broadcast, clock }: Deps): EndSession {
  return async ({ user, credential }, handle) => {
    const ended = await unitOfWork.run(async ({ sessions }) => {
      const session = (await sessions.ofUser(user.id)).find((one) => sessionHandle(one) === handle);
      if (!session) throw new DomainError('not_found', 'You have no such session.');
      if (session.id !== credential.id) assertConfirmed((await sessions.find(credential.id))?.session, clock.now());
      await sessions.remove(session.id);
      return session;
    });
    sayEnded(broadcast, [ended]);
    return ended.id === credential.id;
  };
}

export function makeEndOtherSessions({ unitOfWork, broadcast, clock }: Deps): EndOtherSessions {
  return async (actor) => {
    const ended = await unitOfWork.run(async ({ sessions }) => {
      assertConfirmed((await sessions.find(actor.credential.id))?.session, clock.now());
      return removeOthers(sessions, actor);
    });
    sayEnded(broadcast, ended);
    return ended.length;
  };
}
