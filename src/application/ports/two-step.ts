import type { TwoStep } from '../../domain/identity/two-step.ts';
import type { UserId } from '../../domain/ids.ts';

export interface TwoStepView {
  /** What was begun or is on; undefined where there is nothing. */
  of(userId: UserId): Promise<TwoStep | undefined>;
  /** How many recovery codes the user has left. */
  recoveryLeft(userId: UserId): Promise<number>;
  /** Whether the user has a recovery code of this digest. */
  hasRecovery(userId: UserId, digest: string): Promise<boolean>;
}

export interface TwoSteps extends TwoStepView {
  /** Stores a new secret, not enabled, in place of any other. The user must exist. */
  begin(userId: UserId, secret: string): Promise<void>;
  /** Enables the stored secret at this moment (ms), by the code of this time step. Nothing is stored where there is none. */
  enable(userId: UserId, by: { readonly at: number; readonly step: number }): Promise<void>;
  /** Notes that the code of this time step was accepted. False, and nothing is noted, where one of it or of a later one was. */
  use(userId: UserId, step: number): Promise<boolean>;
  /** Removes the secret and the recovery codes. False where there was no secret. */
  remove(userId: UserId): Promise<boolean>;
  /** Replaces all recovery codes. The user must exist. @param digests `Secrets.digest` of each */
  setRecovery(userId: UserId, digests: readonly string[]): Promise<void>;
  /** Removes the recovery code of this digest. False where there is none. */
  useRecovery(userId: UserId, digest: string): Promise<boolean>;
}
