import { describe, expect, it } from 'vitest';
import { aSessionOf } from '../../builders.ts';
import { refusal } from '../refusal.ts';
import { aPushWorld, aSubscription } from './push-world.ts';

describe('a message', () => {
  it('is sent to the devices of the other members, with what they show, the place it opens and the unread number', async () => {
    const { post, pass, shown, reasons, subscribe, ada, bob, pushSender, lobby } = await aPushWorld();
    await subscribe(ada);
    const first = await post('**hello** there');
    const second = await post('@bob look');
    await pass();
    const at = (position: number) => `https://chat.example/chat/${lobby.id}/at/${position}`;
    expect(shown()).toEqual([
      {
        web_push: 8030,
        notification: {
          title: 'Lobby',
          body: 'ada: hello there',
          tag: `message-${lobby.id}-${first.position}`,
          navigate: at(first.position),
          silent: false,
          dir: 'auto',
        },
        app_badge: 1,
      },
      {
        web_push: 8030,
        notification: {
          title: 'Lobby',
          body: 'ada: @bob look',
          tag: `message-${lobby.id}-${second.position}`,
          navigate: at(second.position),
          silent: false,
          dir: 'auto',
        },
        app_badge: 1,
      },
    ]);
    expect(pushSender.sent.map(({ urgency, topic }) => [urgency, topic])).toEqual([
      ['normal', `message-${lobby.id}-${first.position}`],
      ['high', `message-${lobby.id}-${second.position}`],
    ]);
    expect(await reasons(bob, first)).toEqual(['sent']);
    expect(await reasons(ada, first)).toEqual(['own']);
  });

  it('is announced only where the level of the chat says so', async () => {
    const { useCases, post, pass, shown, reasons, bob, lobby } = await aPushWorld();
    const bodies = () => shown().map(({ notification }) => notification.body);
    await useCases.setLevel(bob, { chatId: lobby.id, level: 'mentions' });
    const [plain, mention] = [await post('to all'), await post('@bob')];
    await pass();
    await useCases.setLevel(bob, { chatId: lobby.id, level: 'nothing' });
    const muted = await post('@bob again');
    await pass();
    expect(bodies()).toEqual(['ada: @bob']);
    expect(await reasons(bob, plain)).toEqual(['not_mentioned']);
    expect(await reasons(bob, mention)).toEqual(['sent']);
    expect(await reasons(bob, muted)).toEqual(['muted']);
  });

  it('costs no job in a chat in which nobody else has a device', async () => {
    const { useCases, post, bob, storage, reasons, subscribe, ada } = await aPushWorld();
    await useCases.removePushDevice(bob);
    await subscribe(ada);
    const place = await post('hello');
    expect(await storage.view.jobs.dueIn('local')).toBeUndefined();
    expect(await reasons(bob, place)).toEqual(['no_device']);
    expect(await reasons(ada, place)).toEqual(['own']);
  });

  it('waits three seconds for somebody who is active, and is not sent once they have read it', async () => {
    const { use, post, pass, shown, reasons, useCases, bob } = await aPushWorld();
    use(bob);
    const place = await post('hello');
    await pass(2_000);
    expect(await reasons(bob, place)).toEqual(['pending']);
    await useCases.markRead(bob, { ...place, version: undefined });
    await pass(2_000);
    expect(shown()).toEqual([]);
    expect(await reasons(bob, place)).toEqual(['reading_here']);
  });

  it('is sent three seconds later to somebody who is active and did not read it', async () => {
    const { use, post, pass, shown, bob } = await aPushWorld();
    use(bob);
    await post('hello');
    await pass(2_000);
    expect(shown()).toEqual([]);
    await pass(1_000);
    expect(shown()).toHaveLength(1);
  });

  it('waits for somebody who is active at another instance too, until that is no longer heard of', async () => {
    const { broadcast, post, pass, shown, bob } = await aPushWorld();
    const activeSessions = [bob.credential.id];
    broadcast.publishPresence({
      type: 'presence_reported',
      instance: 'there',
      people: [{ user: bob.user, availability: 'active', lastsMs: 10_000, activeSessions }],
    });
    await post('hello');
    await pass(2_000);
    expect(shown()).toEqual([]);
    await pass(10_000);
    expect(shown()).toHaveLength(1);
    await post('again');
    await pass();
    expect(shown()).toHaveLength(2);
  });

  it('is not sent to a device when another one, which is active, has read it', async () => {
    const { use, post, pass, shown, reasons, useCases, bob, storage } = await aPushWorld();
    const phone = { ...bob, credential: { ...bob.credential, id: 'phone' as typeof bob.credential.id } };
    await storage.unitOfWork.run(({ sessions }) =>
      sessions.add(aSessionOf(bob.user, { id: phone.credential.id, createdAt: 0, seenAt: 0 })),
    );
    use(phone);
    const place = await post('hello');
    await pass(1_000);
    await useCases.markRead(phone, { ...place, version: undefined });
    await pass(2_000);
    expect(shown()).toEqual([]);
    expect(await reasons(bob, place)).toEqual(['active_elsewhere']);
  });

  it('that was deleted before it was sent is withdrawn', async () => {
    const { use, post, pass, shown, reasons, useCases, ada, bob } = await aPushWorld();
    use(bob);
    const place = await post('too early');
    await pass();
    await useCases.deleteMessage(ada, place);
    await pass(3_000);
    expect(shown()).toEqual([]);
    expect(await reasons(bob, place)).toEqual(['withdrawn']);
  });

  it('that is deleted after it was sent is replaced, under the same tag and topic, and its words are not repeated', async () => {
    const { post, pass, shown, useCases, ada, pushSender } = await aPushWorld();
    const place = await post('a secret');
    await pass();
    await useCases.deleteMessage(ada, place);
    await pass();
    const [first, second] = shown();
    expect(second.notification).toEqual({ ...first.notification, body: 'Message deleted', silent: true });
    expect(second.app_badge).toBe(0);
    expect(pushSender.sent[1]?.topic).toBe(pushSender.sent[0]?.topic);
  });

  it('that is deleted while it is being sent is replaced too', async () => {
    const { post, pass, shown, useCases, ada, pushSender } = await aPushWorld();
    const place = await post('a secret');
    pushSender.onSend = async () => {
      pushSender.onSend = async () => undefined;
      await useCases.deleteMessage(ada, place);
    };
    await pass();
    expect(shown().map(({ notification }) => notification.body)).toEqual(['ada: a secret', 'Message deleted']);
  });

  it('is tried again when the push service cannot be reached, and nothing is lost', async () => {
    const { post, pass, shown, reasons, bob, pushSender } = await aPushWorld();
    pushSender.answer = new Error('ECONNREFUSED');
    const place = await post('hello');
    await pass();
    expect(await reasons(bob, place)).toEqual(['pending']);
    pushSender.answer = 'sent';
    await pass(15_000);
    expect(shown()).toHaveLength(1);
    expect(await reasons(bob, place)).toEqual(['sent']);
  });

  it('has failed, as the ledger says, when the push service could not be reached at any attempt', async () => {
    const { post, pass, reasons, bob, pushSender, clock, timer, storage } = await aPushWorld();
    pushSender.answer = new Error('ECONNREFUSED');
    const place = await post('hello');
    await pass();
    const dead = async () => (await storage.view.jobs.count()).dead;
    for (let minute = 0; minute < 600 && (await dead()) === 0; minute += 1) {
      clock.advance(60_000);
      timer.advance(60_000);
      await pass();
    }
    expect([await dead(), await reasons(bob, place)]).toEqual([1, ['failed']]);
  });

  it('ends a device whose browser has ended the subscription', async () => {
    const { post, pass, reasons, bob, pushSender, useCases } = await aPushWorld();
    pushSender.answer = 'gone';
    const [first, second] = [await post('hello'), await post('again')];
    await pass();
    expect(await reasons(bob, first)).toEqual(['endpoint_gone']);
    expect(await useCases.viewPushDevice(bob)).toBeUndefined();
    expect(await reasons(bob, second)).not.toContain('sent');
  });

  it('is not sent to a device that was signed out, nor to somebody who has left the chat', async () => {
    const { post, pass, shown, useCases, bob, use } = await aPushWorld();
    use(bob);
    await post('hello');
    await pass();
    await useCases.signOut(bob);
    await pass(4_000);
    expect(shown()).toEqual([]);
  });
});

