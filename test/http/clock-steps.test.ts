import { describe, expect, it } from 'vitest';
import { TIMER } from '../../src/composition/tokens.ts';
import { DAY, HOUR, manualTimer } from '../fakes.ts';
import { aChatOfTwo, anApp } from './client.ts';

describe('CK-1: a clock that steps', () => {
  it.each([-HOUR, HOUR])('by %d ms leaves messages in the order in which they were posted', async (step) => {
    const app = await anApp();
    const { ada, bob, id } = await aChatOfTwo(app);
    await ada.say(id, 'one', 'two');
    app.clock.advance(step);
    await bob.say(id, 'three');
    app.clock.advance(-2 * step);
    await ada.say(id, 'four');

    const history = (await bob.history(id)).filter(({ kind }) => kind === 'text');
    expect(history.map(({ text }) => text)).toEqual(['one', 'two', 'three', 'four']);
    expect(history.map(({ position }) => position)).toEqual(history.map((_, n) => (history[0]?.position ?? 0) + n));
    const earlier = await ada.get(`/chat/${id}/messages?before=${history[2]?.position}&limit=2`);
    expect(await earlier.json()).toMatchObject({ messages: [{ text: 'one' }, { text: 'two' }] });
  });

  it.each([-HOUR, HOUR])(
    'by %d ms ends no session and no invite, and the days that they last stay days',
    async (step) => {
      const app = await anApp();
      const { ada, eve, id } = await aChatOfTwo(app);
      const code = await ada.invite(id);
      app.clock.advance(step);
      await app.useCases.purgeExpired();
      expect((await ada.get('/')).status).toBe(200);
      expect((await eve.get(`/invite/${code}`)).status).toBe(303);

      const another = await ada.invite(id);
      app.clock.advance(6 * DAY);
      await app.useCases.purgeExpired();
      expect((await ada.get('/', { accept: 'application/json' })).status).toBe(200);
      expect((await ada.get(`/invite/${another}`)).status).toBe(303);
      app.clock.advance(DAY + HOUR);
      expect((await ada.get(`/invite/${another}`)).status).toBe(404);
      app.clock.advance(7 * DAY);
      expect((await ada.get('/', { accept: 'application/json' })).status).toBe(401);
    },
  );

  it('forward by 40 days for a minute and back ends no session and no invite', async () => {
    const timer = manualTimer();
    const app = await anApp({}, (wiring) => wiring.bind(TIMER, () => timer));
    const { ada, eve, id } = await aChatOfTwo(app);
    const code = await ada.invite(id);
    const look = async () => {
      timer.advance(HOUR / 60);
      return await app.useCases.purgeExpired();
    };
    for (let minute = 0; minute < 60; minute += 1) await look();
    app.clock.advance(40 * DAY);
    expect((await ada.get('/', { accept: 'application/json' })).status).toBe(401);
    expect([await look(), await look()]).toEqual(Array(2).fill({ sessions: 0, invites: 0, names: 0 }));
    app.clock.advance(-40 * DAY);
    expect((await ada.get('/', { accept: 'application/json' })).status).toBe(200);
    expect((await eve.get(`/invite/${code}`)).status).toBe(303);
  });

  it('back does not undo that a session was seen', async () => {
    const app = await anApp();
    const { ada } = await aChatOfTwo(app);
    app.clock.advance(2 * HOUR);
    expect((await ada.get('/')).status).toBe(200);
    app.clock.advance(-HOUR);
    expect((await ada.get('/')).status).toBe(200);
    app.clock.advance(HOUR + 7 * DAY - 1);
    expect((await ada.get('/')).status).toBe(200);
  });
});
