import { Conflict } from '../../../domain/errors.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { type CreatedLink, createLink } from '../identity/live-link.ts';
import { assertAdministers, type Caretaker, findStanding } from './administrators.ts';

export interface CreatedResetLink extends CreatedLink {
  readonly user: User;
}

/**
 * Makes a link by which the user sets a new password, in place of an earlier link. It works once, within an hour.
 * @throws DomainError `not_found` for an unknown user, and to outsiders; `conflict` for a deactivated user; `unavailable`
 */
export type CreateResetLink<By extends Caretaker = Actor> = (actor: By, userId: UserId) => Promise<CreatedResetLink>;

export function makeCreateResetLink(deps: {
  readonly unitOfWork: Pick<UnitOfWork, 'run'>;
  readonly clock: Clock;
  readonly secrets: Secrets;
}): CreateResetLink<Caretaker> {
  const { unitOfWork, clock } = deps;

  return async (actor, userId) => {
    const at = clock.now();
    const { token, link } = createLink(deps, { kind: 'reset', userId });
    const user = await unitOfWork.run(async (store) => {
      const { administration, oneTimeLinks } = store;
      await administration.lock();
      const by = await assertAdministers(store, actor);
      const standing = await findStanding(administration, userId);
      if (standing.deactivatedAt !== null)
        throw new Conflict('account_deactivated', 'This account is deactivated. Activate it first.');
      await oneTimeLinks.put(link);
      await administration.addAct({ kind: 'reset_link', by, about: userId, detail: '', at });
      return standing.user;
    });
    return { user, token, expiresAt: link.expiresAt };
  };
}
