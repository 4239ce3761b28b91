import { describe, expect, it } from 'vitest';
import { NOW } from '../builders.ts';
import { DAY, HOUR } from '../fakes.ts';
import { anApp, answerOf, FORM, JSON_BODY, jsonOf, PAGE, signedIn } from './client.ts';

const at = (ms: number) => new Date(ms).toISOString();

describe('/account/presence: away until', () => {
  it('is set, shown and taken back', async () => {
    const ada = await signedIn(await anApp(), 'ada');
    const shown = async () => jsonOf(await ada.get('/account/presence'), 200);
    expect(await shown()).toEqual({ away_until: null });
    const until = { away_until: at(NOW + HOUR) };
    expect(await jsonOf(await ada.request('PUT', '/account/presence', JSON_BODY, JSON.stringify(until)), 200)).toEqual(
      until,
    );
    expect(await shown()).toEqual(until);
    const local = JSON.stringify({ away_until: at(NOW + 3 * HOUR).replace('Z', '+02:00') });
    expect(await jsonOf(await ada.request('PUT', '/account/presence', JSON_BODY, local), 200)).toEqual(until);
    await ada.request('PUT', '/account/presence', JSON_BODY, '{"away_until":null}');
    expect(await shown()).toEqual({ away_until: null });
  });

  it('works without script: a form for some time, and one to be back', async () => {
    const ada = await signedIn(await anApp(), 'ada');
    const page = async () => (await ada.get('/account/presence', PAGE)).text();
    expect(await page()).toContain('You are not away.');
    const sent = await ada.post('/account/presence', 'away=120', { ...FORM, ...PAGE });
    expect(await answerOf(sent)).toBe('303 /account/presence');
    expect(await page()).toContain(`You are away until <time datetime="${at(NOW + 2 * HOUR)}"`);
    await ada.post('/account/presence', 'away=off', { ...FORM, ...PAGE });
    expect(await page()).toContain('You are not away.');
    expect(await page()).not.toContain('I am back');
  });

  it('takes a local time of a zone from the form, and shows it again with the reason when it cannot', async () => {
    const ada = await signedIn(await anApp(), 'ada');
    const send = (fields: Record<string, string>) =>
      ada.post('/account/presence', `${new URLSearchParams(fields)}`, { ...FORM, ...PAGE });
    const local = at(NOW + HOUR + 5.5 * HOUR).slice(0, 16);
    expect(await answerOf(await send({ until: local, zone: 'Asia/Kolkata' }))).toBe('303 /account/presence');
    const set = { away_until: at(NOW + HOUR) };
    expect(await jsonOf(await ada.get('/account/presence'), 200)).toEqual(set);
    for (const [until, zone] of [
      [local, 'Mars/Olympus'],
      [local, ''],
      ['soon', 'UTC'],
      ['', 'UTC'],
      ['+275760-09-13T00:00', 'UTC'],
      ['9999-12-31T23:59', 'UTC'],
      [at(NOW - HOUR).slice(0, 16), 'UTC'],
    ] as const) {
      const answer = await send({ until, zone });
      expect([until, zone, answer.status]).toEqual([until, zone, 422]);
      expect(await answer.text()).toContain('role="alert"');
    }
    expect(await jsonOf(await ada.get('/account/presence'), 200)).toEqual(set);
  });

  it('is reached from the account page and from the menu of every page with the list of chats', async () => {
    const ada = await signedIn(await anApp(), 'ada');
    for (const path of ['/account', '/']) {
      expect(await (await ada.get(path, PAGE)).text()).toContain('href="/account/presence"');
    }
  });

  it.each([
    ['a moment that has passed', `{"away_until":"${at(NOW)}"}`, '422 invalid_away'],
    ['a moment in more than a year', `{"away_until":"${at(NOW + 400 * DAY)}"}`, '422 invalid_away'],
    ['a number', `{"away_until":${NOW + HOUR}}`, '400 bad_request'],
    ['no moment', '{"away_until":"soon"}', '400 bad_request'],
    ['a day that there is not', '{"away_until":"2027-02-30T00:00:00Z"}', '400 bad_request'],
    ['nothing', '{}', '400 bad_request'],
    ['no object', '[]', '400 bad_request'],
    ['no JSON', '{', '400 bad_request'],
    ['one name twice', '{"away_until":null,"away_until":null}', '400 bad_request'],
  ])('refuses %s, and keeps what was set', async (_what, body, answer) => {
    const ada = await signedIn(await anApp(), 'ada');
    await ada.post('/account/presence', 'away=60', FORM);
    expect(await answerOf(await ada.request('PUT', '/account/presence', JSON_BODY, body))).toBe(answer);
    expect(await jsonOf(await ada.get('/account/presence'), 200)).toEqual({ away_until: at(NOW + HOUR) });
  });

  it.each(['away=', 'away=61', 'away=-60', 'until=60', ''])('refuses the form “%s”', async (body) => {
    const ada = await signedIn(await anApp(), 'ada');
    expect(await answerOf(await ada.post('/account/presence', body, FORM))).toBe('400 bad_request');
  });
});
