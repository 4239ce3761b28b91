import type { DeviceUse } from '../feed/device-use.ts';
import type { Blobs } from '../ports/blobs.ts';
import type { Broadcast } from '../ports/broadcast.ts';
import type { Clock } from '../ports/clock.ts';
import type { PushSender } from '../ports/push-sender.ts';
import type { Storage } from '../ports/storage.ts';
import type { Thumbnails } from '../ports/thumbnails.ts';
import { makeAnnounceMessage } from './announce-message.ts';
import { makeApplyRetention } from './apply-retention.ts';
import { makeEndSessions } from './end-sessions.ts';
import { makeEraseMessage } from './erase-message.ts';
import { type ForgetPersonDeps, makeForgetPerson } from './forget-person.ts';
import type { JobHandlers } from './job-handlers.ts';
import { type MakeCardDeps, makeMakeCard } from './make-card.ts';
import { makeMakeThumbnail } from './make-thumbnail.ts';
import { makePushMessage } from './push-message.ts';
import { makeWithdrawMessage } from './withdraw-message.ts';

/** @param deps with a unit of work that wakes the worker when a job adds jobs */
export function makeJobHandlers(
  deps: Pick<Storage, 'unitOfWork' | 'view' | 'scrub'> & {
    readonly blobs: Blobs;
    readonly thumbnails: Thumbnails;
    readonly broadcast: Broadcast;
    readonly clock: Clock;
    readonly deviceUse: DeviceUse;
    readonly pushSender: PushSender;
  } & ForgetPersonDeps &
    MakeCardDeps,
): JobHandlers {
  return {
    erase_message: makeEraseMessage(deps),
    scrub: () => deps.scrub(),
    announce_message: makeAnnounceMessage(deps),
    push_message: makePushMessage(deps),
    withdraw_message: makeWithdrawMessage(deps),
    make_thumbnail: makeMakeThumbnail(deps),
    make_card: makeMakeCard(deps),
    end_sessions: makeEndSessions(deps),
    apply_retention: makeApplyRetention(deps),
    forget_person: makeForgetPerson(deps),
  };
}
