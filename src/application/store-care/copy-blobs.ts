import type { BlobKey } from '../../domain/files/file.ts';
import type { Blobs } from '../ports/blobs.ts';

/** What is to be copied; `bytes` is undefined where it is not known. */
interface Wanted {
  readonly key: BlobKey;
  readonly bytes: number | undefined;
}

export interface Copied<Blob extends Wanted> {
  /** Blobs that were not there before, and their bytes. */
  readonly copied: number;
  readonly bytes: number;
  /** Of which the source has nothing. */
  readonly missing: readonly Blob[];
  /** Whose bytes in the source are not those of their key. Nothing of them is copied. */
  readonly damaged: readonly Blob[];
}

/** Copies at one time: most of the time of a small one is spent waiting for the disk or the network. */
const AT_ONCE = 8;

/**
 * Copies bytes from one store to another. What is there already, in its whole length, is passed over, so that a run that was cut off goes on
 * where it was. Each digest is computed on the way, and nothing stays in memory.
 * @param tell called after each blob with how many were looked at
 */
export async function copyBlobs<Blob extends Wanted>(asked: {
  readonly wanted: AsyncIterable<Blob> | Iterable<Blob>;
  readonly from: Blobs;
  readonly to: Blobs;
  readonly tell?: (done: number) => void;
}): Promise<Copied<Blob>> {
  const { from, to, tell } = asked;
  const [missing, damaged]: [Blob[], Blob[]] = [[], []];
  const total = { done: 0, copied: 0, bytes: 0 };
  await eachOf(asked.wanted, async (wanted) => {
    const outcome = (await isThere(to, wanted, from)) ? 0 : await copyOne(wanted.key, { from, to });
    if (outcome === 'missing') missing.push(wanted);
    else if (outcome === 'damaged') damaged.push(wanted);
    else if (outcome !== 0) {
      total.copied += 1;
      total.bytes += outcome.bytes;
    }
    total.done += 1;
    tell?.(total.done);
  });
  return { copied: total.copied, bytes: total.bytes, missing, damaged };
}

async function isThere(to: Blobs, { key, bytes }: Wanted, from: Blobs): Promise<boolean> {
  const there = await to.size(key);
  return there !== undefined && there === (bytes ?? (await from.size(key)) ?? there);
}

/** One blob, whatever the target has under its key. */
export async function copyOne(
  key: BlobKey,
  { from, to }: { readonly from: Blobs; readonly to: Blobs },
): Promise<'missing' | 'damaged' | { readonly bytes: number }> {
  const stream = await from.open(key);
  if (!stream) return 'missing';
  const received = await to.receive(stream, Number.POSITIVE_INFINITY);
  if (received.key !== key) {
    await received.discard();
    return 'damaged';
  }
  try {
    await received.keep();
  } catch (error) {
    await received.discard();
    throw error;
  }
  return { bytes: received.bytes };
}

/** Several at one time. The first failure ends it, once those that were begun have ended. */
export async function eachOf<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => undefined);
  try {
    for await (const item of items) {
      const one: Promise<void> = work(item).finally(() => running.delete(one));
      one.catch(failure.reject);
      running.add(one);
      if (running.size >= AT_ONCE) await Promise.race([failure.promise, ...running]);
    }
    await Promise.all(running);
  } finally {
    await Promise.allSettled(running);
  }
}
