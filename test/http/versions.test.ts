import { describe, expect, it } from 'vitest';
import type { WireMessage } from '../../src/adapters/wire/message.ts';
import type { WireVersions } from '../../src/adapters/wire/versions.ts';
import { NOW } from '../builders.ts';
import { aChatOfTwo, anApp, answerOf, jsonOf, PAGE } from './client.ts';

/** A message of Ada's with these texts in turn. */
async function aMessage(...texts: readonly string[]) {
  const app = await anApp();
  const { ada, bob, id } = await aChatOfTwo(app);
  const [first, ...later] = texts;
  let message = await jsonOf<WireMessage>(await ada.postJson(`/chat/${id}/messages`, { text: first }), 201);
  const address = `/chat/${id}/messages/${message.position}`;
  for (const text of later) {
    app.clock.advance(1_000);
    message = await jsonOf<WireMessage>(await ada.patchJson(address, { text, revision: message.revision }), 200);
  }
  const versions = async (query = '') =>
    (await jsonOf<WireVersions>(await bob.get(`${address}/versions${query}`), 200)).versions;
  return { ada, bob, address, message, versions };
}

const at = (ms: number) => new Date(NOW + ms).toISOString();

describe('GET /chat/:id/messages/:position/versions', () => {
  it('lists the texts of a message, newest first, from the current one to the one that was posted', async () => {
    const { versions, message } = await aMessage('one', 'two', 'three');
    const { revision } = message;
    expect(await versions()).toEqual([
      { revision, text: 'three', written_at: at(2_000) },
      { revision: revision - 1, text: 'two', written_at: at(1_000) },
      { revision: revision - 2, text: 'one', written_at: at(0) },
    ]);
    expect((await versions('?limit=1')).map(({ text }) => text)).toEqual(['three']);
    expect((await versions(`?before=${revision}`)).map(({ text }) => text)).toEqual(['two', 'one']);
  });

  it('has none for a deleted message', async () => {
    const { ada, address, versions } = await aMessage('one', 'two');
    await ada.request('DELETE', address);
    expect(await versions()).toEqual([]);
  });

  it('is a page that shows what changed, in words, and lets the author alone erase', async () => {
    const { ada, bob, address } = await aMessage('see <you> at five', 'see <you> at six');
    const page = async (client: typeof ada) => (await client.get(`${address}/versions`, PAGE)).text();
    const [ofAuthor, ofOther] = [await page(ada), await page(bob)];
    for (const html of [ofAuthor, ofOther]) {
      expect(html).toContain('see &lt;you&gt; at <del>five</del><ins>six</ins>');
      expect(html).toContain('see &lt;you&gt; at five</p>');
    }
    expect(ofAuthor.match(/action="[^"]*\/erase"/g)).toHaveLength(1);
    expect(ofOther).not.toContain('/erase');
  });

  it('shows ten versions on a page, each compared with the one before, and leads to the earlier ones', async () => {
    const { bob, address } = await aMessage(...Array.from({ length: 12 }, (_, n) => `words ${n}`));
    const first = await (await bob.get(`${address}/versions`, PAGE)).text();
    expect(first.match(/<li class="version">/g)).toHaveLength(10);
    expect(first).toContain('words <del>1</del><ins>2</ins>');
    const [, next = ''] = /href="([^"]*\?before=\d+)"/.exec(first) ?? [];
    const second = await (await bob.get(next, PAGE)).text();
    expect(second).toContain('words <del>0</del><ins>1</ins>');
    expect(second).toContain('>words 0</p>');
    expect(second).not.toContain('?before=');
    expect(second).not.toContain('Current');
  });
});

describe('DELETE /chat/:id/messages/:position/versions/:revision', () => {
  it('erases an earlier version for the author, and answers with those that are left', async () => {
    const { ada, bob, address, message } = await aMessage('one', 'two', 'three');
    const version = `${address}/versions/${message.revision - 1}`;
    expect(await answerOf(await bob.request('DELETE', version))).toBe('403 forbidden');
    for (let time = 0; time < 2; time += 1) {
      const { versions } = await jsonOf<WireVersions>(await ada.request('DELETE', version), 200);
      expect(versions.map(({ text }) => text)).toEqual(['three', 'one']);
    }
  });

  it('leaves the current text, and knows no other spelling of a revision', async () => {
    const { ada, address, message } = await aMessage('one', 'two');
    const erase = async (revision: string) => answerOf(await ada.request('DELETE', `${address}/versions/${revision}`));
    expect(await erase(`${message.revision}`)).toBe('400 bad_request');
    expect(await erase('0')).toBe('404 not_found');
    expect(await erase(`0${message.revision}`)).toBe('404 not_found');
  });

  it('is a form without script, which leads back to the versions', async () => {
    const { ada, address, message, versions } = await aMessage('one', 'two');
    const answer = await ada.postForm(`${address}/versions/${message.position}/erase`, {}, PAGE);
    expect(await answerOf(answer)).toBe(`303 ${address}/versions`);
    expect((await versions()).map(({ text }) => text)).toEqual(['two']);
  });
});
