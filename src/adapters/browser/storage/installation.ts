import type { ServerFrame } from '../../wire/frames.ts';

export type ReadyFrame = Extract<ServerFrame, { type: 'ready' }>;

const page = () => document.documentElement.dataset;

/** Which installation's data the page shows. What browsers keep belongs to one installation: ids mean nothing in another. */
export const installation = {
  get id(): string {
    return page().installation ?? '';
  },

  /** Revisions of two epochs cannot be compared. */
  get epoch(): string {
    return page().epoch ?? '';
  },

  /** The data was restored from a copy while the page was open. */
  renew(epoch: string): void {
    page().epoch = epoch;
  },
};

/** The address may have become another installation's while the page was open, and the session another person's. */
export const isForPageOf = (viewer: { readonly id: number }, ready: ReadyFrame): boolean =>
  ready.you.id === viewer.id && ready.installation === installation.id;
