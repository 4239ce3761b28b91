/** The pages of this browser that are open, told apart by names that last as long as the page. */
export interface Tabs {
  readonly own: string;
  /** Calls once that page is gone, in one page at a time. */
  inherit(tab: string, take: () => void): void;
}

/**
 * By Web Locks, which a page holds until it is gone, however it went. Plain-HTTP sites have none; there every page takes
 * what it finds: what is then sent twice is stored once.
 */
export function openTabs(name: string): Tabs {
  hold(name);
  return {
    own: name,
    inherit(tab, take) {
      const locks = webLocks();
      if (locks) locks.request(lockOf(tab), async () => take()).catch(ignore);
      else take();
    },
  };
}

/** From here on until this page is gone the name is known to be in use. */
export function hold(name: string): void {
  webLocks()
    ?.request(lockOf(name), () => new Promise(() => {}))
    .catch(ignore);
}

/** Calls if no page holds that name now, or that cannot be known. */
export function ifGone(name: string, take: () => void): void {
  const locks = webLocks();
  if (locks) locks.request(lockOf(name), { ifAvailable: true }, async (lock) => lock && take()).catch(ignore);
  else take();
}

const TAB = 'shoal:tab';

/** The name of this tab, which keeps it while its pages come and go. A duplicate of the tab begins with the same name. */
export function tabName(): string {
  return read() ?? renewTabName();
}

export function renewTabName(): string {
  const name = crypto.getRandomValues(new Uint32Array(2)).join('-');
  try {
    sessionStorage.setItem(TAB, name);
  } catch {
    // Where browsers forbid storage, the name lasts as long as the page.
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

const lockOf = (tab: string): string => `shoal:tab:${tab}`;

const webLocks = () => {
  const { locks }: Partial<Pick<Navigator, 'locks'>> = navigator;
  return locks;
};

/** Requests fail when this page goes away, and then it inherits nothing. */
const ignore = (): void => {};
