import { installation } from './installation.ts';

/** Of versions that did not know whose the entries were: they may be another installation's, and are shown to nobody. */
const UNOWNED = 'shoal:private:';
/** What the reader wrote and nobody else has. */
const UNSENT = /^(draft|outbox):/;

const prefix = (): string => `shoal:${installation.id}:`;

let isLoggedOut = false;

/**
 * What one person wrote or saw in this installation, kept by this browser for the next visit. Logging out leaves only what
 * was not sent. Browsers may forbid storage or have no room left: chatting goes on without, and what could not be kept is
 * undefined.
 */
export const privateStorage = {
  read: (name: string): string | undefined => quietly(() => localStorage.getItem(prefix() + name)) ?? undefined,

  /** Those of all entries whose name begins so, in the order of their names. */
  names(beginning: string): readonly string[] {
    const start = prefix();
    return keysFrom(start + beginning).map((key) => key.slice(start.length));
  },

  /** Answers whether it is kept. */
  write(name: string, value: string): boolean {
    if (isLoggedOut && !UNSENT.test(name)) return false;
    return (
      quietly(() => {
        localStorage.setItem(prefix() + name, value);
        return true;
      }) === true
    );
  },

  remove(name: string): void {
    quietly(() => localStorage.removeItem(prefix() + name));
  },

  /** Calls for each entry that another tab changes; without a value it is gone. */
  onChange(changed: (name: string, value: string | undefined) => void): void {
    addEventListener('storage', ({ key, newValue }) => {
      const start = prefix();
      if (key?.startsWith(start)) changed(key.slice(start.length), newValue ?? undefined);
    });
  },

  /** Leaves nothing but what was not sent, and keeps this page from writing anything else. */
  logOut(): void {
    for (const name of privateStorage.names('')) if (!UNSENT.test(name)) privateStorage.remove(name);
    isLoggedOut = true;
  },

  dropUnowned(): void {
    for (const key of keysFrom(UNOWNED)) quietly(() => localStorage.removeItem(key));
  },
};

const keysFrom = (beginning: string): readonly string[] =>
  (quietly(() => Object.keys(localStorage)) ?? []).filter((key) => key.startsWith(beginning)).sort();

function quietly<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
