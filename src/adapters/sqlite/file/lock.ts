import { isBusy } from '../errors.ts';

/** How long to wait for a write lock that another process holds. */
const PATIENCE_MS = 5_000;
const RETRY_MS = 25;

/** Retries until no other process holds the lock. Unlike SQLite's own wait this does not block the event loop. */
export async function whenUnlocked(
  attempt: () => void,
  { patience = PATIENCE_MS, onWait }: { readonly patience?: number; readonly onWait?: () => void } = {},
): Promise<void> {
  const deadline = performance.now() + patience;
  for (let tries = 0; ; tries += 1) {
    try {
      attempt();
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw error;
      if (tries === 0) onWait?.();
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
