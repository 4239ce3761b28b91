import type { Branded, SessionId, UserId } from '../ids.ts';
import type { Subscription } from './subscription.ts';

export type PushDeviceId = Branded<number, 'PushDeviceId'>;

export const pushDeviceId = (value: number): PushDeviceId => value as PushDeviceId;

/** A browser that receives push messages for the user who is signed in there, until that session ends. */
export interface PushDevice {
  readonly id: PushDeviceId;
  readonly userId: UserId;
  readonly sessionId: SessionId;
  readonly subscription: Subscription;
  /** The origin under which the browser knows this installation. */
  readonly origin: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

export type NewPushDevice = Omit<PushDevice, 'id'>;
