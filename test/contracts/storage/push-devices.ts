import { expect, it } from 'vitest';
import type { User } from '../../../src/domain/identity/user.ts';
import { sessionId } from '../../../src/domain/ids.ts';
import { type NewPushDevice, pushDeviceId } from '../../../src/domain/push/device.ts';
import { aSessionOf, insertChat, insertUser, NOW } from '../../builders.ts';
import { expectMistake, type OpenStorage, openedWithChat } from './opened.ts';

export function aDeviceOf(user: User, changes: Partial<NewPushDevice> = {}): NewPushDevice {
  const subscription = {
    endpoint: `https://push.example/${user.username}`,
    publicKey: `BA${'x'.repeat(85)}`,
    auth: 'a'.repeat(22),
  };
  const { id } = aSessionOf(user);
  return {
    userId: user.id,
    sessionId: id,
    subscription,
    origin: 'https://chat.example',
    createdAt: NOW,
    ...changes,
  };
}

/** Devices that receive push messages, and the keys of the installation. */
export function pushDevicesContract(open: OpenStorage): void {
  async function openedWithSessions() {
    const world = await openedWithChat(open);
    const { ada, bob, unitOfWork } = world;
    await unitOfWork.run(async ({ sessions }) => {
      for (const user of [ada, bob]) await sessions.add(aSessionOf(user));
    });
    const add = (device: NewPushDevice) => unitOfWork.run(({ pushDevices }) => pushDevices.add(device));
    return { ...world, add };
  }

  it('a device is found by its id, by its session and among the members of a chat', async () => {
    const { add, ada, bob, view, chat, unitOfWork } = await openedWithSessions();
    const [eve, den] = await unitOfWork.run(async (store) => {
      const user = await insertUser(store, 'eve');
      await store.sessions.add(aSessionOf(user));
      return [user, await insertChat(store, 'Den', user)] as const;
    });
    const [ofAda, ofBob, ofEve] = [await add(aDeviceOf(ada)), await add(aDeviceOf(bob)), await add(aDeviceOf(eve))];

    expect(ofAda).toEqual({ ...aDeviceOf(ada), id: ofAda.id });
    expect(await view.pushDevices.find(ofBob.id)).toEqual(ofBob);
    expect(await view.pushDevices.ofSession(ofAda.sessionId)).toEqual(ofAda);
    expect(await view.pushDevices.ofMembers(chat.id)).toEqual([ofAda, ofBob]);
    expect(await view.pushDevices.ofMembers(den.id)).toEqual([ofEve]);
    expect(await view.pushDevices.find(pushDeviceId(9_999))).toBeUndefined();
    expect(await view.pushDevices.ofSession(sessionId('none'))).toBeUndefined();
  });

  it('a session has one device, and an endpoint belongs to the session that named it last', async () => {
    const { add, ada, bob, view, chat } = await openedWithSessions();
    const first = await add(aDeviceOf(ada));
    const moved = { ...aDeviceOf(ada).subscription, endpoint: 'https://push.example/moved' };
    const second = await add(aDeviceOf(ada, { subscription: moved }));
    expect(await view.pushDevices.ofMembers(chat.id)).toEqual([second]);
    expect(second.id).not.toBe(first.id);

    const ofBob = await add(aDeviceOf(bob, { subscription: moved }));
    expect(await view.pushDevices.ofMembers(chat.id)).toEqual([ofBob]);
    expect(await view.pushDevices.ofSession(second.sessionId)).toBeUndefined();
  });

  it('a device ends with its session, and at a removal', async () => {
    const { add, ada, bob, view, chat, unitOfWork } = await openedWithSessions();
    const ofAda = await add(aDeviceOf(ada));
    const ofBob = await add(aDeviceOf(bob));
    await unitOfWork.run(({ sessions }) => sessions.remove(ofAda.sessionId));
    expect(await view.pushDevices.ofMembers(chat.id)).toEqual([ofBob]);
    await unitOfWork.run(({ pushDevices }) => pushDevices.remove(ofBob.id));
    await unitOfWork.run(({ pushDevices }) => pushDevices.remove(ofBob.id));
    expect(await view.pushDevices.ofMembers(chat.id)).toEqual([]);

    const again = await add(aDeviceOf(bob));
    await unitOfWork.run(({ sessions }) => sessions.removeStale({ createdAt: NOW, seenAt: NOW }));
    expect(await view.pushDevices.find(again.id)).toBeUndefined();
  });

  it('a device without a session is a mistake', async () => {
    const { add, ada } = await openedWithSessions();
    await expectMistake(add(aDeviceOf(ada, { sessionId: sessionId('none') })));
  });

  it('the keys of the installation are settled once', async () => {
    const { unitOfWork, view } = await openedWithSessions();
    expect(await view.pushDevices.keys()).toBeUndefined();
    const keys = { publicKey: 'public', privateKey: 'private' };
    const settle = (given: typeof keys) => unitOfWork.run(({ pushDevices }) => pushDevices.settleKeys(given));
    expect(await settle(keys)).toEqual(keys);
    expect(await settle({ publicKey: 'another', privateKey: 'too' })).toEqual(keys);
    expect(await view.pushDevices.keys()).toEqual(keys);
  });
}
