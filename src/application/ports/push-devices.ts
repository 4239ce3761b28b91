import type { ChatId, SessionId } from '../../domain/ids.ts';
import type { NewPushDevice, PushDevice, PushDeviceId } from '../../domain/push/device.ts';
import type { PushKeys } from '../../domain/push/push-keys.ts';

export interface PushDevicesView {
  find(id: PushDeviceId): Promise<PushDevice | undefined>;
  /** The device of the session, or undefined. */
  ofSession(sessionId: SessionId): Promise<PushDevice | undefined>;
  /** The keys of the installation; undefined before the first start has settled them. */
  keys(): Promise<PushKeys | undefined>;
  /** The devices of the chat's members, by id. */
  ofMembers(chatId: ChatId): Promise<readonly PushDevice[]>;
}

/** The devices end with their sessions: `Sessions` removes them. */
export interface PushDevices extends PushDevicesView {
  /**
   * Adds a device, whose session must exist. It replaces the session's earlier device, and any device with the same endpoint, whose
   * browser is used by this session now.
   */
  add(device: NewPushDevice): Promise<PushDevice>;
  /** An unknown id changes nothing. */
  remove(id: PushDeviceId): Promise<void>;
  /** The keys of the installation, which are these unless it has some already. */
  settleKeys(keys: PushKeys): Promise<PushKeys>;
}
