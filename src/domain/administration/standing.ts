import { DomainError } from '../errors.ts';
import type { User } from '../identity/user.ts';

/** What an account may do in the installation. */
export interface Standing {
  readonly user: User;
  /** When the account became an administrator (ms); null for all others. */
  readonly administratorSince: number | null;
  /** When the account was deactivated (ms); null while it is active. */
  readonly deactivatedAt: number | null;
}

/** A deactivated administrator administers nothing. */
export const mayAdminister = (standing: Standing | undefined): boolean =>
  standing !== undefined && standing.administratorSince !== null && standing.deactivatedAt === null;

/** The same refusal as for an address at which there is nothing: outsiders do not learn that there is an administration. */
export const nothingHere = (): DomainError => new DomainError('not_found', 'There is nothing at this address.');

/**
 * Call it before an account loses its administration: without administrators, nobody could look after the installation from its pages.
 * @param active the number of administrators that are active, this one included
 * @throws DomainError `last_administrator`
 */
export function assertOthersAdminister(standing: Standing, active: number): void {
  if (!mayAdminister(standing) || active > 1) return;
  throw new DomainError(
    'last_administrator',
    `${standing.user.username} is the only administrator. Make another person an administrator first.`,
  );
}
