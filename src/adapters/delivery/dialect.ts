import type { ChatDetails } from '../../application/ports/follower.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import { utf8Bytes } from '../../domain/code-points.ts';
import type { DomainError } from '../../domain/errors.ts';
import type { User } from '../../domain/identity/user.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { Installation } from '../../domain/installation.ts';
import { EditConflict } from '../../domain/messages/changes.ts';
import { isClientId } from '../../domain/messages/client-id.ts';
import type { ChatChange, ReactionsChange } from '../../domain/reactions/reactions-change.ts';
import type { DetailsFrame, ReactionsFrame, RefusedFrame, ServerFrame } from '../wire/frames.ts';
import { toWire, toWireTally } from '../wire/message.ts';
import type { Admission } from './admission.ts';
import { onceForAll } from './once-for-all.ts';

/** What was refused: a frame that may have named a chat and carried a client id. */
export interface RefusedRequest {
  readonly chatId: ChatId | undefined;
  readonly clientId: string | undefined;
}

/** How a peer is told things, as bytes ready to be written; an empty buffer where it is not told. */
export interface Dialect {
  ready(revision: Revision, admission: Admission): Buffer;
  /** The same array again is the same buffer wherever that can be. */
  changes(changes: readonly ChatChange[]): Buffer;
  reset(revision: Revision, chatId: ChatId): Buffer;
  details(details: ChatDetails, chatId: ChatId): Buffer;
  /** Somebody has another name. */
  user(user: User): Buffer;
  refused(refusal: DomainError, request: RefusedRequest): Buffer;
  /** Says only that the connection works: browsers cannot see pings. */
  readonly alive: Buffer;
}

/** The frames of chat.v1, each a JSON object. `encode` turns several into the bytes that carry them. */
export function jsonDialect(installation: Installation, encode: (frames: readonly ServerFrame[]) => Buffer): Dialect {
  return {
    ready: (revision, admission) => encode([readyFrame(installation, revision, admission)]),
    changes: onceForAll((changes) => encode(changes.map(changeFrame))),
    reset: (revision) => encode([{ type: 'reset', revision }]),
    details: onceForAll((details) => encode([detailsFrame(details)])),
    user: onceForAll((user) => encode([personFrame(user)])),
    refused: (refusal, { clientId }) => encode([refusedFrame(refusal, clientId)]),
    alive: encode([{ type: 'alive' }]),
  };
}

export const personFrame = ({ id, username }: User) => ({ type: 'user', user: { id, username } }) as const;

const changeFrame = (change: ChatChange) =>
  change.kind === 'reactions' ? reactionsFrame(change) : ({ type: 'message', message: toWire(change) } as const);

export const detailsFrame = ({ name, members, connected, ...rules }: ChatDetails): DetailsFrame => ({
  ...{ type: 'details', name, members, connected },
  ...(rules.slowSeconds !== undefined && { slow_mode: rules.slowSeconds }),
  ...(rules.isArchived && { archived: true }),
  ...(rules.retentionDays !== undefined && { retention_days: rules.retentionDays }),
  ...(rules.erasedTo !== undefined && { erased_to: rules.erasedTo }),
});

/** A frame with reactions goes to every follower at each click: where names would make it longer than this, it has fewer of them. */
const MAX_REACTIONS_BYTES = 1_999;
const FEWER_NAMES = [10, 5, 2, 1, 0];

export function reactionsFrame({ chatId, position, revision, reactions }: ReactionsChange): ReactionsFrame {
  const tallies = reactions.map(toWireTally);
  const named = (most: number) => tallies.map((tally) => ({ ...tally, users: tally.users.slice(0, most) }));
  const frame = { type: 'reactions', chat_id: chatId, position, revision, reactions: tallies } as const;
  const isShort = (one: ReactionsFrame) => utf8Bytes(JSON.stringify(one)) <= MAX_REACTIONS_BYTES;
  if (isShort(frame)) return frame;
  const most = FEWER_NAMES.find((count) => isShort({ ...frame, reactions: named(count) })) ?? 0;
  return { ...frame, reactions: named(most) };
}

export function readyFrame({ id, epoch }: Installation, revision: Revision, { actor: { user }, chatId }: Admission) {
  const you = { id: user.id, username: user.username };
  return { type: 'ready', chat_id: chatId, revision, you, installation: id, epoch } as const;
}

/** The client id is sent back only where it is one: anything else could be as long as a frame. */
export function refusedFrame(refusal: DomainError, clientId: string | undefined): RefusedFrame {
  const named = clientId !== undefined && isClientId(clientId) ? { client_id: clientId } : {};
  const current = refusal instanceof EditConflict ? { message: toWire(refusal.current) } : {};
  const wait = refusal.code === 'slow_mode' ? { retry_after: Math.ceil((refusal.retryAfterMs ?? 0) / 1_000) } : {};
  return { type: 'refused', ...named, code: refusal.code, detail: refusal.message, ...wait, ...current };
}
