import { linkId, newLink } from '../../../domain/identity/one-time-link.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { confirmedUser } from './own-two-step.ts';

export interface CreatedSignInLink {
  /** The link's secret, which is stored nowhere. */
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * Makes a link that signs the actor in on another device, in place of an earlier one. It works once, within ten minutes.
 * @throws DomainError `confirmation_needed`
 */
export type CreateSignInLink = (actor: Actor) => Promise<CreatedSignInLink>;

export function makeCreateSignInLink(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly secrets: Secrets;
}): CreateSignInLink {
  const { unitOfWork, clock, secrets } = deps;

  return async (actor) => {
    const token = secrets.token();
    const link = newLink({ id: linkId(secrets.digest(token)), kind: 'sign_in', userId: actor.user.id }, clock.now());
    await unitOfWork.run(async (store) => {
      await confirmedUser(store, actor, clock);
      await store.oneTimeLinks.put(link);
    });
    return { token, expiresAt: link.expiresAt };
  };
}
