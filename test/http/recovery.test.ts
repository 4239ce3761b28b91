import { describe, expect, it } from 'vitest';
import { systemSecrets } from '../../src/adapters/system/secrets.ts';
import { OPERATOR } from '../../src/application/use-cases/administration/administrators.ts';
import { makeCreateResetLink } from '../../src/application/use-cases/administration/create-reset-link.ts';
import { usernameKey } from '../../src/domain/identity/username.ts';
import { SoftwareAuthenticator } from '../software-authenticator.ts';
import { anApp, answerOf, Client, JSON_BODY, jsonOf, PAGE, signedIn } from './client.ts';
import { aLimitedApp } from './limited-app.ts';

const ORIGIN = 'http://localhost';
const NEW_PASSWORD = 'battery staple';

/** Bob has recovery codes and a passkey, and is signed in elsewhere. */
async function withCodes() {
  const app = await anApp({ publicOrigin: undefined });
  const bob = await signedIn(app, 'bob');
  const { secret } = await jsonOf<{ secret: string }>(await bob.post('/account/two-step'), 201);
  const code = systemSecrets.timeCode(secret, Math.floor(app.clock.now() / 30_000));
  const enabled = await bob.request('PUT', '/account/two-step', JSON_BODY, JSON.stringify({ code }));
  const { recovery_codes: codes } = await jsonOf<{ recovery_codes: string[] }>(enabled, 200);
  const authenticator = new SoftwareAuthenticator();
  const options = await jsonOf<Parameters<typeof authenticator.create>[0]>(
    await bob.post('/account/passkeys/options'),
    200,
  );
  const credential = authenticator.create(options, ORIGIN);
  expect((await bob.postJson('/account/passkeys', { name: 'Phone', credential })).status).toBe(201);
  return { app, bob, codes, authenticator, visitor: new Client(app) };
}

async function byPasskey(client: Client, authenticator: SoftwareAuthenticator): Promise<string> {
  const asked = await client.post('/auth/passkey/options');
  const cookie = asked.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const options = await jsonOf<Parameters<typeof authenticator.get>[0]>(asked, 200);
  return answerOf(
    await client.postJson('/auth/passkey', { credential: authenticator.get(options, ORIGIN) }, { cookie }),
  );
}

const ticketIn = (page: string) => /name="ticket" value="([^"]+)"/.exec(page)?.[1] ?? '';

