import { isBusy } from '../errors.ts';

/** Another process may hold the write lock this long before whoever waits for it gives up. */
const PATIENCE_MS = 5_000;
const RETRY_MS = 25;

/** Tries until no other process holds the lock. The event loop is free in between: SQLite's own wait would block it. */
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
