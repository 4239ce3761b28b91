import { describe, expect, it } from 'vitest';
import { HOUR } from '../fakes.ts';
import { anApp, answerOf, Client, jsonOf, PAGE, signedIn } from './client.ts';

/** Ada has made a link for her phone. */
async function withLink() {
  const app = await anApp();
  const ada = await signedIn(app, 'ada');
  const { link } = await jsonOf<{ link: string }>(await ada.post('/account/device'), 201);
  return { app, ada, phone: new Client(app), path: new URL(link).pathname };
}

describe('TS-3: a link for another device', () => {
  it('signs in there by a form, and is used up by no preview', async () => {
    const { ada, phone, path } = await withLink();
    for (const method of ['GET', 'HEAD', 'GET']) expect((await phone.request(method, path, PAGE)).status).toBe(200);
    const page = await (await phone.get(path, PAGE)).text();
    expect([page.includes(`action="${path}"`), page.includes('<bdi>ada</bdi>'), phone.token]).toEqual([
      ...[true, true, undefined],
    ]);
    expect(await answerOf(await phone.postForm(path, {}, PAGE))).toBe('303 /');
    expect(await jsonOf(await phone.get('/account'), 200)).toMatchObject({ username: 'ada' });
    expect((await ada.get('/')).status).toBe(200);
  });

  it('works once and for ten minutes; used, expired and unknown ones look alike', async () => {
    const { app, ada, phone, path } = await withLink();
    expect(await jsonOf(await phone.post(path), 200)).toMatchObject({ username: 'ada' });
    const { link } = await jsonOf<{ link: string }>(await ada.post('/account/device'), 201);
    app.clock.advance(HOUR / 6);
    const stranger = new Client(app);
    const answers = await Promise.all(
      [path, new URL(link).pathname, `/device/${'x'.repeat(43)}`].flatMap((one) => [
        stranger.get(one, PAGE).then((answer) => answer.text()),
        stranger.post(one).then(answerOf),
      ]),
    );
    const requestIds = /[\w-]{8,}<\/code>/g;
    expect(new Set(answers.map((answer) => answer.replaceAll(requestIds, '')))).toHaveLength(2);
    expect(stranger.token).toBeUndefined();
  });

  it('is shown with its QR code, without script, after one has confirmed who one is', async () => {
    const { app, ada } = await withLink();
    expect((await ada.get('/account/device', PAGE)).status).toBe(200);
    app.clock.advance(HOUR / 6);
    expect(await answerOf(await ada.post('/account/device'))).toBe('403 confirmation_needed');
    const asked = await ada.postForm('/account/device', {}, PAGE);
    expect(await answerOf(asked)).toBe('303 /account/confirm?next=%2Faccount%2Fdevice');
    await ada.postJson('/account/confirm', { password: 'correct horse' });
    const page = await (await ada.postForm('/account/device', {}, PAGE)).text();
    expect(page).toMatch(/<svg viewBox/);
    const link = /one-time-key">([^<]+)</.exec(page)?.[1] ?? '';
    expect((await new Client(app).post(new URL(link).pathname)).status).toBe(200);
    expect(JSON.stringify(app.log.entries)).not.toContain(link.slice(-43));
  });
});
