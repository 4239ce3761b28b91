import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/composition/config.ts';
import { aUsernameKey, insertUser } from '../builders.ts';
import { anApp, answerOf, Client, type Headers, PASSWORD, signedIn } from './client.ts';
import { aLimitedApp, failTimes, HERE, signIn, wrongly } from './limited-app.ts';

const deviceCookieOf = (response: Response) => {
  const cookies = response.headers.getSetCookie();
  return cookies.find((cookie) => cookie.includes('device_token=')) ?? '';
};
const tokensOf = ({ device = '' }: Client) => device.slice(device.indexOf('=') + 1).split('~');

describe('the cookie of a device', () => {
  it.each([
    ['http', {}, {}, 'device_token', []],
    ['https', { PUBLIC_ORIGIN: 'https://localhost' }, {}, '__Secure-device_token', ['Secure']],
    [
      'https, as a trusted proxy says',
      { TRUSTED_PROXIES: HERE },
      { 'x-forwarded-proto': 'https' },
      '__Secure-device_token',
      ['Secure'],
    ],
  ])(
    'is for the sign-in form alone and comes after that of the session, on %s',
    async (_scheme, env, headers: Headers, name, secure) => {
      const app = await anApp(readConfig({ DATABASE_URL: 'memory:', ...env }));
      const response = await new Client(app, undefined, HERE).signIn('ada', PASSWORD, headers);
      expect(response.headers.getSetCookie()[0]).toContain('session_token=');
      const [value, ...attributes] = deviceCookieOf(response).split('; ');
      expect(value).toMatch(new RegExp(`^${name}=[\\w-]{43}\\.[\\w-]{43}$`));
      const expected = ['HttpOnly', 'Max-Age=34560000', 'Path=/auth', 'SameSite=Lax', ...secure];
      expect(attributes.toSorted()).toEqual(expected);
    },
  );

  it('comes with the right password only, signs nobody in, and stays when signing out', async () => {
    const app = await anApp();
    const ada = await signedIn(app, 'ada');
    expect(deviceCookieOf(await new Client(app).signIn('ada', 'wrong password'))).toBe('');
    const { device = '' } = ada;
    for (const cookie of [device, device.replace('device', 'session')]) {
      expect((await new Client(app).get('/', { cookie })).status).toBe(401);
    }
    expect((await ada.post('/logout')).headers.getSetCookie().join()).not.toContain('device');
  });

  it('keeps its token from sign-in to sign-in, and those of the five accounts that signed in last', async () => {
    const client = await signedIn(await anApp(), 'ada');
    const [ada] = tokensOf(client);
    await client.signIn('ada');
    expect(tokensOf(client)).toEqual([ada]);
    for (let n = 1; n <= 4; n += 1) await client.signIn(`person ${n}`);
    const [fourth, third, second, first, last] = tokensOf(client);
    expect(last).toBe(ada);
    await client.signIn('ada');
    expect(tokensOf(client)).toEqual([ada, fourth, third, second, first]);
    await client.signIn('person 5');
    expect(tokensOf(client).slice(1)).toEqual([ada, fourth, third, second]);
  });

  it.each([
    ['too long', `device_token=${'x'.repeat(5_000)}`],
    ['bad', 'device_token=%00.~~..~é'],
    ['empty', 'device_token='],
  ])('is passed over when it is %s', async (_how, cookie) => {
    const app = await anApp();
    const response = await new Client(app).signIn('ada', PASSWORD, { cookie });
    expect(response.status).toBe(303);
    expect(deviceCookieOf(response)).toMatch(/^device_token=[\w-]{43}\.[\w-]{43};/);
  });

  it('counts beside others of its name, as a sibling site may set them', async () => {
    const { app, ada } = await aLimitedApp();
    await failTimes(5, app);
    const planted = Array.from({ length: 3 }, () => `device_token=${'x'.repeat(43)}.${'y'.repeat(43)}`).join('; ');
    const cookie = `${planted}; ${ada.device}`;
    expect((await signIn(app, 'ada', undefined, HERE, { cookie })).status).toBe(303);
  });
});

describe('BU-2: a device that signed in before', () => {
  it("is not locked out by others' failures at the same address for the same name", async () => {
    const { app, ada, timer } = await aLimitedApp();
    await failTimes(5, app);
    expect(await wrongly(app, 'ada')).toBe(429);
    expect((await ada.signIn('ada')).status).toBe(303);
    expect(timer.pending).toBe(0);
  });

  it('has five wrong passwords of its own in fifteen minutes, and then the right one is refused too', async () => {
    const { app, ada, timer } = await aLimitedApp();
    for (let n = 0; n < 4; n += 1) expect((await ada.signIn('ada', 'wrong password')).status).toBe(401);
    expect((await ada.signIn('ada')).status).toBe(303);
    for (let n = 0; n < 5; n += 1) expect((await ada.signIn('ada', 'wrong password')).status).toBe(401);
    const refused = await ada.signIn('ada');
    expect(await answerOf(refused)).toBe('429 too_many_requests');
    expect(refused.headers.get('retry-after')).toBe('900');
    expect((await signIn(app, 'ada')).status).toBe(303);
    timer.advance(15 * 60_000);
    expect((await ada.signIn('ada')).status).toBe(303);
  });

  it.each(['another password', 'correct horse'])(
    "gains nothing for others' names, with %s as its own password",
    async (password) => {
      const { app } = await aLimitedApp();
      const eve = new Client(app, undefined, HERE);
      await eve.signIn('eve', password);
      for (let n = 0; n < 5; n += 1) expect((await eve.signIn('ada', 'wrong password')).status).toBe(401);
      expect((await eve.signIn('ada')).status).toBe(429);
      expect((await eve.signIn('eve', password)).status).toBe(303);
    },
  );

  it('is forgotten when the password changes', async () => {
    const { app, ada } = await aLimitedApp();
    const known = await app.storage.view.users.credentialsOf(aUsernameKey('ada'));
    if (!known) throw new Error('Ada is gone.');
    await app.storage.unitOfWork.run((store) => store.users.setPasswordHash(known.user.id, 'instant:a new password'));
    await failTimes(5, app);
    expect((await ada.signIn('ada', 'a new password')).status).toBe(429);
  });

  it('AU-6: cannot make a token by which unknown names are told from known ones', async () => {
    const { app } = await aLimitedApp({ registration: 'closed' });
    await app.storage.unitOfWork.run((store) => insertUser(store, 'grace'));
    const nonce = 'x'.repeat(43);
    const forged = ['device 0', 'device'].map(
      (claim) => `${nonce}.${createHmac('sha256', '').update(`${claim} ${nonce}`).digest('base64url')}`,
    );
    const headers = { cookie: `device_token=${forged.join('~')}` };
    for (const name of ['grace', 'nobody']) {
      await failTimes(5, app, name);
      expect((await signIn(app, name, 'wrong password', HERE, headers)).status).toBe(429);
    }
  });
});
