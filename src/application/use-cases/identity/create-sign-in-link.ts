import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { type CreatedLink, createLink } from './live-link.ts';
import { confirmedUser } from './own-two-step.ts';

/**
 * Makes a link that signs the actor in on another device, in place of an earlier one. It works once, within ten minutes.
 * @throws DomainError `confirmation_needed`
 */
export type CreateSignInLink = (actor: Actor) => Promise<CreatedLink>;

export function makeCreateSignInLink(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly secrets: Secrets;
}): CreateSignInLink {
  const { unitOfWork, clock } = deps;

  return async (actor) => {
    const { token, link } = createLink(deps, { kind: 'sign_in', userId: actor.user.id });
    await unitOfWork.run(async (store) => {
      await confirmedUser(store, actor, clock);
      await store.oneTimeLinks.put(link);
    });
    return { token, expiresAt: link.expiresAt };
  };
}
