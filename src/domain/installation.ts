import type { Branded } from './ids.ts';

/** Opaque, at most 64 characters of base64url. */
export type InstallationId = Branded<string, 'InstallationId'>;
/** Opaque, at most 64 characters of base64url. */
export type Epoch = Branded<string, 'Epoch'>;

/** Identifies a set of data. User and chat ids are unique within one installation only. */
export interface Installation {
  /** Generated once, when the storage is created. Copies of the data keep it. */
  readonly id: InstallationId;
  /** Changes when the data is restored from a copy. Revisions of different epochs cannot be compared. */
  readonly epoch: Epoch;
}

export const installationId = (value: string): InstallationId => value as InstallationId;
export const epoch = (value: string): Epoch => value as Epoch;
