import { expect, it } from 'vitest';
import type { WireRehearsal } from '../../src/adapters/wire/rehearsal.ts';
import { revision } from '../../src/domain/chats/chat.ts';
import { chatId, userId } from '../../src/domain/ids.ts';
import { pushDeviceId } from '../../src/domain/push/device.ts';
import { NOW } from '../builders.ts';
import { aChatOfTwo, anApp, answerOf, FORM, JSON_BODY, jsonOf, PAGE } from './client.ts';

const PATH = '/account/notifications/rehearse';

/** Bob was not told of a message on his only device, since it did not mention him. */
async function aLedger() {
  const app = await anApp();
  const { ada, bob, eve, id } = await aChatOfTwo(app);
  await ada.say(id, 'the <b>deploy</b> is on');
  const { position = 0 } = (await bob.history(id)).at(-1) ?? {};
  const place = { chatId: chatId(id), position: revision(position) };
  const basis = { at: NOW, isCalled: false, textRevision: revision(position) };
  await app.storage.unitOfWork.run(({ announcements }) =>
    announcements.add(place, [{ deviceId: pushDeviceId(7), userId: userId(2), reason: 'not_mentioned', basis }]),
  );
  const rehearse = async (body: unknown, by = bob) =>
    jsonOf<WireRehearsal>(await by.request('POST', PATH, JSON_BODY, JSON.stringify(body)), 200);
  return { bob, eve, id, position, rehearse };
}

it('RH-1: POST /account/notifications/rehearse answers what settings would have announced, and does not save them', async () => {
  const { bob, eve, id, position, rehearse } = await aLedger();
  const rehearsal = await rehearse({ keywords: ['deploy'] });
  expect(rehearsal).toEqual({
    settings: { quiet_hours: null, keywords: ['deploy'], sound: true },
    since: new Date(NOW - 7 * 24 * 3_600_000).toISOString(),
    ledger: { not_mentioned: 1 },
    rehearsed: { sent: 1 },
    changes: [
      {
        ...{ chat: { id, name: 'Lobby' }, position, device: 7, author: { id: 1, username: 'ada' } },
        ...{ snippet: 'the <b>deploy</b> is on', sent_at: expect.any(String), before: 'not_mentioned', after: 'sent' },
      },
    ],
  });
  expect(await rehearse({})).toMatchObject({
    ledger: { not_mentioned: 1 },
    rehearsed: { not_mentioned: 1 },
    changes: [],
  });
  expect(await rehearse({ keywords: ['deploy'] }, eve)).toMatchObject({ ledger: {}, rehearsed: {}, changes: [] });
  expect(await jsonOf(await bob.get('/account/notifications'), 200)).toMatchObject({ keywords: [] });
  const refused = await bob.request('POST', PATH, JSON_BODY, JSON.stringify({ keywords: ['\u200b'] }));
  expect(await answerOf(refused)).toBe('422 invalid_notifications');
});

it('without script the page of the settings rehearses what its form has, and keeps it unsaved', async () => {
  const { bob, id, position } = await aLedger();
  const send = (body: string) => bob.request('POST', PATH, { ...FORM, ...PAGE }, body);
  const response = await send('zone=&from=22%3A00&to=07%3A00&keywords=deploy&sound=on');
  const page = await response.text();
  expect(response.status).toBe(200);
  expect(page).toContain('Over the last seven days');
  expect(page).toContain('These would have been announced, and were not');
  expect(page).toContain(`href="/chat/${id}/at/${position}"`);
  expect(page).toContain('the &lt;b&gt;deploy&lt;/b&gt; is on');
  expect(page).toMatch(/<textarea[^>]*>deploy<\/textarea>/);
  expect(await jsonOf(await bob.get('/account/notifications'), 200)).toMatchObject({ keywords: [] });
  const refused = await send('zone=Mars&from=22%3A00&to=07%3A00&keywords=&mon=on');
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('There is no time zone')]);
});
