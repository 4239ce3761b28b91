import { describe, expect, it } from 'vitest';
import { systemSecrets } from '../../src/adapters/system/secrets.ts';
import { HOUR } from '../fakes.ts';
import { anApp, answerOf, Client, JSON_BODY, jsonOf, PAGE, PASSWORD, signedIn, type TestApp } from './client.ts';

const STEP_MS = 30_000;

interface SetUp {
  readonly secret: string;
  readonly address: string;
}

const codeOf = (app: TestApp, secret: string) => systemSecrets.timeCode(secret, Math.floor(app.clock.now() / STEP_MS));

/** Ada has turned two-step sign-in on, and the next code is new. */
async function turnedOn() {
  const app = await anApp({ publicOrigin: undefined });
  const ada = await signedIn(app, 'ada');
  const { secret, address } = await jsonOf<SetUp>(await ada.post('/account/two-step'), 201);
  const enabled = await ada.request(
    'PUT',
    '/account/two-step',
    JSON_BODY,
    JSON.stringify({ code: codeOf(app, secret) }),
  );
  const { recovery_codes: codes } = await jsonOf<{ recovery_codes: string[] }>(enabled, 200);
  app.clock.advance(STEP_MS);
  return { app, ada, secret, address, codes };
}

const ticketIn = (page: string) => /name="ticket" value="([^"]+)"/.exec(page)?.[1] ?? '';
const where = ({ status, headers }: Response) => [status, headers.get('location')];

describe('two-step sign-in', () => {
  it('TS-1: asks a browser for the code of the app after the password, and then lets it in', async () => {
    const { app, secret } = await turnedOn();
    const browser = new Client(app);
    const asked = await browser.postForm('/auth', { username: 'ada', password: PASSWORD, next: '/chats' }, PAGE);
    expect([asked.status, browser.token]).toEqual([401, undefined]);
    const page = await asked.text();
    expect(page).toContain('autocomplete="one-time-code"');
    expect(page).not.toContain(PASSWORD);
    const form = { ticket: ticketIn(page), next: '/chats' };
    const wrong = await browser.postForm('/auth/code', { ...form, code: '000000' }, PAGE);
    expect([wrong.status, ticketIn(await wrong.text())]).toEqual([403, form.ticket]);
    expect(where(await browser.postForm('/auth/code', { ...form, code: codeOf(app, secret) }, PAGE))).toEqual([
      303,
      '/chats',
    ]);
    expect((await browser.get('/chats')).status).toBe(200);
    // The same code again, by somebody who saw it.
    const again = await new Client(app).postForm('/auth/code', { ...form, code: codeOf(app, secret) }, PAGE);
    expect(again.status).toBe(403);
  });

  it('takes the code with the password from programs, and a recovery code in its place once', async () => {
    const { app, secret, codes } = await turnedOn();
    const program = new Client(app);
    const signIn = (code: string) => program.postForm('/auth', { username: 'ada', password: PASSWORD, code });
    expect(where(await signIn(codeOf(app, secret)))).toEqual([303, '/']);
    expect(where(await signIn(codes[3] ?? ''))).toEqual([303, '/']);
    expect((await signIn(codes[3] ?? '')).status).toBe(403);
    expect(await jsonOf(await program.get('/account/two-step'), 200)).toEqual({
      ...{ enabled: true, recovery_codes: 9, confirmed: true },
    });
  });

  it('leads back to the sign-in when the ticket is over', async () => {
    const { app, codes } = await turnedOn();
    const browser = new Client(app);
    const asked = await browser.postForm('/auth', { username: 'ada', password: PASSWORD }, PAGE);
    const ticket = ticketIn(await asked.text());
    app.clock.advance(HOUR);
    const late = await browser.postForm('/auth/code', { ticket, code: codes[0] ?? '' }, PAGE);
    expect(late.status).toBe(401);
    expect(await late.text()).toContain('That took too long. Sign in again.');
  });

  it('names the installation and the person in the address of the QR code', async () => {
    const { address, secret } = await turnedOn();
    expect(address).toBe(`otpauth://totp/Shoal%20(localhost):ada?secret=${secret}&issuer=Shoal%20(localhost)`);
  });
});

describe('setting two-step sign-in up without script', () => {
  it('shows the key and its QR code, then the recovery codes once, and turns off again', async () => {
    const app = await anApp();
    const ada = await signedIn(app, 'ada');
    expect(where(await ada.postForm('/account/two-step', {}, PAGE))).toEqual([303, '/account/two-step']);
    const page = await (await ada.get('/account/two-step', PAGE)).text();
    const secret = /one-time-key">([A-Z2-7 ]+)</.exec(page)?.[1]?.replaceAll(' ', '') ?? '';
    expect(page).toMatch(/<svg viewBox="0 0 \d+ \d+"[^>]*><path d="M/);
    const wrong = await ada.postForm('/account/two-step/enable', { code: '12' }, PAGE);
    expect([wrong.status, (await wrong.text()).includes('role="alert"')]).toEqual([403, true]);
    const on = await (await ada.postForm('/account/two-step/enable', { code: codeOf(app, secret) }, PAGE)).text();
    expect(on.match(/<li><code>[a-z2-7]{4}(-[a-z2-7]{4}){5}<\/code>/g)).toHaveLength(10);
    expect(await (await ada.get('/account/two-step', PAGE)).text()).toContain('You have 10 recovery codes left.');
    const renewed = await (await ada.postForm('/account/two-step/recovery-codes', {}, PAGE)).text();
    expect(renewed.match(/<li><code>/g)).toHaveLength(10);
    expect(where(await ada.postForm('/account/two-step/disable', {}, PAGE))).toEqual([303, '/account/two-step']);
    expect(where(await ada.signIn('ada'))).toEqual([303, '/']);
    const events = app.log.entries.filter(({ details }) => details.event === 'two_step_changed');
    expect(events.map(({ details }) => details.change)).toEqual(['enabled', 'codes_renewed', 'disabled']);
    expect(JSON.stringify(app.log.entries)).not.toContain(secret);
  });

  it('TS-2: asks who it is after ten minutes, and goes on from there', async () => {
    const app = await anApp();
    const ada = await signedIn(app, 'ada');
    app.clock.advance(HOUR / 6);
    expect(await answerOf(await ada.post('/account/two-step'))).toBe('403 confirmation_needed');
    const asked = await ada.postForm('/account/two-step', {}, PAGE);
    expect(where(asked)).toEqual([303, '/account/confirm?next=%2Faccount%2Ftwo-step']);
    const form = { next: '/account/two-step' };
    const wrong = await ada.postForm('/account/confirm', { ...form, password: 'a wrong guess' }, PAGE);
    expect([wrong.status, await wrong.text()]).toEqual([403, expect.stringContaining('That is not your password.')]);
    const right = await ada.postForm('/account/confirm', { ...form, password: PASSWORD }, PAGE);
    expect(where(right)).toEqual([303, '/account/two-step']);
    await jsonOf(await ada.post('/account/two-step'), 201);
    app.clock.advance(HOUR / 6);
    expect((await ada.postJson('/account/confirm', { password: PASSWORD })).status).toBe(204);
    await jsonOf(await ada.post('/account/two-step'), 201);
  });
});
