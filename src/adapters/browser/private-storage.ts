const PREFIX = 'shoal:private:';

let isSealed = false;

/**
 * What one person wrote or saw, kept by this browser for its next visit, until they log out. Browsers may forbid storage
 * or have no room left: chatting goes on without, and what could not be kept is undefined.
 */
export const privateStorage = {
  read: (name: string): string | undefined => quietly(() => localStorage.getItem(PREFIX + name)) ?? undefined,

  /** Those of all entries whose name begins so, in the order of their names. */
  names(beginning: string): readonly string[] {
    const all = quietly(() => Object.keys(localStorage)) ?? [];
    return all
      .filter((key) => key.startsWith(PREFIX + beginning))
      .map((key) => key.slice(PREFIX.length))
      .sort();
  },

  /** Answers whether it is kept. */
  write(name: string, value: string): boolean {
    if (isSealed) return false;
    return (
      quietly(() => {
        localStorage.setItem(PREFIX + name, value);
        return true;
      }) === true
    );
  },

  remove(name: string): void {
    if (!isSealed) quietly(() => localStorage.removeItem(PREFIX + name));
  },

  /** Calls for each entry that another tab changes; without a value it is gone. */
  onChange(changed: (name: string, value: string | undefined) => void): void {
    addEventListener('storage', ({ key, newValue }) => {
      if (key?.startsWith(PREFIX)) changed(key.slice(PREFIX.length), newValue ?? undefined);
    });
  },

  /** Leaves nothing behind of anyone, and keeps this page from writing any more. */
  clear(): void {
    for (const name of privateStorage.names('')) privateStorage.remove(name);
    isSealed = true;
  },

  /** When the session is over: who logged out elsewhere wants nothing kept, who did not finds it again. */
  seal(): void {
    isSealed = true;
  },
};

function quietly<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
