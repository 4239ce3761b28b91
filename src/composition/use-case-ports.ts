import { budgeted } from '../application/budgeted.ts';
import { BulkTurns } from '../application/feed/bulk-turns.ts';
import { noticeJobs } from '../application/jobs/notice-jobs.ts';
import type { CardRules } from '../application/use-cases/cards/card-rules.ts';
import type { FileRules } from '../application/use-cases/files/stage-file.ts';
import type { Config } from './config.ts';
import type { Get } from './container.ts';
import {
  BLOBS,
  BROADCAST,
  BUDGETS,
  CLOCK,
  ERASURE_LIST,
  JOB_WORKER,
  LOG,
  MEASUREMENTS,
  PASSKEY_VERIFIER,
  PASSWORD_HASHER,
  PRESENCE,
  PUSH_SENDER,
  RATE_LIMITS,
  SECRETS,
  STORAGE,
  THUMBNAILS,
  TIMER,
} from './tokens.ts';

export interface Rules extends Pick<Config, 'registration' | 'limits'> {
  readonly fileRules: FileRules;
  readonly cardRules: CardRules;
  /** Aborted when the app begins to stop. */
  readonly stopping: AbortSignal;
}

export type UseCasePorts = ReturnType<typeof useCasePorts>;

export interface Budgeted {
  readonly writes: ReturnType<typeof budgeted>;
  readonly reads: ReturnType<typeof budgeted>;
  readonly signals: ReturnType<typeof budgeted>;
}

/** What the use cases need, of the ports and of the rules of the installation. */
export function useCasePorts(get: Get, { registration, limits, fileRules, cardRules, stopping }: Rules) {
  const storage = get(STORAGE);
  return {
    ...storage,
    unitOfWork: noticeJobs(storage.unitOfWork, () => get(JOB_WORKER).wake()),
    blobs: get(BLOBS),
    thumbnails: get(THUMBNAILS),
    fileRules,
    cardRules,
    broadcast: get(BROADCAST),
    presence: get(PRESENCE),
    clock: get(CLOCK),
    timer: get(TIMER),
    pageTurns: new BulkTurns(get(TIMER)),
    log: get(LOG),
    measurements: get(MEASUREMENTS),
    secrets: get(SECRETS),
    passwordHasher: get(PASSWORD_HASHER),
    passkeyVerifier: get(PASSKEY_VERIFIER),
    rateLimits: get(RATE_LIMITS),
    budgets: get(BUDGETS),
    pushSender: get(PUSH_SENDER),
    erasureList: get(ERASURE_LIST),
    registration,
    maxLiveInvites: limits?.liveInvites ?? Number.POSITIVE_INFINITY,
    delayCaps: limits?.delayedSignIns ?? { ofNetwork: 0, inAll: 0 },
    stopping,
  };
}

/** Wrappers by which a use case takes one unit of the actor's budget. */
export const budgetedBy = ({ budgets }: Pick<UseCasePorts, 'budgets'>): Budgeted => ({
  writes: budgeted(budgets, 'writes'),
  reads: budgeted(budgets, 'reads'),
  signals: budgeted(budgets, 'signals'),
});
