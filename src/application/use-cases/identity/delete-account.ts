import { assertOthersAdminister, mayAdminister } from '../../../domain/administration/standing.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { Erasure, WordsChoice } from '../../../domain/identity/erasure.ts';
import { usernameKey } from '../../../domain/identity/username.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { AdministrationView } from '../../ports/administration.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ErasureList } from '../../ports/erasure-list.ts';
import type { StoreView } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { findStanding } from '../administration/administrators.ts';
import { sayPictured } from '../pictures/pictured.ts';
import { sayEnded } from './end-sessions.ts';
import { confirmedUser } from './own-two-step.ts';
import { removePerson } from './remove-person.ts';

export interface Deletion {
  /** What becomes of the actor's words. */
  readonly words: WordsChoice;
  /** The actor's name, typed to confirm it. */
  readonly username: string;
}

/**
 * Deletes the actor's account for good. Resolves once that is durable, in the storage and in the list that outlives a restore. The words
 * follow soon, by a job.
 * @throws DomainError `confirmation_needed`, `invalid_username` for another name, `last_administrator`, `unavailable`
 */
export type DeleteAccount = (actor: Actor, deletion: Deletion) => Promise<void>;

export function makeDeleteAccount(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
  readonly erasureList: ErasureList;
}): DeleteAccount {
  const { unitOfWork, broadcast, clock, erasureList } = deps;

  return async (actor, { words, username }) => {
    const { user } = actor;
    if (usernameKey(username.trim()) !== usernameKey(user.username))
      throw new DomainError(
        'invalid_username',
        'That is not your name. Type it to confirm that this account is meant.',
      );
    const erasure: Erasure = { userId: user.id, words, at: clock.now() };
    await erasureList.assertWritable();
    const picture = await deps.view.pictures.find({ kind: 'user', id: user.id });
    const { renamed, ended } = await unitOfWork.run(async (store) => {
      await confirmedUser(store, actor, clock);
      await store.administration.lock();
      await assertMayGo(store, user.id);
      const ended = await store.sessions.ofUser(user.id);
      return { ended, renamed: await removePerson(store, erasure, erasure.at) };
    });
    // A concurrent deletion of the same account was faster. It is the same deletion.
    if (!renamed) return;
    sayEnded(broadcast, ended);
    broadcast.publishPresence({ type: 'user_renamed', ...renamed });
    if (picture) await sayPictured(deps, { owner: { kind: 'user', id: user.id }, version: null });
    await erasureList.append([erasure]);
  };
}

/**
 * Without administrators nobody could look after those who stay. A person who is alone may go: the next account is the first one again.
 * @throws DomainError `last_administrator`
 */
export async function assertMayGo(
  { administration }: { readonly administration: AdministrationView },
  id: UserId,
): Promise<void> {
  const standing = await findStanding(administration, id);
  if (!(await administration.hasOthers(id))) return;
  assertOthersAdminister(standing, (await administration.administrators()).filter(mayAdminister).length);
}
