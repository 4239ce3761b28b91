import {
  assertOthersAdminister,
  mayAdminister,
  nothingHere,
  type Standing,
} from '../../../domain/administration/standing.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { Administration, AdministrationView } from '../../ports/administration.ts';

/** The operator of the server, who runs commands on its machine. There is no account behind it. */
export const OPERATOR = 'operator';

/** Who looks after the installation: an administrator, whose standing is checked, or the operator. */
export type Caretaker = Actor | typeof OPERATOR;

/**
 * The caretaker as the audit names them: null for the operator.
 * @throws DomainError `not_found`, as for an address at which there is nothing
 */
export async function assertAdministers(
  { administration }: { readonly administration: AdministrationView },
  caretaker: Caretaker,
): Promise<UserId | null> {
  if (caretaker === OPERATOR) return null;
  if (!mayAdminister(await administration.standing(caretaker.user.id))) throw nothingHere();
  return caretaker.user.id;
}

/** @throws DomainError `not_found` */
export async function findStanding(administration: AdministrationView, id: UserId): Promise<Standing> {
  const standing = await administration.standing(id);
  if (!standing) throw nothingHere();
  return standing;
}

/** Call it in the unit that ends the administration of this account, after `lock`. @throws DomainError `last_administrator` */
export async function assertNotLast(administration: Administration, standing: Standing): Promise<void> {
  const active = (await administration.administrators()).filter(mayAdminister).length;
  assertOthersAdminister(standing, active);
}
