import { momentAt, zone } from '../../../domain/attention/zone.ts';
import { endOfAway } from '../../../domain/presence/availability.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { settleAccount } from '../identity/settle-account.ts';

/** A moment in milliseconds since 1970, a time from now, or what the clocks of a zone will show (see `shownAt`); null for not away. */
export type NewAway =
  | { readonly until: number }
  | { readonly forMs: number }
  | { readonly shown: number; readonly zone: string }
  | null;

/**
 * Shows the actor to others as away until a moment, whatever their devices say, or no longer. It changes nothing in what they are notified
 * of. Answers the moment in milliseconds since 1970, or undefined.
 * @throws DomainError `invalid_away`, `invalid_notifications` for an unknown zone, `unavailable`
 */
export type SetAway = (actor: Actor, away: NewAway) => Promise<number | undefined>;

interface Deps {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}

export function makeSetAway({ unitOfWork, broadcast, clock }: Deps): SetAway {
  return async ({ user }, away) => {
    const now = clock.now();
    const until = away && endOfAway(momentOf(away, now), now);
    await unitOfWork.run(async (store) => {
      await settleAccount(store, user);
      await store.users.setAwayUntil(user.id, until);
    });
    broadcast.publishPresence({ type: 'away_set' });
    return until ?? undefined;
  };
}

function momentOf(away: NonNullable<NewAway>, now: number): number {
  if ('until' in away) return away.until;
  return 'forMs' in away ? now + away.forMs : momentAt(zone(away.zone), away.shown);
}
