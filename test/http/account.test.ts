import { describe, expect, it } from 'vitest';
import type { WireSession } from '../../src/adapters/wire/session.ts';
import { NOW } from '../builders.ts';
import { HOUR } from '../fakes.ts';
import { anApp, answerOf, Client, JSON_BODY, jsonOf, PAGE, PASSWORD, signedIn } from './client.ts';

const SAFARI = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const NEW = 'battery staple';

const sessionsOf = async (client: Client) =>
  (await jsonOf<{ sessions: WireSession[] }>(await client.get('/account/sessions'), 200)).sessions;

/** Ada is signed in on a laptop and on a phone. */
async function twoDevices() {
  const app = await anApp();
  const laptop = new Client(app, undefined, '192.0.2.7');
  await laptop.signIn('ada', PASSWORD, { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:151.0) Firefox/151.0' });
  const phone = new Client(app, undefined, '2001:db8:1:2:3::4');
  await phone.signIn('ada', PASSWORD, { 'user-agent': `${SAFARI} Version/19.1 Mobile/15E148 Safari/604.1` });
  return { app, laptop, phone };
}

describe('GET /account/sessions', () => {
  it('lists where the caller is signed in: device, address as one subscriber has it, begin and last use', async () => {
    const { laptop } = await twoDevices();
    const at = new Date(NOW).toISOString();
    const common = { id: expect.stringMatching(/^[\w-]{16}$/), created_at: at, seen_at: at };
    expect(await sessionsOf(laptop)).toEqual([
      { ...common, device: 'Firefox on Linux', address: '192.0.2.7', current: true },
      { ...common, device: 'Safari on iPhone', address: '2001:db8:1:2::/64', current: false },
    ]);
  });

  it('shows the same as a page, with a form for each, and tells nobody another’s', async () => {
    const { app, laptop } = await twoDevices();
    const page = await (await laptop.get('/account/sessions', PAGE)).text();
    expect(page.match(/action="\/account\/sessions\/[\w-]{16}\/end"/g)).toHaveLength(2);
    expect(page).toContain('Safari on iPhone');
    expect(await sessionsOf(await signedIn(app, 'eve'))).toMatchObject([{ device: '', current: true }]);
  });

  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0', 'Edge on Windows'],
    ['Mozilla/5.0 (Linux; Android 16; Pixel 9) Chrome/142.0.0.0 Mobile Safari/537.36', 'Chrome on Android'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/19.0 Safari/605.1.15', 'Safari on macOS'],
    ['curl/8.14.1', 'curl'],
    ['<script>alert(1)</script>', ''],
    [`x${'y'.repeat(500)}`, `x${'y'.repeat(39)}`],
  ])('calls the sender of %s “%s”', async (agent, device) => {
    const client = new Client(await anApp());
    await client.signIn('ada', PASSWORD, { 'user-agent': agent });
    expect(await sessionsOf(client)).toMatchObject([{ device }]);
  });
});

describe('DELETE /account/sessions', () => {
  it('SE-9: signs another device out at once, by its id', async () => {
    const { app, laptop, phone } = await twoDevices();
    const [, other] = await sessionsOf(laptop);
    const eve = await signedIn(app, 'eve');
    const path = `/account/sessions/${other?.id}`;
    expect(await answerOf(await eve.request('DELETE', path))).toBe('404 not_found');
    expect((await laptop.request('DELETE', path)).status).toBe(204);
    expect((await phone.get('/')).status).toBe(401);
    expect(await answerOf(await laptop.request('DELETE', path))).toBe('404 not_found');
    expect((await laptop.get('/')).status).toBe(200);
  });

  it('signs out everywhere else, and by forms without script', async () => {
    const { app, laptop, phone } = await twoDevices();
    expect(await jsonOf(await laptop.request('DELETE', '/account/sessions'), 200)).toEqual({ ended: 1 });
    expect((await phone.get('/')).status).toBe(401);
    await phone.signIn('ada');
    const answer = await laptop.postForm('/account/sessions/end-others', {});
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account/sessions']);
    expect((await phone.get('/')).status).toBe(401);

    const [own] = await sessionsOf(laptop);
    const out = await laptop.postForm(`/account/sessions/${own?.id}/end`, {});
    expect([out.status, out.headers.get('location')]).toEqual([303, '/auth']);
    expect(laptop.token).toBeUndefined();
    expect(app.log.entries.filter(({ details }) => details.event === 'sessions_ended')).toHaveLength(3);
  });
});

describe('PUT /account/password', () => {
  const put = (client: Client, body: object) =>
    client.request('PUT', '/account/password', JSON_BODY, JSON.stringify(body));

  it('SE-9: replaces the password, keeps this session and ends the others', async () => {
    const { app, laptop, phone } = await twoDevices();
    expect(await jsonOf(await put(laptop, { current: PASSWORD, new: NEW }), 200)).toEqual({ ended: 1 });
    expect([(await laptop.get('/')).status, (await phone.get('/')).status]).toEqual([200, 401]);
    expect((await phone.signIn('ada')).status).toBe(401);
    expect((await phone.signIn('ada', NEW)).status).toBe(303);
    expect(app.log.entries.filter(({ details }) => details.event === 'password_changed')).toHaveLength(1);
  });

  it('refuses a wrong current password with 403, a bad new one with 422, and anything else with 400', async () => {
    const { laptop, phone } = await twoDevices();
    expect(await answerOf(await put(laptop, { current: 'wrong one', new: NEW }))).toBe('403 wrong_password');
    expect(await answerOf(await put(laptop, { current: PASSWORD, new: 'short' }))).toBe('422 invalid_password');
    for (const body of [{ current: PASSWORD }, { current: 1, new: NEW }, []])
      expect(await answerOf(await put(laptop, body))).toBe('400 bad_request');
    expect((await phone.get('/')).status).toBe(200);
  });

  it('is a form at /account, which says what was wrong, and that it is done', async () => {
    const { app, laptop } = await twoDevices();
    const send = (fields: Record<string, string>) => laptop.postForm('/account/password', fields, PAGE);
    const wrong = await send({ current: 'wrong one', new: NEW });
    expect([wrong.status, await wrong.text()]).toEqual([403, expect.stringContaining('not your current password')]);
    const short = await send({ current: PASSWORD, new: 'short' });
    expect([short.status, await short.text()]).toEqual([422, expect.stringContaining('at least 8')]);
    const done = await send({ current: PASSWORD, new: NEW });
    expect([done.status, done.headers.get('location')]).toEqual([303, '/account?saved=password']);
    expect(await (await laptop.get('/account?saved=password', PAGE)).text()).toContain('Your password is changed.');
    expect(await jsonOf(await laptop.get('/account'), 200)).toEqual({ id: 1, username: 'ada' });
    app.clock.advance(HOUR);
  });
});
