import type { Selectable } from 'kysely';
import * as z from 'zod/mini';
import { type ChatName, revision } from '../../domain/chats/chat.ts';
import { inviteId } from '../../domain/chats/invite.ts';
import { GROUP_ROLES } from '../../domain/chats/membership.ts';
import { chatId, userId } from '../../domain/ids.ts';
import { ACT_KINDS, type Act } from '../../domain/moderation/act.ts';
import type { Change } from '../../domain/moderation/changes.ts';
import type { Reason } from '../../domain/moderation/reason.ts';
import { LEVELS } from '../../domain/reading/level.ts';
import type { Schema } from './schema.ts';

const whole = z.int().check(z.nonnegative());
const aChatId = z.pipe(whole, z.transform(chatId));
const aUserId = z.pipe(whole, z.transform(userId));
const aRevision = z.pipe(whole, z.transform(revision));
const anInviteId = z.pipe(z.string(), z.transform(inviteId));
/** Names and reasons were checked when they were made, some by rules of earlier releases. */
const aName = z.custom<ChatName>((value) => typeof value === 'string');
const aReason = z.custom<Reason>((value) => typeof value === 'string');

const state = z.object({
  level: z.enum(LEVELS),
  mutedUntil: z.nullable(z.number()),
  pinned: z.boolean(),
  readTo: aRevision,
  readVersion: whole,
});
const membership = z.object({ role: z.enum(GROUP_ROLES), joinedAt: z.number(), state: z.optional(state) });
const ban = z.object({ by: aUserId, at: z.number(), until: z.nullable(z.number()), reason: aReason });
const invite = z.object({
  id: anInviteId,
  chatId: aChatId,
  createdBy: aUserId,
  createdAt: z.number(),
  expiresAt: z.number(),
  maxUses: z.nullable(z.number()),
  uses: z.number(),
  note: z.string(),
  role: z.enum(['member', 'moderator']),
});
const deletion = z.object({ by: aUserId, at: z.number() });

const from = <Value extends z.ZodMiniType>(value: Value) => ({ before: value, after: value });

const change = z.discriminatedUnion('aspect', [
  z.object({ aspect: z.literal('membership'), userId: aUserId, ...from(z.nullable(membership)) }),
  z.object({ aspect: z.literal('ban'), userId: aUserId, ...from(z.nullable(ban)) }),
  z.object({ aspect: z.literal('bar'), userId: aUserId, ...from(z.nullable(z.number())) }),
  z.object({ aspect: z.literal('invite'), inviteId: anInviteId, ...from(z.nullable(invite)) }),
  z.object({ aspect: z.literal('message'), position: aRevision, ...from(z.nullable(deletion)) }),
  z.object({ aspect: z.literal('name'), ...from(aName) }),
  z.object({ aspect: z.literal('slow_mode'), ...from(z.number()) }),
  z.object({ aspect: z.literal('archive'), ...from(z.nullable(z.number())) }),
  z.object({ aspect: z.literal('retention'), ...from(z.number()) }),
  z.object({
    aspect: z.literal('report'),
    position: aRevision,
    userId: aUserId,
    ...from(z.nullable(z.number())),
  }),
]);

const changes: z.ZodMiniType<readonly Change[]> = z.array(change);

/** An act that a newer release stored, and this one does not understand, has no changes: it cannot be undone here. */
export function toAct(row: Selectable<Schema['acts']>): Act {
  const { id, actor_id, target_id, reason, done_at: at, undoes } = row;
  const kind = ACT_KINDS.find((one) => one === row.kind) ?? 'unknown';
  const read = changes.safeParse(JSON.parse(row.changes));
  return {
    ...{ id, chatId: row.chat_id, kind, actorId: actor_id, targetId: target_id, reason },
    ...{ revision: row.revision, at, undoes },
    changes: kind !== 'unknown' && read.success ? read.data : [],
  };
}
