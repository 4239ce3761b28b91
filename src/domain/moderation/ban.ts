import { DomainError } from '../errors.ts';
import type { ChatId, UserId } from '../ids.ts';
import type { Reason } from './reason.ts';

/** A person who must not be in a chat. Times are milliseconds since 1970. */
export interface Ban extends BanTerms {
  readonly chatId: ChatId;
  readonly userId: UserId;
}

export interface BanTerms {
  readonly by: UserId;
  readonly at: number;
  /** The first moment at which the person may come back; null for a ban without end. */
  readonly until: number | null;
  readonly reason: Reason;
}

export const termsOf = ({ by, at, until, reason }: Ban): BanTerms => ({ by, at, until, reason });

/** Ten years. */
const MAX_HOURS = 87_600;
const HOUR_MS = 3_600_000;

/**
 * When a ban of so many hours ends; null, for no end, without them.
 * @throws DomainError `invalid_ban`
 */
export function banEnd(hours: number | undefined, now: number): number | null {
  if (hours === undefined) return null;
  if (!Number.isInteger(hours) || hours < 1 || hours > MAX_HOURS)
    throw new DomainError('invalid_ban', `A ban lasts from 1 to ${MAX_HOURS} hours, or has no end.`);
  return now + hours * HOUR_MS;
}

export const isInForce = ({ until }: Pick<Ban, 'until'>, now: number): boolean => until === null || now < until;

/** How far back the messages of a removed person may be deleted with them: 30 days. */
const MAX_DELETED_HOURS = 720;

/**
 * The moment since which the messages of a removed person are deleted; undefined for none of them.
 * @throws DomainError `bad_request`
 */
export function deletedSince(hours: number | undefined, now: number): number | undefined {
  if (hours === undefined || hours === 0) return undefined;
  if (!Number.isInteger(hours) || hours < 0 || hours > MAX_DELETED_HOURS)
    throw new DomainError('bad_request', `Messages of the last 1 to ${MAX_DELETED_HOURS} hours can be deleted.`);
  return now - hours * HOUR_MS;
}
