/** For whom the server serves the page's socket. */
export interface PageOwner {
  readonly you: { readonly id: number };
  readonly installation: string;
}

const page = () => document.documentElement.dataset;

/** The installation whose data the page shows. Ids are meaningless in another one, so stored data belongs to one installation. */
export const installation = {
  get id(): string {
    return page().installation ?? '';
  },

  /** Revisions of two epochs cannot be compared. */
  get epoch(): string {
    return page().epoch ?? '';
  },

  /** The data was restored from a backup while the page was open. */
  renew(epoch: string): void {
    page().epoch = epoch;
  },
};

/** False when the address belongs to another installation now, or the session to another person. */
export const isForPageOf = (viewer: { readonly id: number }, { you, installation: id }: PageOwner): boolean =>
  you.id === viewer.id && id === installation.id;
