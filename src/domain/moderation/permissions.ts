import type { Membership } from '../chats/membership.ts';
import { mayModerate, mayRename, maySetRoles, type Permission } from '../chats/permissions.ts';
import { DomainError } from '../errors.ts';
import type { Act, ActKind } from './act.ts';

/** What only the owner does is undone only by an owner, but for the hand-over, after which its actor is none any more. */
const RIGHTS: Readonly<Partial<Record<ActKind, Permission>>> = { role_set: maySetRoles, renamed: mayRename };

/** One's own acts, and for the owner those of all. */
export const mayUndo = (by: Membership, { kind, actorId }: Pick<Act, 'kind' | 'actorId'>): boolean =>
  (RIGHTS[kind] ?? mayModerate)(by) && (actorId === by.userId || maySetRoles(by));

/** @throws DomainError `forbidden` */
export function assertMayUndo(by: Membership, act: Act): void {
  if (!mayUndo(by, act)) throw new DomainError('forbidden', 'Only whoever did this, and the owner, can undo it.');
}
