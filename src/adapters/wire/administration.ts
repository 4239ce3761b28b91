import type { DeadJob } from '../../application/ports/jobs.ts';
import type { ListedChat, ListedInvite, ListedPerson } from '../../application/ports/overview.ts';
import type { ViewedInstallation } from '../../application/use-cases/administration/view-installation.ts';
import type { AdministratorAct, AdministratorActKind } from '../../domain/administration/administrator-act.ts';
import { timestamp } from './timestamp.ts';

/** The JSON of the administration. Moments are RFC 3339, UTC, with milliseconds. */

const momentOf = (ms: number | null): string | null => (ms === null ? null : timestamp(ms));

export const toWirePerson = ({ user, ...person }: ListedPerson) => ({
  id: user.id,
  username: user.username,
  administrator: person.administratorSince !== null,
  deactivated: person.deactivatedAt !== null,
  created_at: timestamp(person.createdAt),
  sessions: person.sessions,
  /** Null without sessions. */
  seen_at: momentOf(person.seenAt),
});

export const toWireListedChat = ({ id, name, members, changes, usedAt }: ListedChat) => ({
  id,
  /** Null for a direct chat. */
  name,
  members,
  changes,
  used_at: momentOf(usedAt),
});

export const toWireLiveInvite = ({ invite, chat, by }: ListedInvite) => ({
  id: invite.id,
  chat: { id: chat.id, name: chat.name },
  created_by: { id: by.id, username: by.username },
  created_at: timestamp(invite.createdAt),
  expires_at: timestamp(invite.expiresAt),
  uses: invite.uses,
  max_uses: invite.maxUses,
});

export const toWireDeadJob = ({ id, kind, attempts, lastError, diedAt }: DeadJob) => ({
  id,
  kind,
  attempts,
  error: lastError,
  died_at: timestamp(diedAt),
});

export const toWireAct = ({ kind, by, about, detail, at }: AdministratorAct) => ({
  act: kind satisfies AdministratorActKind,
  /** Null for the command of the operator. */
  by: by && { id: by.id, username: by.username },
  about: about && { id: about.id, username: about.username },
  detail,
  at: timestamp(at),
});

export const toWireInstallation = ({ registration, totals, jobs, isReady, connectedClients }: ViewedInstallation) => ({
  registration,
  people: totals.people,
  chats: totals.chats,
  changes: totals.changes,
  /** Null where the storage has no size. */
  database_bytes: totals.bytes ?? null,
  files: 0,
  ready: isReady,
  connected_clients: connectedClients,
  jobs_due: jobs.due,
  jobs_dead: jobs.dead,
});

export type WirePerson = ReturnType<typeof toWirePerson>;
export type WireListedChat = ReturnType<typeof toWireListedChat>;
export type WireLiveInvite = ReturnType<typeof toWireLiveInvite>;
export type WireDeadJob = ReturnType<typeof toWireDeadJob>;
export type WireAct = ReturnType<typeof toWireAct>;
export type WireInstallation = ReturnType<typeof toWireInstallation>;
