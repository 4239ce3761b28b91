import { newPassword } from '../../../domain/identity/password.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { PasswordHasher } from '../../ports/password-hasher.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { removeOthers, sayEnded } from './end-sessions.ts';
import { OwnPassword, type OwnPasswordDeps } from './own-password.ts';

export interface PasswordChange {
  readonly current: string;
  readonly next: string;
  /** As in `Credentials`: wrong passwords are counted by them. */
  readonly address: string;
  readonly network: string;
}

/**
 * Replaces the actor's password and ends all their other sessions. Wrong current passwords count like those of sign-ins. Answers how
 * many sessions ended.
 * @throws DomainError `wrong_password`, `invalid_password`, `too_many_requests`, `unavailable`
 */
export type ChangePassword = (actor: Actor, change: PasswordChange) => Promise<number>;

export function makeChangePassword(
  deps: OwnPasswordDeps & {
    readonly unitOfWork: UnitOfWork;
    readonly broadcast: Broadcast;
    readonly passwordHasher: PasswordHasher;
  },
): ChangePassword {
  const { unitOfWork, broadcast, passwordHasher } = deps;
  const ownPassword = new OwnPassword(deps);

  return async (actor, { current, next, ...from }) => {
    const { user } = actor;
    const wanted = newPassword(next, user.username);
    const assertStill = await ownPassword.check(user, { password: current, ...from, refusal: REFUSAL });
    const passwordHash = await passwordHasher.hash(wanted, from.address);
    const ended = await unitOfWork.run(async (store) => {
      await assertStill(store);
      await store.users.setPasswordHash(user.id, passwordHash);
      return removeOthers(store.sessions, actor);
    });
    sayEnded(broadcast, ended);
    return ended.length;
  };
}

const REFUSAL = 'That is not your current password.';
