import { describe, expect, it } from 'vitest';
import type { WireMembers } from '../../src/adapters/wire/members.ts';
import type { WireNotifications } from '../../src/adapters/wire/notifications.ts';
import type { WireChatSummary } from '../../src/adapters/wire/user-frames.ts';
import { NOW } from '../builders.ts';
import { aChatOfTwo, anApp, answerOf, type Client, JSON_BODY, jsonOf, TEXT } from './client.ts';

const PATH = '/account/notifications';
const QUIET = { zone: 'Asia/Kolkata', days: ['mon', 'fri'], from: '22:00', to: '07:00' };
const USUAL = { quiet_hours: null, keywords: [], sound: true };

async function settings() {
  const app = await anApp();
  const { ada, bob, id } = await aChatOfTwo(app);
  const put = (body: unknown, by: Client = bob) => by.request('PUT', PATH, JSON_BODY, JSON.stringify(body));
  const shown = async (by: Client) => jsonOf<WireNotifications>(await by.get(PATH), 200);
  return { ada, bob, id, put, shown };
}

describe('PUT /account/notifications', () => {
  it('sets quiet hours, keywords and sound of the caller, and leaves what is not sent as it is', async () => {
    const { ada, bob, put, shown } = await settings();
    expect(await shown(bob)).toEqual(USUAL);
    const quiet = { ...USUAL, quiet_hours: QUIET };
    expect(await jsonOf(await put({ quiet_hours: QUIET }), 200)).toEqual(quiet);
    expect(await jsonOf(await put({ keywords: [' Deploy ', 'deploy', 'release train'] }), 200)).toEqual({
      ...quiet,
      keywords: ['Deploy', 'release train'],
    });
    expect(await jsonOf(await put({ sound: false, quiet_hours: null }), 200)).toEqual({
      quiet_hours: null,
      keywords: ['Deploy', 'release train'],
      sound: false,
    });
    expect(await shown(bob)).toMatchObject({ sound: false });
    expect(await shown(ada)).toEqual(USUAL);
  });

  it('refuses unknown zones, wrong times and keywords that nothing can match with 422, and other shapes with 400', async () => {
    const { bob, put, shown } = await settings();
    for (const changes of [{ zone: 'Mars/Olympus' }, { zone: '+01:00' }, { from: '24:00' }, { to: '7:00' }])
      expect(await answerOf(await put({ quiet_hours: { ...QUIET, ...changes } }))).toBe('422 invalid_notifications');
    for (const keywords of [['x'.repeat(65)], ['\u200b'], Array.from({ length: 51 }, (_, n) => `w${n}`)])
      expect(await answerOf(await put({ keywords }))).toBe('422 invalid_notifications');
    for (const body of [{ quiet_hours: { ...QUIET, days: ['Monday'] } }, { keywords: 'x' }, { sound: 1 }, []])
      expect(await answerOf(await put(body))).toBe('400 bad_request');
    const asText = await bob.request('PUT', PATH, TEXT, '{"sound":false}');
    expect(await answerOf(asText)).toBe('415 unsupported_media_type');
    expect(await shown(bob)).toEqual(USUAL);
  });
});

describe('PUT /chat/:id/level with muted_until', () => {
  it('mutes the chat for the caller until a time, beside its level, and ends that', async () => {
    const { ada, bob, id } = await settings();
    const put = async (body: unknown) =>
      jsonOf<WireChatSummary>(await bob.request('PUT', `/chat/${id}/level`, JSON_BODY, JSON.stringify(body)), 200);
    const muted_until = new Date(NOW + 3_600_000).toISOString();
    expect(await put({ muted_until })).toMatchObject({ level: 'mentions', muted_until });
    expect(await put({ level: 'all' })).toMatchObject({ level: 'all', muted_until });
    const members = async (by: Client) => (await jsonOf<WireMembers>(await by.get(`/chat/${id}/members`), 200)).you;
    expect(await members(bob)).toMatchObject({ level: 'all', muted_until });
    expect(await members(ada)).toMatchObject({ level: 'mentions', muted_until: null });
    expect(await put({ muted_until: null })).not.toHaveProperty('muted_until');
    for (const body of [{}, { muted_until: 'tomorrow' }, { muted_until: 5 }]) {
      const refused = await bob.request('PUT', `/chat/${id}/level`, JSON_BODY, JSON.stringify(body));
      expect(await answerOf(refused)).toBe('400 bad_request');
    }
  });
});

describe('without script', () => {
  it('a form mutes a chat for some hours, and ends that', async () => {
    const { bob, id } = await settings();
    const post = (mute: string) => bob.postForm(`/chat/${id}/level`, { level: 'mentions', mute });
    const until = async () => (await jsonOf<WireMembers>(await bob.get(`/chat/${id}/members`), 200)).you.muted_until;
    expect((await post('8')).status).toBe(303);
    const muted = await until();
    expect(muted).toBe(new Date(NOW + 8 * 3_600_000).toISOString());
    await post('');
    expect(await until()).toBe(muted);
    await post('off');
    expect(await until()).toBeNull();
    expect((await post('9')).status).toBe(400);
  });

  it('a page has a form with the settings, which saves them, or says what is wrong with what was sent', async () => {
    const { bob, shown } = await settings();
    const fields = { zone: 'Europe/Berlin', from: '21:00', to: '06:30', keywords: 'one\r\ntwo', sat: 'on', sun: 'on' };
    const saved = await bob.postForm(PATH, fields);
    expect([saved.status, saved.headers.get('location')]).toEqual([303, `${PATH}?saved`]);
    expect(await shown(bob)).toEqual({
      quiet_hours: { zone: 'Europe/Berlin', days: ['sat', 'sun'], from: '21:00', to: '06:30' },
      keywords: ['one', 'two'],
      sound: false,
    });
    const page = await (await bob.get(`${PATH}?saved`, { accept: 'text/html' })).text();
    expect(page).toContain('Saved.');
    expect(page).toMatch(/name="sat" checked>/);
    expect(page).toMatch(/value="Europe\/Berlin"/);
    const refused = await bob.postForm(PATH, { ...fields, zone: 'Nowhere' }, { accept: 'text/html' });
    expect(refused.status).toBe(422);
    const again = await refused.text();
    expect(again).toContain('There is no time zone of this name.');
    expect(again).toMatch(/value="Nowhere"/);
  });
});
