import { installation } from './installation.ts';

/** The prefix of versions that did not note the owner: their entries may belong to another installation, and are never shown. */
const UNOWNED = 'shoal:private:';
/** Entries that exist nowhere else. */
const UNSENT = /^(draft|edit|outbox|change):/;

const prefix = (): string => `shoal:${installation.id}:`;

let isLoggedOut = false;

/**
 * The browser's storage for one person in this installation. Logging out removes everything but unsent texts. Browsers may
 * forbid storage or have no room left: then reading returns undefined, writing returns false, and the page works without.
 */
export const privateStorage = {
  read: (name: string): string | undefined => quietly(() => localStorage.getItem(prefix() + name)) ?? undefined,

  /** The names of all entries that begin with the prefix, sorted. */
  names(beginning: string): readonly string[] {
    const start = prefix();
    return keysFrom(start + beginning).map((key) => key.slice(start.length));
  },

  /** Returns whether the value was stored. */
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

  /** Calls for each entry that another tab changes or, with undefined, removes, until the signal is aborted. */
  onChange(changed: (name: string, value: string | undefined) => void, until?: AbortSignal): void {
    const listen = ({ key, newValue }: StorageEvent) => {
      const start = prefix();
      if (key?.startsWith(start)) changed(key.slice(start.length), newValue ?? undefined);
    };
    addEventListener('storage', listen, until && { signal: until });
  },

  /** Removes everything but unsent texts. From now on this page stores nothing else either. */
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