describe('a device', () => {
  it('PU-2: belongs to the account that subscribed it last: two accounts in one browser never cross', async () => {
    const { subscribe, useCases, bob, eve, post, pass, shown } = await aPushWorld();
    await subscribe(eve, bob.user.username);
    expect(await useCases.viewPushDevice(bob)).toBeUndefined();
    await post('for bob');
    await pass();
    expect(shown()).toEqual([]);
  });

  it('is told of again without a change when it is known', async () => {
    const { device, subscribe, bob, storage } = await aPushWorld();
    const before = storage.view.version();
    expect(await subscribe(bob)).toEqual(device);
    expect(await subscribe(bob, 'another')).not.toEqual(device);
    expect(storage.view.version()).toBeGreaterThan(before ?? 0);
  });

  it('is refused at an endpoint to which the server does not connect, and with keys that are none', async () => {
    const { useCases, bob } = await aPushWorld();
    const add = (changes: object) =>
      useCases.addPushDevice(bob, { ...aSubscription(), ...changes }, 'https://chat.example');
    for (const changes of [
      { endpoint: 'https://elsewhere.example/x' },
      { endpoint: 'no url' },
      { endpoint: `https://push.example/${'x'.repeat(2_100)}` },
      { publicKey: 'short' },
      { publicKey: `CA${'x'.repeat(85)}` },
      { auth: 'a'.repeat(23) },
    ])
      expect(await refusal(add(changes)), JSON.stringify(changes)).toBe('invalid_subscription');
  });

  it('can be tried out, and is ended when its subscription has ended', async () => {
    const { useCases, bob, eve, shown, pushSender } = await aPushWorld();
    expect(await useCases.testPushDevice(bob)).toBe('sent');
    expect(shown()).toMatchObject([{ notification: { title: 'Shoal' }, app_badge: 0 }]);
    expect(await refusal(useCases.testPushDevice(eve))).toBe('not_found');
    pushSender.answer = new Error('ECONNREFUSED');
    expect(await refusal(useCases.testPushDevice(bob))).toBe('unavailable');
    pushSender.answer = 'gone';
    expect(await useCases.testPushDevice(bob)).toBe('gone');
    expect(await refusal(useCases.testPushDevice(bob))).toBe('not_found');
  });
});

