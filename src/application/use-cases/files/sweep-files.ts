import { type BlobKey, STAGED_FOR_MS } from '../../../domain/files/file.ts';
import type { Blobs } from '../../ports/blobs.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoreView } from '../../ports/store.ts';
import type { Timer } from '../../ports/timer.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { SettledClock } from '../identity/settled-clock.ts';
import { isNamed, removeBlobs } from './remove-blobs.ts';

/** Rows that one unit of work removes, so that posts do not wait long for it. */
const REMOVED_AT_ONCE = 500;
const ASKED_AT_ONCE = 500;
const FORGOTTEN_AT_ONCE = 500;
/** An upload that makes no progress is cut off much earlier. */
const CUT_OFF_AFTER_MS = 60 * 60 * 1000;

export interface Swept {
  /** Files that waited for a message in vain. */
  readonly staged: number;
  /** Blobs that no file had. */
  readonly blobs: number;
}

/**
 * Makes the store of blobs equal the rows of files: removes what waited for a message for an hour, and blobs that no file has, whatever was cut
 * off when. Forgets pages whose time is over. Run it every few minutes: it compares the readings of the clock at its runs.
 */
export type SweepFiles = () => Promise<Swept>;

export function makeSweepFiles(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly timer: Timer;
}): SweepFiles {
  const { unitOfWork, view, blobs } = deps;
  const settledClock = new SettledClock(deps);

  async function removeStaged(before: number): Promise<number> {
    let removed = 0;
    for (;;) {
      const keys = await unitOfWork.run(({ files }) => files.removeStaged(before, REMOVED_AT_ONCE));
      await removeBlobs(deps, keys);
      removed += keys.length;
      if (keys.length < REMOVED_AT_ONCE) return removed;
    }
  }

  async function removeUnnamed(keys: readonly BlobKey[]): Promise<number> {
    const named = await view.files.named(keys);
    const unnamed = keys.filter((key) => !named.has(key));
    await removeBlobs(deps, unnamed);
    return unnamed.length;
  }

  return async () => {
    const now = await settledClock.look();
    const staged = now === undefined ? 0 : await removeStaged(now - STAGED_FOR_MS);
    let [unnamed, keys]: [number, BlobKey[]] = [0, []];
    for await (const key of blobs.keys()) {
      if (keys.push(key) < ASKED_AT_ONCE) continue;
      unnamed += await removeUnnamed(keys);
      keys = [];
    }
    unnamed += await removeUnnamed(keys);
    if (now !== undefined) await forgetPages(unitOfWork, now);
    if (now !== undefined) await blobs.clear(now - CUT_OFF_AFTER_MS, (key) => isNamed(view, key));
    return { staged, blobs: unnamed };
  };
}

async function forgetPages(unitOfWork: UnitOfWork, now: number): Promise<void> {
  for (;;) {
    const forgotten = await unitOfWork.run(({ linkCards }) => linkCards.removeExpired(now, FORGOTTEN_AT_ONCE));
    if (forgotten < FORGOTTEN_AT_ONCE) return;
  }
}
