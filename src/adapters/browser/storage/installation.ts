import type { ServerFrame } from '../../wire/frames.ts';

export type ReadyFrame = Extract<ServerFrame, { type: 'ready' }>;

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
export const isForPageOf = (viewer: { readonly id: number }, ready: ReadyFrame): boolean =>
  ready.you.id === viewer.id && ready.installation === installation.id;