describe('what was announced', () => {
  it('is told to members only, and forgotten after seven days', async () => {
    const { post, pass, reasons, useCases, bob, eve, clock, timer } = await aPushWorld();
    const place = await post('hello');
    await pass();
    expect(await refusal(useCases.viewNotified(eve, place))).toBe('forbidden');
    expect(
      await refusal(useCases.viewNotified(bob, { ...place, position: (place.position + 1) as typeof place.position })),
    ).toBe('not_found');
    const wait = async (ms: number) => {
      clock.advance(ms);
      timer.advance(ms);
      await useCases.purgeExpired();
    };
    await useCases.purgeExpired();
    await wait(3 * 24 * 3_600_000);
    expect(await reasons(bob, place)).toEqual(['sent']);
    await wait(4 * 24 * 3_600_000);
    await wait(3_600_000);
    expect(await reasons(bob, place)).toEqual(['no_device']);
  });
});

describe('view-notified', () => {
  it('refuses an outsider', async () => {
    const { post, useCases, eve } = await aPushWorld();
    expect(await refusal(useCases.viewNotified(eve, await post('hello')))).toBe('forbidden');
  });
});

describe('add-push-device', () => {
  it('is open to outsiders, and concerns no session but the actor’s', async () => {
    const { subscribe, useCases, bob, eve, device } = await aPushWorld();
    await subscribe(eve);
    expect(await useCases.viewPushDevice(bob)).toEqual(device);
  });
});

describe('view-push-device', () => {
  it('shows an outsider no device of others', async () => {
    const { useCases, eve } = await aPushWorld();
    expect(await useCases.viewPushDevice(eve)).toBeUndefined();
  });
});

describe('remove-push-device', () => {
  it('lets an outsider remove no device of others', async () => {
    const { useCases, bob, eve, device } = await aPushWorld();
    await useCases.removePushDevice(eve);
    expect(await useCases.viewPushDevice(bob)).toEqual(device);
  });
});

describe('test-push-device', () => {
  it('sends an outsider’s test to no device of others', async () => {
    const { useCases, eve, shown } = await aPushWorld();
    expect(await refusal(useCases.testPushDevice(eve))).toBe('not_found');
    expect(shown()).toEqual([]);
  });
});
