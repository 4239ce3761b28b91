import { Conflict, DomainError } from '../../../domain/errors.ts';
import { restsUntil } from '../../../domain/identity/renaming.ts';
import { assertConfirmed } from '../../../domain/identity/two-step.ts';
import type { User } from '../../../domain/identity/user.ts';
import { assertPresentable, username, usernameKey } from '../../../domain/identity/username.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RateLimits } from '../../ports/rate-limits.ts';
import type { StoreView } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { withinLimit } from '../../within-limit.ts';
import { settleAccount } from './settle-account.ts';

/**
 * Gives the actor another name, and answers the actor's user as it is then. The name that it already has changes nothing. The former name
 * rests for 90 days. Sessions, messages and mentions stay with the account.
 * @throws DomainError `confirmation_needed`, `invalid_username`; `conflict` for a name that somebody has or that rests for somebody else; `too_many_requests`,
 * `unavailable`
 */
export type ChangeUsername = (actor: Actor, change: { readonly username: string }) => Promise<User>;

export function makeChangeUsername(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
  readonly rateLimits: RateLimits;
}): ChangeUsername {
  const { unitOfWork, view, broadcast, clock, rateLimits } = deps;

  return async ({ user: { id }, credential }, change) => {
    const name = username(change.username);
    assertPresentable(name);
    const user = await view.users.find(id);
    if (!user) throw new DomainError('unauthenticated', 'This account no longer exists.');
    if (user.username === name) return user;
    const renamedAt = clock.now();
    assertConfirmed((await view.sessions.find(credential.id))?.session, renamedAt);
    const wanted = { id, username: name, key: usernameKey(name), renamedAt, restsUntil: restsUntil(renamedAt) };
    // Refused names count too: the answer tells which names exist, also where registration is closed.
    const limited = { limit: 'renames', key: `${id}`, refusal: 'You have changed your name often.' } as const;
    const renamed = await withinLimit(rateLimits, limited, () =>
      unitOfWork.run(async (store) => {
        await settleAccount(store, user);
        return store.users.rename(wanted);
      }),
    );
    if (!renamed) throw new Conflict('username_taken', TAKEN);
    broadcast.publishPresence({ type: 'user_renamed', ...renamed });
    return renamed.user;
  };
}

const TAKEN = 'Somebody has this name, or had it less than 90 days ago. Choose another one.';
