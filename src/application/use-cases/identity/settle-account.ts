import { DomainError } from '../../../domain/errors.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { Store } from '../../ports/store.ts';

/**
 * Call it in the unit of work in which a user creates or joins a chat: from then on the registration cannot be undone.
 * @throws DomainError `unauthenticated` when the registration was undone in the meantime
 */
export async function settleAccount({ users }: Pick<Store, 'users'>, { id }: User): Promise<void> {
  if (!(await users.settle(id))) throw new DomainError('unauthenticated', 'This account no longer exists.');
}
