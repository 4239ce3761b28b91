import type { PushDevices, PushDevicesView } from '../../application/ports/push-devices.ts';
import { pushDeviceId } from '../../domain/push/device.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryPushDevices(tables: Tables): PushDevices {
  const { pushDevices, pushKeys, sessions } = tables;
  let lastId = 0;
  return {
    ...makeMemoryPushDevicesView(tables, 'current'),

    async add(device) {
      const { sessionId, subscription } = device;
      sessions.require(sessionId);
      for (const { id, ...other } of pushDevices.current.values())
        if (other.sessionId === sessionId || other.subscription.endpoint === subscription.endpoint)
          pushDevices.remove(id);
      lastId += 1;
      const added = { ...device, id: pushDeviceId(lastId) };
      pushDevices.insert(added.id, added);
      return added;
    },

    async remove(id) {
      pushDevices.remove(id);
    },

    async settleKeys(keys) {
      const settled = pushKeys.current.get('keys') ?? keys;
      pushKeys.put('keys', settled);
      return settled;
    },
  };
}

export function makeMemoryPushDevicesView({ pushDevices, pushKeys, members }: Tables, moment: Moment): PushDevicesView {
  return {
    async find(id) {
      return pushDevices[moment].get(id);
    },

    async ofSession(sessionId) {
      return [...pushDevices[moment].values()].find((device) => device.sessionId === sessionId);
    },

    async keys() {
      return pushKeys[moment].get('keys');
    },

    async ofMembers(chatId) {
      return [...pushDevices[moment].values()]
        .filter(({ userId }) => members[moment].get(`${chatId}/${userId}`) !== undefined)
        .sort((a, b) => a.id - b.id);
    },
  };
}
