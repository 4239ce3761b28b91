import type { UserCredentials } from '../../application/ports/users.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

/** The hash of an account that was removed. Its row stays, as the author of its messages. */
export const REMOVED = '';

export const isRemoved = ({ passwordHash }: UserCredentials): boolean => passwordHash === REMOVED;

/** Undefined for an unknown or removed account. */
export function credentialsIn({ users }: Tables, moment: Moment, id: UserId): UserCredentials | undefined {
  const credentials = users[moment].get(id);
  return credentials && !isRemoved(credentials) ? credentials : undefined;
}

export const accountsIn = ({ users }: Tables, moment: Moment): readonly UserCredentials[] =>
  [...users[moment].values()].filter((credentials) => !isRemoved(credentials));
