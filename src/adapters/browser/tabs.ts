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
  const { locks }: Partial<Pick<Navigator, 'locks'>> = navigator;
  const lockOf = (tab: string) => `shoal:tab:${tab}`;
  locks?.request(lockOf(name), () => new Promise(() => {})).catch(ignore);
  return {
    own: name,
    inherit(tab, take) {
      if (locks) locks.request(lockOf(tab), async () => take()).catch(ignore);
      else take();
    },
  };
}

/** Requests fail when this page goes away, and then it inherits nothing. */
const ignore = (): void => {};
