import type { Chat, Retention, Revision } from '../../domain/chats/chat.ts';
import { Conflict } from '../../domain/errors.ts';
import type { BlobKey } from '../../domain/files/file.ts';
import { erasedBefore, lastExpired, nextErasure } from '../../domain/moderation/retention.ts';
import type { Blobs } from '../ports/blobs.ts';
import type { Broadcast } from '../ports/broadcast.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store, StoreView } from '../ports/store.ts';
import type { UnitOfWork } from '../ports/unit-of-work.ts';
import { removeBlobs } from '../use-cases/files/remove-blobs.ts';
import type { JobHandler } from './job-handlers.ts';

/** Messages that are erased in one unit of work. Others wait for it, so that it must be short. */
const BATCH = 500;

/**
 * Erases a batch of the messages that are older than the chat keeps them, and adds the job that goes on: at once, or when the next message is
 * too old. Each job carries the version of the retention, which it replaces: of a job that runs twice, and of jobs of several settings, one
 * goes on.
 */
export function makeApplyRetention(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
  readonly view: StoreView;
  readonly blobs: Blobs;
}): JobHandler<'apply_retention'> {
  const { unitOfWork, broadcast, clock } = deps;

  return async ({ chatId, version }) => {
    const now = clock.now();
    const erased = await unitOfWork.run(async (store) => {
      const chat = await store.chats.find(chatId);
      const { retention } = chat ?? {};
      if (!chat || !retention || retention.version !== version || retention.days === 0) return undefined;
      return eraseBatch(store, { chat, retention, now });
    });
    if (!erased) return;
    broadcast.publishToChat(chatId, { type: 'messages_erased', chatId, upTo: erased.through });
    await removeBlobs(deps, erased.blobs);
  };
}

interface Erased {
  readonly through: Revision;
  readonly blobs: readonly BlobKey[];
}

/** Undefined where no message was too old. */
async function eraseBatch(
  { chats, messages, search, jobs }: Store,
  { chat, retention, now }: { readonly chat: Chat; readonly retention: Retention; readonly now: number },
): Promise<Erased | undefined> {
  const { id: chatId } = chat;
  const { days, version, erasedTo: after } = retention;
  const oldest = await messages.oldest(chatId, after, BATCH);
  const through = lastExpired(oldest, erasedBefore(days, now));
  if (through !== undefined) await search.removeRange(chatId, { after, through });
  const blobs = through === undefined ? [] : await messages.removeRange(chatId, { after, through });
  // Messages are locked before the chat, as everywhere. Another run of the same job has been faster where this finds another version.
  const passed = await chats.passRetention(chatId, { version, erasedTo: through ?? after });
  if (passed === undefined) throw new Conflict('text_changed', 'The retention of the chat was set meanwhile.');
  const isMore = oldest.length === BATCH && through === oldest.at(-1)?.position;
  const first = oldest.find(({ position }) => through === undefined || position > through);
  const delayMs = isMore ? 0 : nextErasure(first, { days, now });
  await jobs.add({ kind: 'apply_retention', chatId, version: passed }, { delayMs });
  if (through !== undefined && !isMore) await jobs.add({ kind: 'scrub' }, { delayMs: 0 });
  return through === undefined ? undefined : { through, blobs };
}
