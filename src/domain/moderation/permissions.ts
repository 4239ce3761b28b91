import type { Membership } from '../chats/membership.ts';
import {
  assertAllowed,
  mayArchive,
  mayModerate,
  mayRename,
  maySetRetention,
  maySetRoles,
  type Permission,
} from '../chats/permissions.ts';
import { DomainError } from '../errors.ts';
import type { Act, ActKind } from './act.ts';

/** What only the owner does is undone only by an owner, but for the hand-over, after which its actor is none any more. */
const RIGHTS: Readonly<Partial<Record<ActKind, Permission>>> = {
  role_set: maySetRoles,
  renamed: mayRename,
  archive_set: mayArchive,
  retention_set: maySetRetention,
};

/** One's own acts, and for the owner those of all. */
export const mayUndo = (by: Membership, { kind, actorId }: Pick<Act, 'kind' | 'actorId'>): boolean =>
  (RIGHTS[kind] ?? mayModerate)(by) && (actorId === by.userId || maySetRoles({ role: by.role }));

/** @throws DomainError `forbidden`, `archived` */
export function assertMayUndo(by: Membership, act: Act): void {
  if (by.isArchived) assertAllowed(by, RIGHTS[act.kind] ?? mayModerate);
  if (!mayUndo(by, act)) throw new DomainError('forbidden', 'Only whoever did this, and the owner, can undo it.');
}
