import type { Erasure } from '../../../domain/identity/erasure.ts';
import { type RenamedUser, restsUntil } from '../../../domain/identity/renaming.ts';
import type { Store } from '../../ports/store.ts';
import { removeSessions } from '../administration/remove-sessions.ts';

/**
 * Removes an account in a unit of work: the sessions and with them the devices, the name, and everything that lets the person in. A job does
 * the rest: it leaves the chats and changes or erases what was written. Undefined where there is no such account.
 * @param now when it is removed (ms), which is later than the deletion where that is repeated after a restore
 */
export async function removePerson(store: Store, erasure: Erasure, now: number): Promise<RenamedUser | undefined> {
  const { userId } = erasure;
  const renamed = await store.erasures.removePerson({ ...erasure, restsUntil: restsUntil(now) });
  if (!renamed) return undefined;
  await removeSessions(store, userId);
  await store.past.forgetPerson(userId, { reactions: erasure.words === 'erase' });
  // The sweep removes the bytes.
  await store.pictures.remove({ kind: 'user', id: userId });
  await store.erasures.add(erasure, { isDone: false });
  await store.jobs.add({ kind: 'forget_person', userId }, { delayMs: 0 });
  return renamed;
}
