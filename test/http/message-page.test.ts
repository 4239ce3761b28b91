import { describe, expect, it } from 'vitest';
import type { WireMessage } from '../../src/adapters/wire/message.ts';
import { aChatOfTwo, anApp, answerOf, type Client, PAGE } from './client.ts';

/** A message of Bob's, in a chat that Ada owns. */
async function aMessage(text = 'first <b>words</b>') {
  const app = await anApp();
  const { ada, bob, eve, id } = await aChatOfTwo(app);
  await bob.say(id, text);
  const { position, revision } = (await bob.history(id)).at(-1) as WireMessage;
  const address = `/chat/${id}/messages/${position}`;
  const page = async (client: Client) => (await client.get(address, PAGE)).text();
  const last = async () => (await ada.history(id)).at(-1) as WireMessage;
  return { app, ada, bob, eve, id, position, revision, address, page, last };
}

describe('the page of a message, for browsers without script', () => {
  it('is linked as “More” from every message, and from no notice', async () => {
    const { ada, id, address } = await aMessage();
    const html = await (await ada.get(`/chat/${id}`, PAGE)).text();
    expect(html.match(/<a [^>]*>More<\/a>/g)).toEqual([`<a href="${address}">More</a>`]);
  });

  it('shows the message, its permalink, and the forms of what the reader may do with it', async () => {
    const { ada, bob, id, position, address, page } = await aMessage();
    const [ofAuthor, ofOwner] = [await page(bob), await page(ada)];
    for (const html of [ofAuthor, ofOwner]) {
      expect(html).toContain('first &lt;b&gt;words&lt;/b&gt;');
      expect(html).toContain(`value="http://localhost/chat/${id}/at/${position}"`);
      expect(html).toContain(`action="${address}/delete"`);
    }
    expect(ofAuthor).toContain(`action="${address}/edit"`);
    expect(ofOwner).not.toContain(`action="${address}/edit"`);
    // Only what somebody else wrote is deleted after a question.
    expect(ofOwner).toContain('Delete for everybody');
    expect(ofAuthor).not.toContain('Delete for everybody');
  });

  it('offers nothing to a member who may do nothing', async () => {
    const { ada, bob, id } = await aMessage();
    await ada.say(id, 'of ada');
    const { position } = (await ada.history(id)).at(-1) as WireMessage;
    const html = await (await bob.get(`/chat/${id}/messages/${position}`, PAGE)).text();
    expect(html).not.toMatch(/action="[^"]*\/(edit|delete|restore)"/);
  });

  it('edits, and leads back to the message in its chat', async () => {
    const { bob, id, position, revision, address, last } = await aMessage();
    const answer = await bob.postForm(`${address}/edit`, { text: 'two\r\nlines', revision: `${revision}` }, PAGE);
    expect(await answerOf(answer)).toBe(`303 /chat/${id}/at/${position}`);
    expect(await last()).toMatchObject({ position, text: 'two\nlines' });
  });

  it('shows both texts when another edit came first, and saves the second one when it is sent again', async () => {
    const { bob, id, position, revision, address, last } = await aMessage();
    await bob.patchJson(address, { text: 'from the phone', revision });
    const answer = await bob.postForm(`${address}/edit`, { text: 'from here', revision: `${revision}` }, PAGE);
    expect(answer.status).toBe(409);
    const html = await answer.text();
    expect(html).toContain('<blockquote class="whole-text" dir="auto">from the phone</blockquote>');
    expect(html).toContain('from here</textarea>');
    const [, newer = ''] = /name="revision" value="(\d+)"/.exec(html) ?? [];
    const again = await bob.postForm(`${address}/edit`, { text: 'from here', revision: newer }, PAGE);
    expect(await answerOf(again)).toBe(`303 /chat/${id}/at/${position}`);
    expect(await last()).toMatchObject({ text: 'from here' });
  });

  it('shows the form again, with the text, when the text is refused', async () => {
    const { bob, revision, address } = await aMessage();
    const long = 'x'.repeat(10_001);
    const answer = await bob.postForm(`${address}/edit`, { text: long, revision: `${revision}` }, PAGE);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(`${long}</textarea>`);
  });

  it('leads back to the chat from what it refuses, but an outsider to their own chats only', async () => {
    const { bob, eve, id, address } = await aMessage();
    const back = `href="/chat/${id}">Back to the chat`;
    const refused = await bob.postForm(`${address}/reactions`, { on: 'no emoji' }, PAGE);
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining(back)]);
    const missing = await bob.get(`/chat/${id}/at/99`, PAGE);
    expect([missing.status, await missing.text()]).toEqual([404, expect.stringContaining(back)]);
    const closed = await eve.get(`/chat/${id}/at/99`, PAGE);
    expect([closed.status, await closed.text()]).toEqual([403, expect.not.stringContaining('Back to the chat')]);
  });

  it('deletes, and undoes that for a minute, for the person who deleted', async () => {
    const { app, ada, bob, id, position, address, page, last } = await aMessage();
    const back = `303 /chat/${id}/at/${position}`;
    expect(await answerOf(await bob.postForm(`${address}/delete`, {}, PAGE))).toBe(back);
    expect(await last()).toMatchObject({ kind: 'deleted', text: '' });
    expect(await page(bob)).toContain(`action="${address}/restore"`);
    expect(await page(ada)).not.toContain('/restore');
    expect(await answerOf(await bob.postForm(`${address}/restore`, {}, PAGE))).toBe(back);
    expect(await last()).toMatchObject({ kind: 'text', text: 'first <b>words</b>' });
    await bob.postForm(`${address}/delete`, {}, PAGE);
    app.clock.advance(60_000);
    expect(await page(bob)).not.toContain('/restore');
    expect(await page(bob)).toContain('Message deleted');
  });

  it('is closed to outsiders as the chat is, and 404 where there is no message', async () => {
    const { bob, eve, id, address } = await aMessage();
    expect((await eve.get(address, PAGE)).status).toBe(403);
    expect((await bob.get(`/chat/${id}/messages/99`, PAGE)).status).toBe(404);
  });
});