describe('RC-1: a recovery code in place of a forgotten password', () => {
  it('leads to a new password, another code, and the question what to keep, without script', async () => {
    const { app, bob, codes, authenticator, visitor } = await withCodes();
    expect(await (await visitor.get('/auth', PAGE)).text()).toContain('href="/auth/recover"');
    expect(await (await visitor.get('/auth/recover', PAGE)).text()).toContain('Recovery code');
    const form = { username: 'bob', code: codes[0] ?? '', new: NEW_PASSWORD };
    const next = await visitor.postForm('/auth/recover', form, PAGE);
    const page = await next.text();
    expect([next.status, visitor.token]).toEqual([200, undefined]);
    expect(page).toContain('Your new password is set.');
    expect((await bob.get('/')).status).toBe(401);
    expect(await byPasskey(new Client(app), authenticator)).toBe('403 wrong_passkey');
    const step = { ticket: ticketIn(page), next: '/reset', code: codes[1] ?? '' };
    expect(await answerOf(await visitor.postForm('/auth/code', step, PAGE))).toBe('303 /reset');
    const asked = await (await visitor.get('/reset', PAGE)).text();
    expect(asked).toContain(`name="passkey:${authenticator.id}"`);
    expect(await (await visitor.get('/account', PAGE)).text()).toContain('href="/account/recovery"');
    const session = /name="(session:[\w-]+)"/.exec(asked)?.[1] ?? '';
    const kept = { [`passkey:${authenticator.id}`]: 'on', [session]: 'on' };
    expect(await answerOf(await visitor.postForm('/account/recovery', kept, PAGE))).toBe('303 /account/recovery');
    expect(await (await visitor.get('/account/recovery', PAGE)).text()).toContain('Nothing waits for your answer.');
    expect((await bob.get('/')).status).toBe(200);
    expect(await byPasskey(new Client(app), authenticator)).toBe('200');
    expect(app.log.entries.map(({ details }) => details.event)).toEqual(
      expect.arrayContaining(['account_recovered', 'recovery_settled']),
    );
    const lines = JSON.stringify(app.log.entries);
    for (const secret of [...codes.slice(0, 2), NEW_PASSWORD]) expect(lines).not.toContain(secret);
  });

  it('looks alike for unknown names, wrong and used codes, and people without codes', async () => {
    const { app, codes, visitor } = await withCodes();
    await signedIn(app, 'eve');
    const used = { username: 'bob', code: codes[2] ?? '', new: NEW_PASSWORD };
    expect(await jsonOf(await visitor.postJson('/auth/recover', used), 200)).toMatchObject({ signed_in: false });
    const tries = [
      ['nobody', codes[0] ?? ''],
      ['eve', codes[0] ?? ''],
      ['bob', 'aaaa-aaaa-aaaa-aaaa-aaaa-aaaa'],
      ['bob', codes[2] ?? ''],
    ] as const;
    for (const headers of [PAGE, {}]) {
      const answers = [];
      for (const [username, code] of tries) {
        const answer = await visitor.postForm('/auth/recover', { username, code, new: NEW_PASSWORD }, headers);
        answers.push([answer.status, (await answer.text()).replaceAll(`value="${username}"`, 'value=""')]);
      }
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(answers[0]?.[0]).toBe(401);
    }
  });

  it('shows the form again for a password that is refused, and uses no code up', async () => {
    const { codes, visitor } = await withCodes();
    const form = { username: 'bob', code: codes[0] ?? '', new: 'short' };
    const refused = await visitor.postForm('/auth/recover', form, PAGE);
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('recover-new-problem')]);
    expect((await visitor.postForm('/auth/recover', { ...form, new: NEW_PASSWORD }, PAGE)).status).toBe(200);
  });

  it('is limited like a password', async () => {
    const { app } = await aLimitedApp();
    const visitor = new Client(app, undefined, '192.0.2.9');
    const guess = () => visitor.postJson('/auth/recover', { username: 'ada', code: 'wrong', new: NEW_PASSWORD });
    for (let count = 0; count < 5; count += 1) expect((await guess()).status).toBe(401);
    expect(await answerOf(await guess())).toBe('429 too_many_requests');
  });
});

describe('RC-2: after a recovery', () => {
  it('nothing works that was not kept: sessions, passkeys, and what was left unanswered', async () => {
    const { app, bob, codes, authenticator, visitor } = await withCodes();
    await visitor.postJson('/auth/recover', { username: 'bob', code: codes[0], new: NEW_PASSWORD });
    const signIn = { username: 'bob', password: NEW_PASSWORD, code: codes[1] ?? '' };
    expect((await visitor.postForm('/auth', signIn)).status).toBe(303);
    const held = await jsonOf<{ passkeys: object[]; sessions: object[] }>(await visitor.get('/account/recovery'), 200);
    expect([held.passkeys.length, held.sessions.length]).toEqual([1, 1]);
    expect(await jsonOf(await visitor.postJson('/account/recovery', { passkeys: [], sessions: [] }), 200)).toEqual({
      ...{ passkeys: 0, sessions: 0 },
    });
    expect((await bob.get('/')).status).toBe(401);
    expect(await byPasskey(new Client(app), authenticator)).toBe('403 wrong_passkey');
    expect(await jsonOf(await visitor.get('/account/passkeys'), 200)).toMatchObject({ passkeys: [] });
  });

  it('by a reset link the person is asked too', async () => {
    const { app, authenticator, visitor, bob } = await withCodes();
    await bob.request('DELETE', '/account/two-step');
    const { unitOfWork, view } = app.storage;
    const standing = await view.administration.standingOf(usernameKey('bob'));
    const create = makeCreateResetLink({ unitOfWork, clock: app.clock, secrets: systemSecrets });
    const { token } = await create(OPERATOR, standing?.user.id ?? (0 as never));
    expect(await answerOf(await visitor.postForm(`/reset/${token}`, { new: NEW_PASSWORD }, PAGE))).toBe('303 /reset');
    const page = await (await visitor.get('/reset', PAGE)).text();
    expect(page).toContain('Keep only what is checked');
    expect(await byPasskey(new Client(app), authenticator)).toBe('403 wrong_passkey');
    await jsonOf(await visitor.postJson('/account/recovery', { passkeys: [authenticator.id], sessions: [] }), 200);
    expect(await byPasskey(new Client(app), authenticator)).toBe('200');
  });
});
