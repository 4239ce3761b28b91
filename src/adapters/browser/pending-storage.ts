import { type PendingStorage, parsePending } from './pending.ts';

export function pendingInTab(of: { readonly userId: number; readonly chatId: number }): PendingStorage {
  const key = `shoal:pending:${of.userId}:${of.chatId}`;
  return {
    load: () => parsePending(quietly(() => sessionStorage.getItem(key)) ?? null),
    save: (posts) => {
      quietly(() => {
        if (posts.length === 0) sessionStorage.removeItem(key);
        else sessionStorage.setItem(key, JSON.stringify(posts));
      });
    },
  };
}

/** Browsers may forbid storage altogether; chatting goes on without. */
function quietly<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
