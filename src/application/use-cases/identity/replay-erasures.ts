import type { Erasure } from '../../../domain/identity/erasure.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ErasureList } from '../../ports/erasure-list.ts';
import type { StoreView } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { removePerson } from './remove-person.ts';

/** How many entries the list lacked, and how many accounts were deleted again. */
export interface Replayed {
  readonly listed: number;
  readonly deleted: number;
}

/**
 * Makes the storage and the list of deleted accounts agree: an account of the list that is there again, since an older backup was restored,
 * is deleted again, and a deletion that the list lacks, since the process ended before it was written, is written. Run it at each start.
 * @throws DomainError `unavailable`
 */
export type ReplayErasures = () => Promise<Replayed>;

const PAGE = 500;

export function makeReplayErasures(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
  readonly erasureList: ErasureList;
}): ReplayErasures {
  const { unitOfWork, view, broadcast, clock, erasureList } = deps;

  async function replay(erasure: Erasure): Promise<boolean> {
    const renamed = await unitOfWork.run(async (store) => {
      const removed = await removePerson(store, erasure, clock.now());
      // Also where there is no such account, so that one that gets the same id later is left alone.
      if (!removed) await store.erasures.add(erasure, { isDone: true });
      return removed;
    });
    if (renamed) broadcast.publishPresence({ type: 'user_renamed', ...renamed });
    return renamed !== undefined;
  }

  return async () => {
    const listed = new Map((await erasureList.read()).map((erasure) => [erasure.userId, erasure]));
    const stored = await allStored(view);
    const unlisted = stored.filter(({ userId }) => !listed.has(userId));
    if (unlisted.length > 0) await erasureList.append(unlisted);
    const known = new Set(stored.map(({ userId }) => userId));
    let deleted = 0;
    for (const erasure of listed.values()) if (!known.has(erasure.userId) && (await replay(erasure))) deleted += 1;
    return { listed: unlisted.length, deleted };
  };
}

async function allStored({ erasures }: StoreView): Promise<readonly Erasure[]> {
  const all: Erasure[] = [];
  for (let after: UserId | undefined; ; ) {
    const page = await erasures.list(after, PAGE);
    all.push(...page.map(({ userId, words, at }) => ({ userId, words, at })));
    after = page.at(-1)?.userId;
    if (page.length < PAGE) return all;
  }
}
