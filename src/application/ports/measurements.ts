import type { JobKind } from '../../domain/jobs/job.ts';
import type { BudgetName } from './budgets.ts';
import type { LimitName } from './rate-limits.ts';

/** The outcome of a sign-in: one of two kinds of success, or the code of the refusal. */
export type SignInResult = 'signed_in' | 'registered' | (string & {});

/**
 * Counts events for the operator. No method throws, waits, or costs more than an addition. Codes and names come from closed sets, never
 * from input.
 */
export interface Measurements {
  posted(): void;
  /** A batch of messages was handed to followers: each message to each follower. */
  delivered(messages: number, followers: number): void;
  followed(): void;
  unfollowed(): void;
  signIn(result: SignInResult): void;
  /** A request or frame was refused. The code of a bug is `internal`. */
  refused(code: string, over: 'http' | 'websocket'): void;
  /** A caller exceeded a limit or a budget. */
  limited(limit: LimitName | BudgetName): void;
  /** The server closed a socket with this code. */
  closedSocket(code: number): void;
  /** An attempt at a job ended: the job is done, will be retried, or is a dead letter. */
  endedJob(kind: JobKind, outcome: 'done' | 'failed' | 'dead'): void;
  /** A batch of units was committed; `seconds` passed from the start of the transaction until it was durable. */
  committed(units: number, seconds: number): void;
}
