import { describe, expect, it } from 'vitest';
import { aPushWorld } from '../push/push-world.ts';
import { refusal } from '../refusal.ts';

const ALWAYS = {
  zone: 'UTC',
  days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  from: '00:00',
  to: '00:00',
} as const;

describe('rehearse-notifications', () => {
  it('says what settings would have announced over the last seven days, and changes nothing', async () => {
    const { bob, lobby, useCases, post, pass, reasons } = await aPushWorld();
    await useCases.setLevel(bob, { chatId: lobby.id, level: 'mentions' });
    const places = [await post('the deploy is on'), await post('@bob look'), await post('nothing')];
    await pass();
    const { ledger, rehearsed, changes } = await useCases.rehearseNotifications(bob, { keywords: ['deploy'] });
    expect([ledger, rehearsed]).toEqual([
      { sent: 1, not_mentioned: 2 },
      { sent: 2, not_mentioned: 1 },
    ]);
    expect(changes).toMatchObject([
      {
        chat: { name: 'Lobby' },
        entry: { position: places[0]?.position, reason: 'not_mentioned', message: { snippet: 'the deploy is on' } },
        reason: 'sent',
      },
    ]);
    const quiet = await useCases.rehearseNotifications(bob, { quietHours: ALWAYS });
    expect(quiet.rehearsed).toEqual({ quiet_hours: 1, not_mentioned: 2 });
    expect(await useCases.viewNotifications(bob)).toEqual({ quietHours: null, keywords: [], sound: true });
    expect(await reasons(bob, places[0] ?? places[1] ?? { chatId: lobby.id, position: 1 as never })).toEqual([
      'not_mentioned',
    ]);
  });

  it('is what the ledger has when the settings are those that were decided by, also of words that were changed or deleted since', async () => {
    const { ada, bob, lobby, useCases, post, pass } = await aPushWorld();
    await useCases.setLevel(bob, { chatId: lobby.id, level: 'mentions' });
    await useCases.setNotifications(bob, { keywords: ['deploy'] });
    const [edited, gone] = [await post('deploy'), await post('deploy too')];
    await post('nothing');
    await pass();
    await useCases.editMessage(ada, { ...edited, text: 'never mind', base: edited.position });
    await useCases.deleteMessage(ada, gone);
    await pass(61_000);
    const rehearsal = await useCases.rehearseNotifications(bob, {});
    expect(rehearsal).toMatchObject({ ledger: { sent: 2, not_mentioned: 1 }, changes: [] });
    expect(rehearsal.rehearsed).toEqual(rehearsal.ledger);
    const without = await useCases.rehearseNotifications(bob, { keywords: [] });
    // Nobody knows any longer which words the deleted one had.
    expect(without.rehearsed).toEqual({ sent: 1, not_mentioned: 2 });
  });

  it('goes back seven days', async () => {
    const { bob, useCases, post, pass, clock } = await aPushWorld();
    await post('old');
    await pass();
    clock.advance(7 * 24 * 3_600_000);
    await post('new');
    await pass();
    expect((await useCases.rehearseNotifications(bob, {})).ledger).toEqual({ sent: 1 });
  });

  it('refuses settings that could not be saved', async () => {
    const { bob, useCases } = await aPushWorld();
    const asked = useCases.rehearseNotifications(bob, { quietHours: { ...ALWAYS, zone: 'Mars/Olympus' } });
    expect(await refusal(asked)).toBe('invalid_notifications');
  });

  it('shows an outsider nothing of a chat, and who has left it nothing any longer', async () => {
    const { bob, eve, lobby, useCases, subscribe, post, pass } = await aPushWorld();
    await subscribe(eve);
    await post('@eve @bob look');
    await pass();
    expect((await useCases.rehearseNotifications(eve, {})).ledger).toEqual({});
    expect((await useCases.rehearseNotifications(bob, {})).ledger).toEqual({ sent: 1 });
    await useCases.leaveChat(bob, lobby.id);
    expect((await useCases.rehearseNotifications(bob, {})).ledger).toEqual({});
  });
});
