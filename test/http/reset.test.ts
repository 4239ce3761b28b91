import { describe, expect, it } from 'vitest';
import { systemSecrets } from '../../src/adapters/system/secrets.ts';
import { OPERATOR } from '../../src/application/use-cases/administration/administrators.ts';
import { makeCreateResetLink } from '../../src/application/use-cases/administration/create-reset-link.ts';
import { usernameKey } from '../../src/domain/identity/username.ts';
import { HOUR } from '../fakes.ts';
import { anApp, answerOf, Client, JSON_BODY, jsonOf, PAGE, PASSWORD, signedIn, type TestApp } from './client.ts';

const NEW_PASSWORD = 'battery staple';

/** Bob has a link, and is signed in elsewhere. */
async function withLink() {
  const app = await anApp();
  const bob = await signedIn(app, 'bob');
  return { app, bob, visitor: new Client(app), path: `/reset/${await linkFor(app, 'bob')}` };
}

async function linkFor({ storage, clock }: TestApp, name: string): Promise<string> {
  const { unitOfWork, view } = storage;
  const standing = await view.administration.standingOf(usernameKey(name));
  if (!standing) throw new Error(`There is no ${name}.`);
  const create = makeCreateResetLink({ unitOfWork, clock, secrets: systemSecrets });
  return (await create(OPERATOR, standing.user.id)).token;
}

describe('AU-11: a reset link', () => {
  it('sets a password by a form, ends all sessions of the person, signs them in, and lets them go on', async () => {
    const { app, bob, visitor, path } = await withLink();
    const page = await (await visitor.get(path, PAGE)).text();
    expect(page).toContain(`action="${path}"`);
    expect(page).toContain('<bdi>bob</bdi>');
    expect(await answerOf(await visitor.postForm(path, { new: NEW_PASSWORD }, PAGE))).toBe('303 /reset');
    expect(await (await visitor.get('/reset', PAGE)).text()).toContain('Go on to your chats');
    expect((await bob.get('/')).status).toBe(401);
    expect((await new Client(app).signIn('bob', PASSWORD)).status).toBe(401);
    expect((await new Client(app).signIn('bob', NEW_PASSWORD)).status).toBe(303);
  });

  it('sets a password by JSON', async () => {
    const { visitor, path } = await withLink();
    expect(await jsonOf(await visitor.get(path), 200)).toMatchObject({ username: 'bob' });
    expect(await jsonOf(await visitor.postJson(path, { new: NEW_PASSWORD }), 200)).toMatchObject({ username: 'bob' });
    expect(await jsonOf(await visitor.get('/account'), 200)).toMatchObject({ username: 'bob' });
  });

  it('is used up by no preview: GET and HEAD only look', async () => {
    const { visitor, path } = await withLink();
    for (const method of ['GET', 'HEAD', 'GET']) expect((await visitor.request(method, path, PAGE)).status).toBe(200);
    expect((await visitor.get(path, { ...PAGE, 'sec-purpose': 'prefetch' })).headers.get('cache-control')).toBe(
      'no-store',
    );
    expect(await answerOf(await visitor.postForm(path, { new: NEW_PASSWORD }))).toBe('303 /reset');
  });

  it('looks alike when it is used, expired or unknown, to pages and programs', async () => {
    const { app, visitor, path } = await withLink();
    await visitor.postForm(path, { new: NEW_PASSWORD });
    const expired = `/reset/${await linkFor(app, 'bob')}`;
    app.clock.advance(HOUR);
    const stranger = new Client(app);
    for (const headers of [PAGE, {}]) {
      const answers = await Promise.all(
        [path, expired, `/reset/${'x'.repeat(43)}`].map(async (one) => {
          const [seen, sent] = [
            await stranger.get(one, headers),
            await stranger.postForm(one, { new: 'short' }, headers),
          ];
          return [seen.status, await seen.text(), sent.status, await sent.text()];
        }),
      );
      expect(answers[0]?.[0]).toBe(404);
      expect(answers[1]).toEqual(answers[0]);
      expect(answers[2]).toEqual(answers[0]);
    }
  });

  it('shows the form again for a password that is refused, and still works', async () => {
    const { visitor, path } = await withLink();
    const refused = await visitor.postForm(path, { new: 'short' }, PAGE);
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('new-password-problem')]);
    expect((await visitor.postJson(path, { new: 'short' })).status).toBe(422);
    expect((await visitor.postForm(path, { new: NEW_PASSWORD }, { ...JSON_BODY, ...{} })).status).toBe(400);
    expect((await visitor.postForm(path, { new: NEW_PASSWORD })).status).toBe(303);
  });

  it('is not in the log, and neither is the password', async () => {
    const { app, visitor, path } = await withLink();
    await visitor.postForm(path, { new: NEW_PASSWORD });
    const lines = JSON.stringify(app.log.entries);
    expect(lines).toContain('password_reset');
    for (const secret of [path.slice(7), NEW_PASSWORD]) expect(lines).not.toContain(secret);
  });
});
