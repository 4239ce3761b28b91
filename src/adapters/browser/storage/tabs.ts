/** The open tabs of this browser, by names that last as long as their page. */
export interface Tabs {
  readonly own: string;
  /** Calls once that tab is closed, in one tab at a time. */
  inherit(tab: string, take: () => void): void;
}

/**
 * Uses Web Locks, which a page holds until it is gone, even after a crash. Plain-HTTP sites have none: there every tab inherits
 * at once, and a post that two tabs send is stored once. When the signal is aborted, the name counts as that of a closed tab.
 */
export function openTabs(name: string, signal: AbortSignal): Tabs {
  hold(name, signal);
  return {
    own: name,
    inherit(tab, take) {
      const locks = webLocks();
      if (locks) locks.request(lockOf(tab), { signal }, async () => take()).catch(ignore);
      else take();
    },
  };
}

/** Marks the name as in use until this page is gone or the signal is aborted. */
export function hold(name: string, signal: AbortSignal): void {
  webLocks()
    ?.request(lockOf(name), { signal }, () => new Promise((release) => signal.addEventListener('abort', release)))
    .catch(ignore);
}

/** Calls if no page holds the name, or where that cannot be known. */
export function ifGone(name: string, take: () => void): void {
  const locks = webLocks();
  if (locks) locks.request(lockOf(name), { ifAvailable: true }, async (lock) => lock && take()).catch(ignore);
  else take();
}

const TAB = 'shoal:tab';

/** The name of this tab, which outlives its pages. A duplicated tab starts with the same name. */
export function tabName(): string {
  return read() ?? renewTabName();
}

export function renewTabName(): string {
  const name = crypto.getRandomValues(new Uint32Array(2)).join('-');
  try {
    sessionStorage.setItem(TAB, name);
  } catch {
    // Without storage the name lasts as long as the page.
  }
  return name;
}

function read(): string | undefined {
  try {
    return sessionStorage.getItem(TAB) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Whether closed tabs can be told from open ones. */
export const knowsTabs = (): boolean => webLocks() !== undefined;

const lockOf = (tab: string): string => `shoal:tab:${tab}`;

/** Undefined on plain-HTTP sites. */
export const webLocks = () => {
  const { locks }: Partial<Pick<Navigator, 'locks'>> = navigator;
  return locks;
};

/** Lock requests fail when this page goes away, and when their signal is aborted. */
const ignore = (): void => {};
