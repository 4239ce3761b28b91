import { describe, expect, it } from 'vitest';
import { USUAL_SETTINGS } from '../../../src/domain/attention/settings.ts';
import { refusal } from '../refusal.ts';
import { aWorld } from '../world.ts';

const QUIET = { zone: 'Europe/Berlin', days: ['fri', 'mon'], from: '22:00', to: '07:00' } as const;

describe('set-notifications', () => {
  it('changes what it names, for the actor alone, and leaves the rest', async () => {
    const { useCases, ada, bob } = await aWorld();
    await useCases.setNotifications(ada, { quietHours: QUIET });
    const set = await useCases.setNotifications(ada, { keywords: ['deploy'], sound: false });
    expect(set.quietHours).toMatchObject({ zone: 'Europe/Berlin', days: ['mon', 'fri'], from: 22 * 60, to: 7 * 60 });
    expect(set).toMatchObject({ keywords: ['deploy'], sound: false });
    expect(await useCases.viewNotifications(ada)).toEqual(set);
    expect((await useCases.setNotifications(ada, { quietHours: null })).quietHours).toBeNull();
    expect(await useCases.viewNotifications(bob)).toEqual(USUAL_SETTINGS);
  });

  it('refuses what is no setting, and stores nothing of it', async () => {
    const { useCases, ada } = await aWorld();
    const wrong = { quietHours: { ...QUIET, zone: 'Nowhere' }, sound: false };
    expect(await refusal(useCases.setNotifications(ada, wrong))).toBe('invalid_notifications');
    expect(await useCases.viewNotifications(ada)).toEqual(USUAL_SETTINGS);
  });

  it('changes nothing for an outsider, with whom the actor shares no chat', async () => {
    const { useCases, ada, eve } = await aWorld();
    await useCases.setNotifications(ada, { quietHours: QUIET });
    expect(await useCases.viewNotifications(eve)).toEqual(USUAL_SETTINGS);
  });
});

describe('view-notifications', () => {
  it('shows an outsider their own settings, and none of the settings of others', async () => {
    const { useCases, ada, eve } = await aWorld();
    await useCases.setNotifications(ada, { keywords: ['deploy'] });
    await useCases.setNotifications(eve, { keywords: ['harbour'] });
    expect((await useCases.viewNotifications(eve)).keywords).toEqual(['harbour']);
  });
});
