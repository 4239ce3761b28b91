import { describe, expect, it } from 'vitest';
import type { WireReported } from '../../src/adapters/wire/reports.ts';
import { aChatOfTwo, anApp, answerOf, type Client, jsonOf, PAGE } from './client.ts';

async function withSpam() {
  const app = await anApp();
  const chat = await aChatOfTwo(app);
  const { ada, bob, eve, id } = chat;
  await eve.get(`/invite/${await ada.invite(id)}`);
  await bob.say(id, 'buy **this**');
  return { ...chat, at: `/chat/${id}/messages/3`, queue: `/chat/${id}/reports` };
}

const queueOf = async (client: Client, id: number) =>
  (await jsonOf<{ reported: readonly WireReported[] }>(await client.get(`/chat/${id}/reports`), 200)).reported;

describe('reports', () => {
  it('MO-2: lead a message to the owner and moderators, who alone learn who reported it', async () => {
    const { ada, bob, eve, id, at, queue } = await withSpam();
    expect(await jsonOf(await eve.postJson(`${at}/report`, { reason: 'spam' }), 201)).toEqual({
      position: 3,
      reported: true,
    });
    expect((await eve.postJson(`${at}/report`, { reason: 'again' })).status).toBe(200);
    expect(await queueOf(ada, id)).toMatchObject([
      {
        message: { text: 'buy **this**', author: { username: 'bob' } },
        reports: [{ by: { id: 3, username: 'eve' }, reason: 'spam' }],
        ...{ may_remove: true, may_ban: true },
      },
    ]);
    for (const client of [bob, eve]) {
      expect(await answerOf(await client.get(queue))).toBe('403 forbidden');
      for (const path of [at, `/chat/${id}`, `/chat/${id}/members`])
        expect(await (await client.get(path, PAGE)).text()).not.toContain('spam');
    }
  });

  it('have forms without script, which lead back to the queue', async () => {
    const { ada, eve, id, at, queue } = await withSpam();
    expect(await (await eve.get(at, PAGE)).text()).toContain(`action="${at}/report"`);
    expect(await answerOf(await eve.postForm(`${at}/report`, { reason: 'spam' }, PAGE))).toBe(`303 /chat/${id}/at/3`);
    const page = await (await ada.get(queue, PAGE)).text();
    for (const action of [
      `${at}/delete?back=reports`,
      `${at}/dismiss`,
      '/members/2/ban?back=reports',
      '/members/2/remove?back=reports',
    ])
      expect(page).toContain(`${action}"`);
    expect(page).toContain('buy this');
    expect(await (await ada.get(`/chat/${id}/members`, PAGE)).text()).toContain('Reports <span class="tag">1</span>');
    expect(await answerOf(await ada.post(`${at}/delete?back=reports`))).toBe(`303 ${queue}`);
    expect(await queueOf(ada, id)).toEqual([]);
  });

  it('are dismissed', async () => {
    const { ada, eve, id, at, queue } = await withSpam();
    await eve.postJson(`${at}/report`, { reason: 'spam' });
    expect(await answerOf(await ada.post(`${at}/dismiss`))).toBe(`303 ${queue}`);
    expect(await queueOf(ada, id)).toEqual([]);
  });

  it('show the form again when the reason is too long', async () => {
    const { eve, at } = await withSpam();
    const answer = await eve.postForm(`${at}/report`, { reason: 'x'.repeat(201) }, PAGE);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('A reason is one line of at most 200 characters.');
  });
});
