import { revision } from '../../domain/chats/chat.ts';
import { isDirect, type Membership } from '../../domain/chats/membership.ts';
import { FORMER_MEMBER } from '../../domain/identity/former-member.ts';
import { type ChatId, chatId, type UserId } from '../../domain/ids.ts';
import { nextTurn } from '../next-turn.ts';
import type { Blobs } from '../ports/blobs.ts';
import type { Broadcast } from '../ports/broadcast.ts';
import type { Clock } from '../ports/clock.ts';
import type { ErasureList } from '../ports/erasure-list.ts';
import type { StoredErasure } from '../ports/erasures.ts';
import type { MessagePlace } from '../ports/messages.ts';
import type { Storage } from '../ports/storage.ts';
import type { StoreView } from '../ports/store.ts';
import type { Timer } from '../ports/timer.ts';
import { leaveGroup, sayLeft } from '../use-cases/chats/leave-group.ts';
import { applyBlocks } from '../use-cases/direct/apply-blocks.ts';
import { removeBlobs } from '../use-cases/files/remove-blobs.ts';
import { forgetPart } from './forget-part.ts';
import type { JobHandler } from './job-handlers.ts';

/** Messages that are looked at in one read, and of which one unit of work changes those that are to be changed. */
const WINDOW = 300;
/** Well below the time that an attempt may take. A later job continues then. */
const SLICE_MS = 20_000;
const MEMBERSHIPS = 200;
const ANNOUNCEMENTS = 1_000;

export interface ForgetPersonDeps extends Pick<Storage, 'unitOfWork' | 'view' | 'scrub'> {
  readonly blobs: Blobs;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly erasureList: ErasureList;
}

/**
 * Does what is left to do for a deleted account: leaves its chats, and then looks through all messages, once and in order. How far it has
 * come is stored with what was done, so that a job that is repeated, continues another one, or runs beside it does nothing twice.
 */
export function makeForgetPerson(deps: ForgetPersonDeps): JobHandler<'forget_person'> {
  const { unitOfWork, view, timer, erasureList, scrub } = deps;

  return async ({ userId }) => {
    const until = timer.elapsed() + SLICE_MS;
    const erasure = await view.erasures.find(userId);
    if (!erasure || erasure.isDone) return;
    // The process may have ended before the list was written.
    const { words, at } = erasure;
    if (!(await erasureList.read()).some((one) => one.userId === userId))
      await erasureList.append([{ userId, words, at }]);
    await leaveChats(deps, userId);
    await removeAnnouncements(deps, userId);
    const end = await lookThrough(deps, erasure, until);
    if (!end.isEnd) {
      await unitOfWork.run(({ jobs }) => jobs.add({ kind: 'forget_person', userId }, { delayMs: 0 }));
      return;
    }
    await scrub();
    const place = end.reached ?? NOWHERE;
    await unitOfWork.run(({ erasures }) => erasures.reach(userId, { place, isDone: true }));
  };
}

/** Where an installation without messages was looked through. */
const NOWHERE: MessagePlace = { chatId: chatId(0), position: revision(0) };

/** Direct chats stay for the others, and nobody writes to a person who is gone. */
async function leaveChats({ unitOfWork, view, broadcast, clock }: ForgetPersonDeps, userId: UserId): Promise<void> {
  const leaver = { id: userId, username: FORMER_MEMBER };
  for (const { chatId: chat, role } of await membershipsOf(view, userId)) {
    const left = await unitOfWork.run(async (store) => {
      const membership = await store.members.find(chat, userId);
      if (!membership) return undefined;
      if (!isDirect(role)) return leaveGroup(store, { membership, leaver, sentAt: clock.now() });
      await applyBlocks(store, chat);
      return undefined;
    });
    if (left) sayLeft(broadcast, left);
  }
}

async function membershipsOf({ members }: StoreView, userId: UserId): Promise<readonly Membership[]> {
  const all: Membership[] = [];
  for (let after: ChatId | undefined; ; ) {
    const page = await members.ofUser(userId, after, MEMBERSHIPS);
    all.push(...page);
    after = page.at(-1)?.chatId;
    if (page.length < MEMBERSHIPS) return all;
  }
}

async function removeAnnouncements({ unitOfWork }: ForgetPersonDeps, userId: UserId): Promise<void> {
  let removed: number;
  do {
    removed = await unitOfWork.run(({ erasures }) => erasures.removeAnnouncements(userId, ANNOUNCEMENTS));
  } while (removed === ANNOUNCEMENTS);
}

/** Answers where it stopped: at the end of all messages, or when the time was over. */
async function lookThrough(
  deps: ForgetPersonDeps,
  { userId, words, reached: begun }: StoredErasure,
  until: number,
): Promise<{ readonly isEnd: boolean; readonly reached: MessagePlace | undefined }> {
  const { unitOfWork, view, blobs, broadcast, clock, timer } = deps;
  const names = new Set(await view.erasures.namesOf(userId));
  let after = begun;
  while (timer.elapsed() < until) {
    const part = await view.messages.personal({ userId, after, window: WINDOW });
    const reached = part.next ?? part.written.at(-1) ?? part.about.at(-1) ?? after;
    const isWorthNoting = part.written.length + part.about.length + part.reactions.length > 0;
    const forgetting = { userId, words, names, at: clock.now(), part, reached: reached && placeOf(reached) };
    if (isWorthNoting) {
      const { events, blobs: keys } = await unitOfWork.run((store) => forgetPart(store, forgetting));
      for (const event of events) broadcast.publishToChat(event.chatId, event.event);
      await removeBlobs({ view, blobs }, keys);
    }
    if (!part.next) return { isEnd: true, reached: forgetting.reached };
    after = part.next;
    await nextTurn(timer);
  }
  if (after) {
    const place = after;
    await unitOfWork.run(({ erasures }) => erasures.reach(userId, { place, isDone: false }));
  }
  return { isEnd: false, reached: after };
}

const placeOf = ({ chatId: chat, position }: MessagePlace): MessagePlace => ({ chatId: chat, position });
