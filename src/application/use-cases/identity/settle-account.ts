import { DomainError } from '../../../domain/errors.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { Store } from '../../ports/store.ts';

/**
 * To be called in the unit of work by which a user comes into a chat: from then on the registration cannot be undone.
 * @throws DomainError `unauthenticated` when it was undone just now
 */
export async function settleAccount({ users }: Pick<Store, 'users'>, { id }: User): Promise<void> {
  if (!(await users.settle(id))) throw new DomainError('unauthenticated', 'This account does not exist any more.');
}
