import type { JobKind } from '../../domain/jobs/job.ts';
import type { BudgetName } from './budgets.ts';
import type { LimitName } from './rate-limits.ts';

/** How an attempt to sign in went: it succeeded in one of two ways, or it was refused with a code. */
export type SignInResult = 'signed_in' | 'registered' | (string & {});

/**
 * Counts what happens, for whoever runs the server. No method throws, waits, or costs more than adding to a number; codes
 * and names come from closed sets and never from outside.
 */
export interface Measurements {
  posted(): void;
  /** So many messages, each to so many followers, were handed over at once. */
  delivered(messages: number, followers: number): void;
  followed(): void;
  unfollowed(): void;
  signIn(result: SignInResult): void;
  /** Somebody was told no; `internal` is what a bug is called. */
  refused(code: string, over: 'http' | 'websocket'): void;
  /** Somebody wanted more than the limit or the budget has left. */
  limited(limit: LimitName | BudgetName): void;
  /** The server closed a socket by this code. */
  closedSocket(code: number): void;
  /** An attempt at a job ended: it is done, is tried again, or was given up. */
  endedJob(kind: JobKind, outcome: 'done' | 'failed' | 'dead'): void;
  /** Units were committed together; from the begin of their transaction until it was durable it took so many seconds. */
  committed(units: number, seconds: number): void;
}
