import type { Branded } from './ids.ts';

/** Opaque, at most 64 characters of base64url. */
export type InstallationId = Branded<string, 'InstallationId'>;
/** Opaque, at most 64 characters of base64url. */
export type Epoch = Branded<string, 'Epoch'>;

/** Which body of data this is. User and chat ids mean something within one installation only. */
export interface Installation {
  /** Made once; it goes wherever the data goes. */
  readonly id: InstallationId;
  /** Another one after the data was restored from a copy: revisions of two epochs cannot be compared. */
  readonly epoch: Epoch;
}

export const installationId = (value: string): InstallationId => value as InstallationId;
export const epoch = (value: string): Epoch => value as Epoch;
